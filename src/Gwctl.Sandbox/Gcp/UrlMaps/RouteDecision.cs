namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>What a URL map does with a request.</summary>
/// <param name="Rule">Where in the map the deciding rule stands: <c>pathMatchers[0].routeRules[2]</c>,
/// <c>pathMatchers[0]</c> for its default, empty for the map's own default.</param>
internal abstract record RouteDecision(string Rule)
{
    /// <param name="Services">Those with a weight above 0 can be chosen.</param>
    /// <param name="Host">As the backend sees it.</param>
    /// <param name="Target">Path and query as the backend sees them.</param>
    internal sealed record Forward(
        string Rule, IReadOnlyList<WeightedService> Services, string Host, string Target, RoutePolicies Policies)
        : RouteDecision(Rule);

    /// <param name="Location">The whole URL.</param>
    internal sealed record Redirect(string Rule, int Status, string Location) : RouteDecision(Rule);
}

/// <summary>One of a route's backend services.</summary>
/// <param name="Link">The whole link of a backend service or a backend bucket.</param>
/// <param name="Weight">0 to 1000.</param>
/// <param name="Edits">Of headers, in the order in which they are made: the service's own, the route rule's, the path
/// matcher's, the map's.</param>
internal sealed record WeightedService(string Link, int Weight, IReadOnlyList<HeaderEdits> Edits);

/// <summary>Changes of one header action: removals come before additions.</summary>
internal sealed record HeaderEdits(IReadOnlyList<HeaderEdit> Request, IReadOnlyList<HeaderEdit> Response);

internal enum HeaderEditKind
{
    Remove,
    Set,
    Append,
}

/// <param name="Value">Empty for a removal.</param>
internal sealed record HeaderEdit(HeaderEditKind Kind, string Name, string Value);

/// <summary>What a route says beside where to go. Null: the route says nothing.</summary>
internal sealed record RoutePolicies
{
    public static readonly RoutePolicies None = new();

    /// <summary>For the whole exchange with all its retries.</summary>
    public TimeSpan? Timeout { get; init; }

    public RetryPolicy? Retry { get; init; }

    public MirrorPolicy? Mirror { get; init; }

    public FaultPolicy? Fault { get; init; }

    public CorsPolicy? Cors { get; init; }
}

/// <param name="Conditions">Such as <c>5xx</c> and <c>connect-failure</c>.</param>
internal sealed record RetryPolicy(IReadOnlyList<string> Conditions, int Retries, TimeSpan? PerTryTimeout);

/// <param name="Percent">0 to 100.</param>
internal sealed record MirrorPolicy(string Link, double Percent);

/// <param name="AbortStatus">Null where nothing is aborted.</param>
/// <param name="AbortPercent">0 to 100.</param>
/// <param name="Delay">Null where nothing is delayed.</param>
internal sealed record FaultPolicy(int? AbortStatus, double AbortPercent, TimeSpan? Delay, double DelayPercent);

/// <param name="MaxAge">Seconds; null where the policy says nothing.</param>
internal sealed record CorsPolicy(
    IReadOnlyList<string> Origins, IReadOnlyList<Re2> OriginPatterns, IReadOnlyList<string> Methods,
    IReadOnlyList<string> Headers, IReadOnlyList<string> ExposedHeaders, long? MaxAge, bool AllowsCredentials);
