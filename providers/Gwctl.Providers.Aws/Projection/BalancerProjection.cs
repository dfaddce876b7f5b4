using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The load balancer itself, and its security group.</summary>
internal static class BalancerProjection
{
    public static void Add(GatewayBuilder gateway)
    {
        var balancer = gateway.Balancer;
        var name = gateway.Gateway.Name;
        gateway.Add(new ResourceNode
        {
            Address = gateway.LoadBalancer,
            Attributes = Shape.Of(
                Shape.Text("name",
                    gateway.NameOf($"{name.Namespace}-{name.Name}", Kinds.LoadBalancer, balancer.Scheme)),
                Shape.Text("scheme", balancer.Scheme),
                Shape.Text("ipAddressType", balancer.IpAddressType),
                Shape.Field("subnets", Subnets(gateway)),
                Shape.Field("securityGroups", SecurityGroups(gateway)),
                Shape.Field("attributes", Attributes(balancer)),
                gateway.GuardedTags),
            Origin = gateway.Gateway.Span,
            OriginObjects = [gateway.GatewayObject],
            Protected = gateway.Protected,
        });
    }

    private static AttributeValue Subnets(GatewayBuilder gateway) =>
        gateway.Balancer.Subnets.Count > 0
            ? Shape.Texts(gateway.Balancer.Subnets)
            : Lookups.ForSubnets(new SubnetQuery(
                gateway.VpcChoice,
                gateway.Balancer.Scheme,
                [.. gateway.Balancer.SubnetTags.Select(tag => new SubnetTag(tag.Name, tag.Value))]));

    private static AttributeValue.List SecurityGroups(GatewayBuilder gateway)
    {
        if (gateway.Balancer.SecurityGroups.Count > 0)
        {
            return Shape.Texts(gateway.Balancer.SecurityGroups);
        }

        var address = gateway.AddressOf(Kinds.SecurityGroup, "");
        var name = gateway.Gateway.Name;
        gateway.Add(new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Text("name", gateway.NameOf($"{name.Namespace}-{name.Name}", Kinds.SecurityGroup)),
                Shape.Text("description", $"gwctl: Gateway {name}"),
                Shape.Field("vpc", gateway.Vpc),
                Shape.Field("ingress", Ingress(gateway)),
                gateway.Tags),
            Origin = gateway.Gateway.Span,
            OriginObjects = [gateway.GatewayObject],
        });
        return new AttributeValue.List([new AttributeValue.Reference(address, "id")]);
    }

    /// <summary>One for each port and range: everyone, unless the settings say who.</summary>
    private static AttributeValue.List Ingress(GatewayBuilder gateway)
    {
        IReadOnlyList<string> cidrs = gateway.Balancer switch
        {
            { AllowedCidrs: { Count: > 0 } given } => given,
            { HasIpv6: true } => ["0.0.0.0/0", "::/0"],
            _ => ["0.0.0.0/0"],
        };
        return AttributeOrder.Sorted(gateway.Gateway.Ports.SelectMany(port => cidrs.Select(cidr => Shape.Map(
            Shape.Text("protocol", "tcp"),
            Shape.Number("fromPort", port.Port),
            Shape.Number("toPort", port.Port),
            Shape.Text("cidr", cidr)))));
    }

    private static AttributeValue.Map Attributes(LoadBalancerSettings balancer) => Shape.TextMap(
        balancer.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value))
            .Append(KeyValuePair.Create(
                ManagedAttributes.DeletionProtection, balancer.DeletionProtection ? "true" : "false")));
}
