using Gwctl.Compiler.Specs;

namespace Gwctl.Testing.Specs;

/// <summary>GRPCRoutes, TLSRoutes, TCPRoutes and UDPRoutes, and listeners for them.</summary>
public static class MakeStream
{
    public static RouteSpec Grpc(
        string name,
        IEnumerable<ParentRefSpec> parents,
        IEnumerable<RouteRuleSpec>? rules = null,
        IEnumerable<string>? hostnames = null,
        int? age = null) =>
        MakeRoute.Route(name, parents, rules ?? [Calls()], hostnames, age) with { Kind = RouteKind.Grpc };

    /// <summary>A TLSRoute, TCPRoute or UDPRoute with one rule that has the backends.</summary>
    public static RouteSpec Stream(
        RouteKind kind,
        string name,
        IEnumerable<ParentRefSpec> parents,
        IEnumerable<BackendRefSpec>? backends = null,
        IEnumerable<string>? hostnames = null,
        int? age = null)
    {
        var rule = new RouteRuleSpec { BackendRefs = [.. backends ?? []], Span = Make.At(1) };
        return MakeRoute.Route(name, parents, [rule], hostnames, age) with { Kind = kind };
    }

    /// <summary>A rule of a GRPCRoute; without matches every call.</summary>
    public static RouteRuleSpec Calls(
        IEnumerable<GrpcMatchSpec>? matches = null,
        IEnumerable<BackendRefSpec>? backends = null,
        IEnumerable<HttpFilterSpec>? filters = null) =>
        new()
        {
            GrpcMatches = [.. matches ?? [Call()]],
            BackendRefs = [.. backends ?? []],
            Filters = [.. filters ?? []],
            Span = Make.At(1),
        };

    /// <summary>A match by exact names with headers as <c>name=value</c>.</summary>
    public static GrpcMatchSpec Call(string? service = null, string? method = null, params string[] headers) =>
        Match(service, method, isRegex: false, headers);

    /// <summary>A match by regular expressions.</summary>
    public static GrpcMatchSpec CallLike(string? service = null, string? method = null, params string[] headers) =>
        Match(service, method, isRegex: true, headers);

    /// <summary>A TLS listener that hands TLS on.</summary>
    public static ListenerSpec Passthrough(
        string name = "tls", int port = 443, string? hostname = null, int line = 1) =>
        MakeGateway.Listener(name, port, "TLS", hostname, line) with
        {
            Tls = new ListenerTlsSpec { Mode = Make.Value("Passthrough"), Span = Make.At(line) },
        };

    private static GrpcMatchSpec Match(string? service, string? method, bool isRegex, string[] headers) => new()
    {
        Method = (service ?? method) is null ? null : new GrpcMethodSpec(service, method, isRegex, Make.At(1)),
        Headers =
        [
            .. headers.Select(text => text.Split('=', 2))
                .Select(parts => new NamedMatchSpec(parts[0], parts[1], IsRegex: false, Make.At(1))),
        ],
        Span = Make.At(1),
    };
}
