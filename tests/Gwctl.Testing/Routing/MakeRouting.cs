using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;

namespace Gwctl.Testing.Routing;

/// <summary>Routing models without specs: what the compiler would make, written down by hand. Rules are in the order
/// given, which is the order of precedence.</summary>
public static class MakeRouting
{
    public static GatewayRouting Gateway(params IEnumerable<RoutingPort> ports)
    {
        EquatableList<RoutingPort> all = [.. ports];
        return new GatewayRouting
        {
            Name = Make.Name("infra/gw"),
            ControllerName = "gwctl.dev/aws",
            Config = MakeGateway.Config(),
            Ports = all,
            Backends =
            [
                .. all.SelectMany(port => port.Listeners).SelectMany(BackendsOf).Distinct()
                    .Order(StringComparer.Ordinal).Select(id => Backend(id)),
            ],
            Span = Make.At(1),
        };
    }

    /// <summary>With one HTTP listener on port 80 that has every host.</summary>
    public static GatewayRouting Gateway(params RoutingRule[] rules) =>
        Gateway(Port(80, RoutingProtocol.Http, Listener("http", "", rules)));

    public static RoutingPort Port(int port, RoutingProtocol protocol, params RoutingListener[] listeners) =>
        new(port, protocol, [.. listeners.Select(item => item with { Protocol = ProtocolOf(item, protocol) })]);

    /// <summary>Its protocol becomes the port's; with streams it is a TLS listener where the port is.</summary>
    public static RoutingListener Listener(string name, string hostname, params IEnumerable<RoutingRule> rules) => new()
    {
        Name = name,
        Protocol = RoutingProtocol.Http,
        Hostname = hostname,
        Rules = [.. rules],
        Span = Make.At(1),
    };

    public static RoutingListener StreamListener(string name, string hostname, params StreamRule[] rules) =>
        Listener(name, hostname) with { Streams = [.. rules] };

    /// <summary>A rule that goes to one backend, 1 of 1, unless another action is given.</summary>
    public static RoutingRule Rule(
        string route,
        HttpMatchSpec match,
        RoutingAction? action = null,
        string hostname = "",
        int index = 0,
        params HttpFilterSpec[] filters) => new()
        {
            Origin = new RuleOrigin(Make.Name(route), index, 0, null, Make.At(1)),
            Hostname = hostname,
            Match = match,
            Filters = [.. filters],
            Action = action ?? Forward(($"{route}:80", 1)),
        };

    public static StreamRule Stream(string route, string hostname, params (string? Id, int Weight)[] backends) => new()
    {
        Origin = new RuleOrigin(Make.Name(route), 0, 0, null, Make.At(1)) { Kind = RouteKind.Tls },
        Hostname = hostname,
        Backends = Weighted(backends),
    };

    /// <summary>Null stands for an invalid reference.</summary>
    public static RoutingAction Forward(params (string? Id, int Weight)[] backends) =>
        new RoutingAction.Forward(Weighted(backends));

    /// <summary>A backend as <c>namespace/service:port</c>, whose endpoints are not known unless given.</summary>
    public static RoutingBackend Backend(string id, params bool[]? ready)
    {
        var colon = id.LastIndexOf(':');
        var port = int.Parse(id[(colon + 1)..]);
        return new RoutingBackend
        {
            Id = id,
            Service = new ServiceBackend
            {
                Service = Make.Name(id[..colon]),
                Port = port,
                ServicePort = MakeService.Port(port),
                Endpoints = ready is null or []
                    ? null
                    : [.. ready.Select((isReady, index) => EndpointAt($"10.0.0.{index + 1}", isReady))],
            },
        };
    }

    private static Endpoint EndpointAt(string address, bool isReady) => new(address, 8080, isReady, false, null, null);

    private static EquatableList<WeightedBackend> Weighted((string? Id, int Weight)[] backends) =>
        [.. backends.Select(backend => new WeightedBackend(backend.Id, backend.Weight, [], Make.At(1)))];

    private static IEnumerable<string> BackendsOf(RoutingListener listener) =>
        listener.Rules.Select(rule => rule.Action).OfType<RoutingAction.Forward>().SelectMany(item => item.Backends)
            .Concat(listener.Streams.SelectMany(rule => rule.Backends))
            .Select(backend => backend.BackendId)
            .OfType<string>();

    private static RoutingProtocol ProtocolOf(RoutingListener listener, RoutingProtocol port) =>
        port is RoutingProtocol.Tls && listener.Streams.Count is 0 ? RoutingProtocol.Https : port;
}
