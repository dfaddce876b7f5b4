using System.Net;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>Targets outside the VPC must be registered with the zone <c>all</c>; inside it AWS finds the zone
/// itself. A target that is registered keeps the zone it has: it cannot be changed, and not every endpoint tells
/// it.</summary>
internal static class TargetSettling
{
    public static ResourceNode Settle(ResourceNode node, LiveResource? living)
    {
        var attributes = node.Attributes;
        if (attributes["targets"] is not AttributeValue.List(var targets))
        {
            return node;
        }

        // Without an answer the node keeps its lookup and is not planned.
        var ranges = attributes["vpcCidrs"] is AttributeValue.List(var cidrs)
            ? cidrs.OfType<AttributeValue.Text>().Select(cidr => IPNetwork.Parse(cidr.Value)).ToList()
            : null;
        var registered = Registered(living);
        var zoned = ranges is null
            ? targets
            : targets.Select(target => registered.TryGetValue(NameOf(target), out var same)
                ? same
                : WithZone(target, ranges));
        var settled = attributes.With("targets", AttributeOrder.Sorted(zoned));
        return node with { Attributes = ranges is null ? settled : settled.Without("vpcCidrs") };
    }

    private static Dictionary<(AttributeValue? Id, AttributeValue? Port), AttributeValue> Registered(
        LiveResource? living) =>
        living?.Attributes["targets"] is AttributeValue.List(var targets)
            ? targets.DistinctBy(NameOf).ToDictionary(NameOf)
            : [];

    private static (AttributeValue? Id, AttributeValue? Port) NameOf(AttributeValue target) =>
        target is AttributeValue.Map(var fields) ? (fields["id"], fields["port"]) : default;

    private static AttributeValue WithZone(AttributeValue target, List<IPNetwork> ranges) =>
        target is AttributeValue.Map(var fields)
            && fields["id"] is AttributeValue.Text(var id)
            && IPAddress.TryParse(id, out var address)
            && !ranges.Exists(range => range.Contains(address))
            ? new AttributeValue.Map(fields.With("zone", new AttributeValue.Text("all")))
            : target;
}
