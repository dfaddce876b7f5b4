using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>gateway.networking.k8s.io/v1 HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute.</summary>
public sealed record RouteSpec : SpecObject
{
    public required RouteKind Kind { get; init; }

    public required EquatableList<ParentRefSpec> ParentRefs { get; init; }

    /// <summary>Also attaches to the Gateways that are defaults and allow it (experimental).</summary>
    public bool UsesDefaultGateways { get; init; }

    /// <summary>Empty means the listener's. A TLSRoute has at least one, a TCPRoute and a UDPRoute have none.</summary>
    public EquatableList<Located<string>> Hostnames { get; init; } = [];

    public required EquatableList<RouteRuleSpec> Rules { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, Kind.ObjectKind(), Name);

    /// <summary><c>HTTPRoute namespace/name</c>, as sentences name it.</summary>
    public string Title => $"{Kind.ObjectKind()} {Name}";
}

/// <summary>spec.parentRefs[]; group and kind default to Gateway.</summary>
public sealed record ParentRefSpec
{
    public required SpecReference Target { get; init; }

    public Located<string>? SectionName { get; init; }

    public Located<int>? Port { get; init; }

    public SourceSpan Span => Target.Span;
}

/// <summary>spec.rules[]. A rule of an HTTPRoute or GRPCRoute without matches has one that matches every request; rules
/// of the other kinds match every connection.</summary>
public sealed record RouteRuleSpec
{
    public Located<string>? Name { get; init; }

    /// <summary>Of an HTTPRoute.</summary>
    public EquatableList<HttpMatchSpec> Matches { get; init; } = [];

    /// <summary>Of a GRPCRoute.</summary>
    public EquatableList<GrpcMatchSpec> GrpcMatches { get; init; } = [];

    public EquatableList<HttpFilterSpec> Filters { get; init; } = [];

    public EquatableList<BackendRefSpec> BackendRefs { get; init; } = [];

    public TimeoutsSpec? Timeouts { get; init; }

    public RetrySpec? Retry { get; init; }

    public SessionPersistenceSpec? SessionPersistence { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>How many matches it has to lose: a rule of a TLSRoute, TCPRoute or UDPRoute is one match.</summary>
    public int MatchCount => Math.Max(1, Matches.Count + GrpcMatches.Count);

    /// <summary>The place of a match, or the rule's own.</summary>
    public SourceSpan PlaceOf(int match) => match < Matches.Count ? Matches[match].Span
        : match < GrpcMatches.Count ? GrpcMatches[match].Span
        : Span;
}

/// <summary>rules[].matches[] of an HTTPRoute: all that is given must hold.</summary>
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

/// <summary>rules[].matches[] of a GRPCRoute: all that is given must hold; nothing given matches every call.</summary>
public sealed record GrpcMatchSpec
{
    public GrpcMethodSpec? Method { get; init; }

    /// <summary>Names as written; of names that differ only in case the first counts.</summary>
    public EquatableList<NamedMatchSpec> Headers { get; init; } = [];

    public required SourceSpan Span { get; init; }
}

/// <summary>A method match; at least one of the two is given and not empty.</summary>
/// <param name="Service">For example <c>shop.v1.Cart</c>; null matches every service.</param>
/// <param name="Method">For example <c>AddItem</c>; null matches every method.</param>
/// <param name="IsRegex">Both are regular expressions; otherwise both are exact.</param>
public sealed record GrpcMethodSpec(string? Service, string? Method, bool IsRegex, SourceSpan Span);

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

/// <summary>rules[].filters[] and backendRefs[].filters[]. A GRPCRoute has the modifiers, RequestMirror and
/// ExtensionRef only; TLSRoute, TCPRoute and UDPRoute have none.</summary>
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

    /// <summary>The experimental ExternalAuth filter: no provider can do it, so only its reference is kept, which the
    /// route's condition is about.</summary>
    public sealed record ExternalAuth(SpecReference Backend, Located<int>? Port, SourceSpan Span)
        : HttpFilterSpec(Span);
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

    /// <summary>cookieConfig is given, be it with its defaults.</summary>
    public bool HasCookieConfig { get; init; }

    public required SourceSpan Span { get; init; }
}
