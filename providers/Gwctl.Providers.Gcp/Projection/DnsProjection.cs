using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Reading;
using Gwctl.Providers.Gcp.Settling;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Record sets for the hostnames of listeners and routes.</summary>
internal static class DnsProjection
{
    public static void Add(
        GatewayBuilder gateway, IEnumerable<ServedName> served, IReadOnlyList<GatewayAddress> addresses)
    {
        if (gateway.Settings.DnsZones.Count is 0)
        {
            return;
        }

        DnsPolicies.Check(gateway);
        foreach (var names in served.Where(name => name.IsRecord).GroupBy(name => name.Hostname)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (ZoneOf(gateway, names.Key) is not { } zone)
            {
                gateway.Report(GcpDiagnostics.OutsideZones(gateway.Gateway, names.Key, names.First().Span));
                continue;
            }

            foreach (var address in addresses)
            {
                gateway.Add(Record(gateway, zone, [.. names], address));
            }
        }
    }

    /// <summary>All nodes; a record for a name that an earlier Gateway has in the same zone is left out, with an error:
    /// unless each of them has a weight there.</summary>
    public static List<ResourceNode> DropTaken(IReadOnlyList<GatewayBuilder> gateways, List<Diagnostic> diagnostics)
    {
        var taken = new Dictionary<(AttributeValue? Zone, string Key), (ObjectName Gateway, bool IsWeighted)>();
        var nodes = new List<ResourceNode>(gateways.Sum(gateway => gateway.Nodes.Count));
        foreach (var gateway in gateways)
        {
            foreach (var node in gateway.Nodes)
            {
                var isRecord = node.Address.Kind is Kinds.DnsRecord;
                var name = isRecord ? (node.Attributes["zone"], node.Address.Key) : default;
                var holder = (Gateway: gateway.Gateway.Name, IsWeighted: node.Attributes["item"] is not null);
                if (!isRecord || taken.TryAdd(name, holder) || (holder.IsWeighted && taken[name].IsWeighted))
                {
                    nodes.Add(node);
                }
                else
                {
                    diagnostics.Add(GcpDiagnostics.HostnameTwice(
                        gateway.Gateway, node.Hostnames[0], taken[name].Gateway, node.Origin));
                }
            }
        }

        return nodes;
    }

    /// <summary>Null where no configured zone holds the name.</summary>
    /// <param name="wantsPublic">True where only a public zone will do.</param>
    public static DnsZoneSpec? ZoneOf(GatewayBuilder gateway, string hostname, bool wantsPublic = false) =>
        DnsZoneChoice.Find(gateway.Settings.DnsZones, hostname, gateway.Balancer.IsInternal, wantsPublic);

    public static AttributeValue IdOf(DnsZoneSpec zone) => zone.Id is { } id
        ? new AttributeValue.Text(id)
        : Lookups.ForZone(DnsZoneChoice.NameOf(zone.Name), zone.Private);

    private static ResourceNode Record(
        GatewayBuilder gateway, DnsZoneSpec zone, EquatableList<ServedName> names, GatewayAddress address)
    {
        var hostname = names[0].Hostname;
        var type = address.Family is "ipv6" ? "AAAA" : "A";
        var (weight, values) = (
            gateway.Gateway.DnsPolicyOf(hostname)?.Weight, GatewayBuilder.ListOf(address.Value));
        return new ResourceNode
        {
            Address = gateway.AddressOf(Kinds.DnsRecord, $"{hostname}/{type}"),
            Attributes = Shape.Of(
                Shape.Field("zone", IdOf(zone)),
                Shape.Text("name", $"{hostname}."),
                Shape.Text("type", type),
                Shape.Number("ttl", DnsPolicies.TtlOf(gateway, hostname)),
                gateway.Gateway.CutOverHostnames.Contains(hostname) ? Shape.Flag(CutOverRecords.Mark, true) : null,
                weight is not { } share
                    ? Shape.Field("rrdatas", values)
                    : Shape.Field("item", Shape.Map(
                        Shape.Field("rrdatas", values), Shape.Number("weight", share.Value))),
                Shape.Field("ownership", Shape.Map(
                    Shape.Text(
                        "name", $"{DnsOwnership.NameOf(type, hostname, DnsZoneChoice.NameOf(zone.Name))}."),
                    Shape.Text("value", DnsOwnership.Format(
                        new DnsOwner(gateway.Scope.Owner, OwnedSet.ResourceOf(gateway.Gateway.Name))))))),
            Origin = names[0].Span,
            OriginObjects = Shape.Sorted(
                [gateway.GatewayObject, .. names.Select(name => name.Origin?.RouteId.ToString()).OfType<string>()]),
            Hostnames = [hostname],
        };
    }
}
