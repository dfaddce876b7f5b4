using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>Which stream rule takes a connection.</summary>
internal static class StreamRouting
{
    /// <param name="sni">The client hello's server name.</param>
    public static StreamAnswer Route(PortIndex port, Transport transport, string? sni, BackendHealth health)
    {
        var speaksTls = port.Port.Protocol is RoutingProtocol.Tls or RoutingProtocol.Https;
        if (port.Port.Protocol is RoutingProtocol.Http || (transport is Transport.Tcp && speaksTls))
        {
            return new StreamAnswer(null, null, [], $"port {port.Port.Port} does not take plain {Word(transport)}");
        }

        // TCP and UDP carry any bytes, a client hello too, and look at none of them.
        var name = speaksTls ? Authority.NameOf(sni).ToString() : "";
        var index = port.ForServerName(name);
        if (index is null)
        {
            return new StreamAnswer(null, null, [], $"no listener has the server name {sni ?? "(none)"}");
        }

        return RouteIn(index.Listener, name, health);
    }

    private static StreamAnswer RouteIn(RoutingListener listener, string name, BackendHealth health)
    {
        var rule = listener.Streams.FirstOrDefault(rule => HostPattern.Parse(rule.Hostname).Matches(name));
        if (rule is null)
        {
            return new StreamAnswer(listener, null, [], $"listener {listener.Name} has no rule for the connection");
        }

        var total = rule.Backends.Sum(backend => (long)backend.Weight);
        EquatableList<StreamShare> shares =
        [
            .. rule.Backends
                .Where(backend => backend.Weight > 0)
                .Select(backend => new StreamShare(
                    backend.BackendId,
                    backend.Weight,
                    total,
                    backend.BackendId is { } id && health.HasEndpoints(id))),
        ];
        var why = $"{rule.Origin} is the first rule of listener {listener.Name} for the connection";
        return new StreamAnswer(listener, rule, shares, why);
    }

    private static string Word(Transport transport) => transport switch
    {
        Transport.Tcp => "TCP",
        Transport.Udp => "UDP",
        _ => "TLS",
    };
}
