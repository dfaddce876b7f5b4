using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>gwctl.dev/v1alpha1 RouteTest: requests, and what must become of them.</summary>
public sealed record RouteTestSpec : SpecObject
{
    /// <summary>A Gateway; null is the one that has the request's host.</summary>
    public SpecReference? TargetRef { get; init; }

    public required EquatableList<RouteTestCaseSpec> Cases { get; init; }

    public override ObjectId Id => new(ApiGroups.Gwctl, "RouteTest", Name);
}

/// <summary>spec.cases[]; names are distinct.</summary>
public sealed record RouteTestCaseSpec(
    Located<string> Name, RouteTestRequestSpec Request, RouteTestExpectSpec Expect, SourceSpan Span);

/// <summary>cases[].request.</summary>
public sealed record RouteTestRequestSpec
{
    /// <summary>GET unless given.</summary>
    public required string Method { get; init; }

    /// <summary>Absolute, http or https, as written or put together from scheme, host, path and query.</summary>
    public required Located<string> Url { get; init; }

    /// <summary>The listener's port; null is the URL's.</summary>
    public int? Port { get; init; }

    /// <summary>In their order; names may be repeated.</summary>
    public EquatableList<HeaderValueSpec> Headers { get; init; } = [];

    /// <summary>The server name to send; empty sends none, null the URL's host.</summary>
    public string? Sni { get; init; }

    public string? SourceAddress { get; init; }
}

/// <summary>cases[].expect: all that is given must hold.</summary>
public sealed record RouteTestExpectSpec
{
    /// <summary>The load balancer's own; not given where a backend answers.</summary>
    public Located<int>? Status { get; init; }

    /// <summary>backend and backends: exactly these take the request.</summary>
    public EquatableList<ExpectedBackendSpec> Backends { get; init; } = [];

    public ExpectedRedirectSpec? Redirect { get; init; }

    public ExpectedRewriteSpec? Rewrite { get; init; }

    /// <summary>Headers as the backend sees them.</summary>
    public EquatableList<Label> RequestHeaders { get; init; } = [];

    /// <summary>Headers that the backend must not see.</summary>
    public EquatableList<Located<string>> AbsentRequestHeaders { get; init; } = [];

    public required SourceSpan Span { get; init; }
}

/// <summary>expect.backends[].</summary>
/// <param name="Namespace">Null is the test's own.</param>
/// <param name="Port">Null is any.</param>
/// <param name="SharePercent">0 to 100, in whole percent; null is any share.</param>
public sealed record ExpectedBackendSpec(
    string? Namespace, string Name, int? Port, int? SharePercent, SourceSpan Span);

/// <summary>expect.redirect.</summary>
/// <param name="Location">Absolute; null is any.</param>
/// <param name="Status">Null is any that redirects.</param>
public sealed record ExpectedRedirectSpec(string? Location, int? Status, SourceSpan Span);

/// <summary>expect.rewrite: the request's host and path as the backend sees them; null is any.</summary>
public sealed record ExpectedRewriteSpec(string? Host, string? Path, SourceSpan Span);
