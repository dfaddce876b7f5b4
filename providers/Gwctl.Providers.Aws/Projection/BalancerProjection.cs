using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The load balancers themselves, and their security groups.</summary>
internal static class BalancerProjection
{
    /// <summary>Without it an ALB writes its port into the Host header, where the Gateway API has backends see what the
    /// client sent. Whoever writes the attribute has it otherwise.</summary>
    private static readonly Label s_preserveHost =
        new("routing.http.preserve_host_header.enabled", "true", SourceSpan.None);

    /// <param name="ports">What the managed security group opens.</param>
    public static void AddApplication(GatewayBuilder gateway, IEnumerable<RoutingPort> ports)
    {
        var balancer = gateway.Balancer;
        gateway.Add(Node(gateway, gateway.LoadBalancer, Shape.Of(
            Shape.Text("name", gateway.NameOf(Readable(gateway), Kinds.LoadBalancer, balancer.Scheme)),
            Shape.Text("scheme", balancer.Scheme),
            Shape.Text("ipAddressType", balancer.IpAddressType),
            Shape.Field("subnets", Subnets(gateway)),
            Shape.Field("securityGroups", SecurityGroups(
                gateway, BalancerKeys.Application, ports.Select(port => (port.Port, "tcp")))),
            Shape.Field("attributes", Attributes(balancer, balancer.Attributes.Prepend(s_preserveHost))),
            gateway.GuardedTags)));
    }

    /// <param name="listeners">Ports and protocols, as listeners have them.</param>
    public static void AddNetwork(GatewayBuilder gateway, IReadOnlyList<(int Port, string Protocol)> listeners)
    {
        var balancer = gateway.Balancer;
        if (balancer.IpAddressType is LoadBalancerSettings.DualStackWithoutPublicIpv4)
        {
            gateway.Report(AwsDiagnostics.NetworkAddressType(gateway.Gateway));
        }

        gateway.Add(Node(gateway, gateway.NetworkLoadBalancer, Shape.Of(
            Shape.Text("name",
                gateway.NameOf(Readable(gateway), Kinds.LoadBalancer, BalancerKeys.Network, balancer.Scheme)),
            Shape.Text("type", "network"),
            Shape.Text("scheme", balancer.Scheme),
            Shape.Text("ipAddressType",
                balancer.HasIpv6 ? LoadBalancerSettings.DualStack : LoadBalancerSettings.Ipv4),
            Shape.Field("subnets", Subnets(gateway)),
            StaticAddresses.Of(gateway),
            Shape.Field("securityGroups", SecurityGroups(
                gateway, BalancerKeys.Network, listeners.SelectMany(listener => Transports(listener.Protocol)
                    .Select(transport => (listener.Port, transport))))),
            Shape.Field("attributes", Attributes(balancer, gateway.Settings.Network.LoadBalancerAttributes)),
            gateway.GuardedTags)));
    }

    private static string Readable(GatewayBuilder gateway) =>
        $"{gateway.Gateway.Name.Namespace}-{gateway.Gateway.Name.Name}";

    private static EquatableList<string> Transports(string protocol) => protocol switch
    {
        "UDP" => ["udp"],
        "TCP_UDP" => ["tcp", "udp"],
        _ => ["tcp"],
    };

    private static ResourceNode Node(GatewayBuilder gateway, ResourceAddress address, AttributeMap attributes) => new()
    {
        Address = address,
        Attributes = attributes,
        Origin = gateway.Gateway.Span,
        OriginObjects = [gateway.GatewayObject],
        Protected = gateway.Protected,
    };

    private static AttributeValue Subnets(GatewayBuilder gateway) =>
        gateway.Balancer.Subnets.Count > 0
            ? Shape.Texts(gateway.Balancer.Subnets)
            : Lookups.ForSubnets(new SubnetQuery(
                gateway.VpcChoice,
                gateway.Balancer.Scheme,
                [.. gateway.Balancer.SubnetTags.Select(tag => new SubnetTag(tag.Name, tag.Value))]));

    private static AttributeValue.List SecurityGroups(
        GatewayBuilder gateway, string key, IEnumerable<(int Port, string Transport)> open)
    {
        if (gateway.Balancer.SecurityGroups.Count > 0)
        {
            return Shape.Texts(gateway.Balancer.SecurityGroups);
        }

        var address = gateway.AddressOf(Kinds.SecurityGroup, key);
        var name = gateway.Gateway.Name;
        gateway.Add(new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Text("name", key is BalancerKeys.Application
                    ? gateway.NameOf(Readable(gateway), Kinds.SecurityGroup)
                    : gateway.NameOf(Readable(gateway), Kinds.SecurityGroup, key)),
                Shape.Text("description", $"gwctl: Gateway {name}"),
                Shape.Field("vpc", gateway.Vpc),
                Shape.Field("ingress", Ingress(gateway, open)),
                gateway.Tags),
            Origin = gateway.Gateway.Span,
            OriginObjects = [gateway.GatewayObject],
        });
        return new AttributeValue.List([new AttributeValue.Reference(address, "id")]);
    }

    /// <summary>One for each port and range: everyone, unless the settings say who.</summary>
    private static AttributeValue.List Ingress(
        GatewayBuilder gateway, IEnumerable<(int Port, string Transport)> open)
    {
        IReadOnlyList<string> cidrs = gateway.Balancer switch
        {
            { AllowedCidrs: { Count: > 0 } given } => given,
            { HasIpv6: true } => ["0.0.0.0/0", "::/0"],
            _ => ["0.0.0.0/0"],
        };
        return AttributeOrder.Sorted(open.SelectMany(port => cidrs.Select(cidr => Shape.Map(
            Shape.Text("protocol", port.Transport),
            Shape.Number("fromPort", port.Port),
            Shape.Number("toPort", port.Port),
            Shape.Text("cidr", cidr)))));
    }

    private static AttributeValue.Map Attributes(LoadBalancerSettings balancer, IEnumerable<Label> written) =>
        Shape.TextMap(written.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value))
            .Append(KeyValuePair.Create(
                ManagedAttributes.DeletionProtection, balancer.DeletionProtection ? "true" : "false")));
}
