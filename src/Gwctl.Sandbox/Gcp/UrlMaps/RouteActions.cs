using System.Globalization;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>Reads a route's action.</summary>
internal static class RouteActions
{
    public static IReadOnlyList<WeightedService> Services(
        string? service, Struct? action, IReadOnlyList<HeaderEdits> outer)
    {
        var weighted = action?.Structs("weightedBackendServices").ToList() ?? [];
        return weighted.Count is 0
            ? service is null ? [] : [new WeightedService(service, 1, outer)]
            : [.. weighted.Select(one => new WeightedService(
                one.Required("backendService"), (int)(one.Number("weight") ?? 0),
                [.. Edits(one.Member("headerAction")), .. outer]))];
    }

    /// <summary>None or one.</summary>
    public static IReadOnlyList<HeaderEdits> Edits(Struct? action) => action is null ? [] :
    [
        new HeaderEdits(
            [.. Edits(action, "requestHeadersToRemove", "requestHeadersToAdd")],
            [.. Edits(action, "responseHeadersToRemove", "responseHeadersToAdd")]),
    ];

    public static RoutePolicies Policies(Struct action) => new()
    {
        Timeout = Duration(action.Member("timeout")),
        Retry = action.Member("retryPolicy") is { } retry
            ? new RetryPolicy(
                [.. retry.Texts("retryConditions")], (int)(retry.Number("numRetries") ?? 1),
                Duration(retry.Member("perTryTimeout")))
            : null,
        Mirror = action.Member("requestMirrorPolicy") is { } mirror
            ? new MirrorPolicy(mirror.Required("backendService"), Fraction(mirror, "mirrorPercent") ?? 100)
            : null,
        Fault = action.Member("faultInjectionPolicy") is { } fault ? Fault(fault) : null,
        Cors = action.Member("corsPolicy") is { } cors && cors.Flag("disabled") is not true ? Cors(cors) : null,
    };

    public static TimeSpan? Duration(Struct? duration) => duration is null
        ? null
        : TimeSpan.FromSeconds(long.Parse(duration.Text("seconds") ?? "0", CultureInfo.InvariantCulture))
            + TimeSpan.FromTicks((duration.Number("nanos") ?? 0) / 100);

    private static IEnumerable<HeaderEdit> Edits(Struct action, string removals, string additions) =>
    [
        .. action.Texts(removals).Select(name => new HeaderEdit(HeaderEditKind.Remove, name, "")),
        .. action.Structs(additions).Select(option => new HeaderEdit(
            option.Flag("replace") is false ? HeaderEditKind.Append : HeaderEditKind.Set,
            option.Required("headerName"), option.Text("headerValue") ?? "")),
    ];

    private static FaultPolicy Fault(Struct fault)
    {
        var (abort, delay) = (fault.Member("abort"), fault.Member("delay"));
        return new FaultPolicy(
            (int?)abort?.Number("httpStatus"), Fraction(abort, "percentage") ?? 0,
            Duration(delay?.Member("fixedDelay")), Fraction(delay, "percentage") ?? 0);
    }

    private static CorsPolicy Cors(Struct cors) => new(
        [.. cors.Texts("allowOrigins")], [.. cors.Texts("allowOriginRegexes").Select(text => new Re2(text))],
        [.. cors.Texts("allowMethods")], [.. cors.Texts("allowHeaders")], [.. cors.Texts("exposeHeaders")],
        cors.Number("maxAge"), cors.Flag("allowCredentials") is true);

    private static double? Fraction(Struct? owner, string name) => (owner?[name] as NumberValue)?.Content;
}
