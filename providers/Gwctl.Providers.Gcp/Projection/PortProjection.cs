using Gwctl.Compiler.Routing;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A port: its forwarding rules, its proxy, and what the proxy looks at.</summary>
internal static class PortProjection
{
    /// <summary>The Gateway's ports, without listeners that Google's load balancers cannot be, which have been reported
    /// then.</summary>
    public static IEnumerable<RoutingPort> Usable(GatewayBuilder gateway)
    {
        foreach (var port in gateway.Gateway.Ports)
        {
            if (port.ClientValidation is { } validation)
            {
                gateway.Report(GcpDiagnostics.ClientValidation(gateway.Gateway, port.Port, validation));
                continue;
            }

            var kept = port.Listeners.Where(listener => IsUsable(gateway, port, listener)).ToList();
            if (kept.Count > 0)
            {
                yield return kept.Count == port.Listeners.Count
                    ? port
                    : port with { Protocol = kept[0].Protocol, Listeners = [.. kept] };
            }
        }
    }

    /// <summary>Gives the hostnames that the port serves.</summary>
    public static IEnumerable<ServedName> Add(
        GatewayBuilder gateway,
        RoutingPort port,
        IReadOnlyList<GatewayAddress> addresses,
        BackendServices services)
    {
        var isHttp = port.Protocol is RoutingProtocol.Http or RoutingProtocol.Https;
        var proxy = isHttp
            ? HttpProxy(gateway, port, services)
            : StreamProjection.Add(gateway, port, services);
        if (proxy is null)
        {
            return [];
        }

        foreach (var address in addresses)
        {
            AddForwardingRule(gateway, port, address, proxy.Value);
        }

        return port.Listeners.SelectMany(ServedName.Of);
    }

    private static bool IsUsable(GatewayBuilder gateway, RoutingPort port, RoutingListener listener)
    {
        var why = listener.Protocol switch
        {
            RoutingProtocol.Udp => Capabilities.Text(Capabilities.Udp),
            RoutingProtocol.Tls when port.Listeners.Any(other => other.Protocol is RoutingProtocol.Https) =>
                "the port has HTTPS listeners too, and a forwarding rule leads to one proxy.",
            RoutingProtocol.Tls when gateway.Balancer.IsRegional && !listener.IsPassthrough =>
                "SSL proxies are global; a regional load balancer passes TLS on, or ends it for HTTPS.",
            _ => null,
        };
        if (why is not null)
        {
            gateway.Report(GcpDiagnostics.StreamProtocol(gateway.Gateway, listener, port.Port, why));
        }

        return why is null;
    }

    private static ResourceAddress? HttpProxy(GatewayBuilder gateway, RoutingPort port, BackendServices services)
    {
        var map = UrlMapProjection.Add(gateway, port, services);
        if (port.Protocol is RoutingProtocol.Http)
        {
            var http = gateway.AddressOf(Kinds.TargetHttpProxy, $"{port.Port}");
            gateway.Add(gateway.Named(
                http, gateway.Location, $"{gateway.Readable}-{port.Port}", [],
                Shape.Field("urlMap", GatewayBuilder.LinkTo(map))));
            return http;
        }

        if (CertificateProjection.Of(gateway, port) is not { } certificates)
        {
            return null;
        }

        var https = gateway.AddressOf(Kinds.TargetHttpsProxy, $"{port.Port}");
        gateway.Add(gateway.Named(
            https, gateway.Location, $"{gateway.Readable}-{port.Port}", [],
            Shape.Field("urlMap", GatewayBuilder.LinkTo(map)),
            certificates,
            SslPolicy(gateway)));
        return https;
    }

    public static AttributeField? SslPolicy(GatewayBuilder gateway) => gateway.Settings.SslPolicy is { } policy
        ? Shape.Text("sslPolicy",
            SelfLinks.Of(gateway.Settings.Project.Value, gateway.Location, "sslPolicies", policy))
        : null;

    private static void AddForwardingRule(
        GatewayBuilder gateway, RoutingPort port, GatewayAddress address, ResourceAddress proxy)
    {
        var balancer = gateway.Balancer;
        var at = AttributeOrder.Canonical(address.Value);
        gateway.Add(gateway.Named(
            gateway.AddressOf(Kinds.ForwardingRule, $"{port.Port}/{address.Family}"),
            gateway.Location, $"{gateway.Readable}-{port.Port}", [balancer.Scheme, balancer.NetworkTier, at],
            Shape.Text("loadBalancingScheme", gateway.LoadBalancingScheme),
            Shape.Field("IPAddress", address.Value),
            Shape.Text("IPProtocol", "TCP"),
            Shape.Text("portRange", $"{port.Port}-{port.Port}"),
            balancer.IsRegional ? Shape.Text("network", gateway.NetworkLink) : null,
            balancer.IsInternal ? Shape.Text("subnetwork", AddressProjection.SubnetworkOf(gateway)) : null,
            gateway.NetworkTier,
            Shape.Field("target", GatewayBuilder.LinkTo(proxy)),
            gateway.Labels) with
        { Protected = gateway.Protected });
    }
}
