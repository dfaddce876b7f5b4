using Gwctl.Compiler.Routing;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Connections to a listener that reads no requests.</summary>
internal static class ConnectionVariants
{
    public static IEnumerable<DerivedConnection> Of(RoutingPort port, RoutingListener listener) =>
        listener.Protocol switch
        {
            RoutingProtocol.Tcp => OfPlain(port, listener, Transport.Tcp),
            RoutingProtocol.Udp => OfPlain(port, listener, Transport.Udp),
            RoutingProtocol.Tls => OfTls(port, listener),
            _ => [],
        };

    private static IEnumerable<DerivedConnection> OfPlain(
        RoutingPort port, RoutingListener listener, Transport transport) =>
        [new(port.Port, transport, null, "any connection", listener.Streams is [var first, ..] ? first.Origin : null)];

    private static IEnumerable<DerivedConnection> OfTls(RoutingPort port, RoutingListener listener)
    {
        yield return new DerivedConnection(port.Port, Transport.Tls, null, "no server name", null);
        foreach (var rule in listener.Streams)
        {
            var hostname = rule.Hostname is "" ? listener.Hostname : rule.Hostname;
            var name = hostname switch
            {
                "" => $"{BaseRequests.Word}.example",
                ['*', .. var suffix] => BaseRequests.Word + suffix,
                _ => hostname,
            };
            yield return To(name, "the server name as written");
            yield return To(CaseText.Swap(name), "the server name in other case");
            foreach (var (host, why) in HostVariants.NeighboursOf(hostname))
            {
                yield return To(host, why);
            }

            DerivedConnection To(string sni, string why) =>
                new(port.Port, Transport.Tls, sni, why, rule.Origin);
        }
    }
}
