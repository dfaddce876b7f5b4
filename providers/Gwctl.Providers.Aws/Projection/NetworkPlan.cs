using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What one port of a Network Load Balancer does with all of its connections: it does not look at server
/// names.</summary>
/// <param name="Port">With the listeners that stay.</param>
/// <param name="Protocol">TCP, UDP, TCP_UDP or TLS.</param>
/// <param name="Rule">Whose backends get every connection; null where no route is attached.</param>
/// <param name="Served">The hostnames that lead here: those whose connections reach their backends.</param>
internal sealed record NetworkPlan(
    RoutingPort Port, string Protocol, StreamRule? Rule, EquatableList<ServedName> Served)
{
    /// <summary>Null where the port cannot be, which has been reported then.</summary>
    public static NetworkPlan? Of(GatewayRouting gateway, RoutingPort port, Action<Diagnostic> report)
    {
        if (port.ClientValidation is { } validation)
        {
            report(NetworkDiagnostics.ClientValidation(gateway, port.Port, validation));
            return null;
        }

        var first = port.Listeners[0];
        var kept = port.Listeners.Where(listener => listener.IsPassthrough == first.IsPassthrough).ToList();
        foreach (var listener in port.Listeners.Except(kept))
        {
            report(NetworkDiagnostics.MixedModes(gateway, listener, first, port.Port));
        }

        var rules = kept.SelectMany(listener => listener.Streams.Select(rule => new NamedRule(
            rule.Hostname is "" ? listener.Hostname : rule.Hostname, rule))).ToList();
        var winner = rules.Count is 0 ? null : rules[0];
        var served = kept.Where(listener => listener.Hostname is not "")
            .Select(listener => new ServedName(listener.Hostname, listener.Span, null)).ToList();
        foreach (var rule in rules)
        {
            if (winner is null)
            {
                break;
            }

            // An equal name has been taken by the rule before: the specification's own order.
            if (rule == winner || Destination(rule.Rule).SetEquals(Destination(winner.Rule)))
            {
                served.Add(new ServedName(rule.Hostname, rule.Rule.Origin.RuleSpan, rule.Rule.Origin));
            }
            else if (rule.Hostname != winner.Hostname && port.Protocol is RoutingProtocol.Tls)
            {
                served.RemoveAll(name => name.Hostname == rule.Hostname);
                report(NetworkDiagnostics.NameLost(rule.Rule.Origin, rule.Hostname, port.Port, winner.Rule.Origin));
            }
        }

        if (winner is { Hostname: not "" } && port.Protocol is RoutingProtocol.Tls)
        {
            report(NetworkDiagnostics.OtherNames(winner.Rule.Origin, winner.Hostname, port.Port));
        }

        return new NetworkPlan(
            port with { Listeners = [.. kept] }, ProtocolOf(first), winner?.Rule,
            [.. served.Where(name => name.Hostname is not "")]);
    }

    /// <summary>One listener for TCP and UDP, where both go to the same targets; null where they do not. A Service's
    /// TCP port and its UDP port of the same number are two backends, which such a listener can only serve as
    /// one.</summary>
    public NetworkPlan? WithUdp(NetworkPlan udp, EquatableList<RoutingBackend> backends)
    {
        if (Protocol is not "TCP" || Rule is not { } rule || udp.Rule is not { } other)
        {
            return null;
        }

        var byId = backends.ToDictionary(backend => backend.Id, StringComparer.Ordinal);
        return Places(rule, byId).SetEquals(Places(other, byId))
            ? this with
            {
                Protocol = "TCP_UDP",
                Port = Port with { Listeners = [.. Port.Listeners, .. udp.Port.Listeners] },
            }
            : null;
    }

    private static HashSet<(Place? Place, int Weight)> Places(
        StreamRule rule, Dictionary<string, RoutingBackend> backends) =>
        [.. rule.Backends.Select(member => (
            member.BackendId is { } id ? Place.Of(backends[id].Service) : null, member.Weight))];

    /// <summary>Where a backend's targets are, whatever is spoken there.</summary>
    /// <param name="TargetPort">Where no endpoints are given.</param>
    private sealed record Place(
        ObjectName Service, int Port, int? NodePort, string? TargetPort, EquatableList<Endpoint>? Endpoints)
    {
        public static Place Of(ServiceBackend backend) => new(
            backend.Service,
            backend.Port,
            backend.ServicePort.NodePort,
            backend.Endpoints is null ? backend.ServicePort.TargetPort : null,
            backend.Endpoints);
    }

    private static string ProtocolOf(RoutingListener listener) => listener.Protocol switch
    {
        RoutingProtocol.Tls when !listener.IsPassthrough => "TLS",
        RoutingProtocol.Udp => "UDP",
        _ => "TCP",
    };

    private static HashSet<(string? BackendId, int Weight)> Destination(StreamRule rule) =>
        [.. rule.Backends.Select(backend => (backend.BackendId, backend.Weight))];

    private sealed record NamedRule(string Hostname, StreamRule Rule);
}
