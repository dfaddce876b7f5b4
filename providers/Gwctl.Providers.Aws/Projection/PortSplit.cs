using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A Gateway's ports by the load balancer that serves them.</summary>
/// <param name="Application">HTTP and HTTPS.</param>
/// <param name="Network">TLS, TCP and UDP.</param>
internal sealed record PortSplit(EquatableList<RoutingPort> Application, EquatableList<RoutingPort> Network)
{
    /// <summary>A Gateway without any port has an Application Load Balancer all the same: it has an address.</summary>
    public bool NeedsApplication => Application.Count > 0 || Network.Count is 0;

    /// <summary>TLS listeners that share a port with HTTPS listeners are left out, with an error: one port of a name
    /// leads to one load balancer.</summary>
    public static PortSplit Of(GatewayRouting gateway, Action<Diagnostic> report)
    {
        var application = new List<RoutingPort>();
        var network = new List<RoutingPort>();
        foreach (var port in gateway.Ports)
        {
            if (port.Protocol is RoutingProtocol.Http or RoutingProtocol.Https)
            {
                application.Add(port);
            }
            else if (port.Listeners.Any(IsHttps))
            {
                foreach (var listener in port.Listeners.Where(listener => !IsHttps(listener)))
                {
                    report(NetworkDiagnostics.MixedProtocols(gateway, listener, port.Port));
                }

                application.Add(port with
                {
                    Protocol = RoutingProtocol.Https,
                    Listeners = [.. port.Listeners.Where(IsHttps)],
                });
            }
            else
            {
                network.Add(port);
            }
        }

        return new PortSplit([.. application], [.. network]);
    }

    private static bool IsHttps(RoutingListener listener) => listener.Protocol is RoutingProtocol.Https;
}
