using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

public enum RouteKind
{
    Http,
    Grpc,
    Tls,
    Tcp,
    Udp,
}

/// <summary>gateway.networking.k8s.io/v1 HTTPRoute.</summary>
public sealed record RouteSpec : SpecObject
{
    public required EquatableList<ParentRefSpec> ParentRefs { get; init; }

    /// <summary>Empty means the listener's.</summary>
    public EquatableList<Located<string>> Hostnames { get; init; } = [];

    public required EquatableList<RouteRuleSpec> Rules { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, "HTTPRoute", Name);
}

/// <summary>spec.parentRefs[]; group and kind default to Gateway.</summary>
public sealed record ParentRefSpec
{
    public required SpecReference Target { get; init; }

    public Located<string>? SectionName { get; init; }

    public Located<int>? Port { get; init; }

    public SourceSpan Span => Target.Span;
}

/// <summary>spec.rules[]; a rule without matches has one that matches every path.</summary>
public sealed record RouteRuleSpec
{
    public Located<string>? Name { get; init; }

    public required EquatableList<HttpMatchSpec> Matches { get; init; }

    public EquatableList<HttpFilterSpec> Filters { get; init; } = [];

    public EquatableList<BackendRefSpec> BackendRefs { get; init; } = [];

    public TimeoutsSpec? Timeouts { get; init; }

    public RetrySpec? Retry { get; init; }

    public SessionPersistenceSpec? SessionPersistence { get; init; }

    public required SourceSpan Span { get; init; }
}

/// <summary>rules[].matches[]: all that is given must hold.</summary>
public sealed record HttpMatchSpec
{
    public required PathMatchSpec Path { get; init; }

    /// <summary>GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE or PATCH.</summary>
    public Located<string>? Method { get; init; }

    /// <summary>Names as written; of names that differ only in case the first counts.</summary>
    public EquatableList<NamedMatchSpec> Headers { get; init; } = [];

    public EquatableList<NamedMatchSpec> QueryParams { get; init; } = [];

    public required SourceSpan Span { get; init; }
}

public enum PathMatchType
{
    Exact,
    PathPrefix,
    RegularExpression,
}

/// <summary>A path match; the default is PathPrefix <c>/</c>.</summary>
public sealed record PathMatchSpec(PathMatchType Type, string Value, SourceSpan Span);

/// <summary>A header or query parameter match: Exact, or RegularExpression where <paramref name="IsRegex"/>.</summary>
public sealed record NamedMatchSpec(string Name, string Value, bool IsRegex, SourceSpan Span);

/// <summary>rules[].filters[] and backendRefs[].filters[].</summary>
public abstract record HttpFilterSpec(SourceSpan Span)
{
    public sealed record RequestHeaderModifier(HeaderEditSpec Edit, SourceSpan Span) : HttpFilterSpec(Span);

    public sealed record ResponseHeaderModifier(HeaderEditSpec Edit, SourceSpan Span) : HttpFilterSpec(Span);

    public sealed record RequestMirror(
        SpecReference Backend, Located<int>? Port, MirrorShareSpec Share, SourceSpan Span)
        : HttpFilterSpec(Span);

    public sealed record RequestRedirect : HttpFilterSpec
    {
        public RequestRedirect(SourceSpan span)
            : base(span)
        {
        }

        public Located<string>? Scheme { get; init; }

        public Located<string>? Hostname { get; init; }

        public PathRewriteSpec? Path { get; init; }

        public Located<int>? Port { get; init; }

        /// <summary>301, 302 (the default), 303, 307 or 308.</summary>
        public required Located<int> StatusCode { get; init; }
    }

    public sealed record UrlRewrite(Located<string>? Hostname, PathRewriteSpec? Path, SourceSpan Span)
        : HttpFilterSpec(Span);

    public sealed record Cors : HttpFilterSpec
    {
        public Cors(SourceSpan span)
            : base(span)
        {
        }

        public EquatableList<string> AllowOrigins { get; init; } = [];

        public bool AllowCredentials { get; init; }

        public EquatableList<string> AllowMethods { get; init; } = [];

        public EquatableList<string> AllowHeaders { get; init; } = [];

        public EquatableList<string> ExposeHeaders { get; init; } = [];

        /// <summary>In seconds; 5 unless given.</summary>
        public required int MaxAgeSeconds { get; init; }
    }

    public sealed record ExtensionRef(SpecReference Target, SourceSpan Span) : HttpFilterSpec(Span);

    /// <summary>The experimental ExternalAuth filter; its fields are kept for the provider to judge.</summary>
    public sealed record ExternalAuth(SpecNode Settings, SourceSpan Span) : HttpFilterSpec(Span);
}

/// <summary>Header modifications: set replaces, add appends, remove deletes.</summary>
public sealed record HeaderEditSpec(
    EquatableList<HeaderValueSpec> Set,
    EquatableList<HeaderValueSpec> Add,
    EquatableList<string> Remove);

/// <summary>A header's name and value.</summary>
public sealed record HeaderValueSpec(string Name, string Value, SourceSpan Span);

/// <summary>The share of requests to mirror: numerator of denominator; 1 of 1 is all.</summary>
public readonly record struct MirrorShareSpec(int Numerator, int Denominator);

/// <summary>A path replacement of a redirect or rewrite: the whole path, or the matched prefix.</summary>
public sealed record PathRewriteSpec(bool ReplacesPrefix, string Value, SourceSpan Span);

/// <summary>backendRefs[]; group "" and kind Service and weight 1 are defaults.</summary>
public sealed record BackendRefSpec
{
    public required SpecReference Target { get; init; }

    public Located<int>? Port { get; init; }

    /// <summary>0 to 1,000,000.</summary>
    public required Located<int> Weight { get; init; }

    public EquatableList<HttpFilterSpec> Filters { get; init; } = [];

    public SourceSpan Span => Target.Span;
}

/// <summary>rules[].timeouts; zero disables.</summary>
public sealed record TimeoutsSpec(Located<TimeSpan>? Request, Located<TimeSpan>? BackendRequest, SourceSpan Span);

/// <summary>rules[].retry (experimental).</summary>
public sealed record RetrySpec(EquatableList<int> Codes, int? Attempts, TimeSpan? Backoff, SourceSpan Span);

/// <summary>rules[].sessionPersistence (experimental): the type is Cookie or Header.</summary>
public sealed record SessionPersistenceSpec
{
    public string? SessionName { get; init; }

    public required string Type { get; init; }

    public TimeSpan? AbsoluteTimeout { get; init; }

    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Session or Permanent.</summary>
    public required string CookieLifetime { get; init; }

    public required SourceSpan Span { get; init; }
}
