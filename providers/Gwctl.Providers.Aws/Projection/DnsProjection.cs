using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Alias records for the hostnames of listeners and routes. A wildcard listener gets a record of its own only
/// where a route serves the whole wildcard: else every name below it that nobody serves would lead to the load
/// balancer's 404.</summary>
internal static class DnsProjection
{
    public static void Add(GatewayBuilder gateway)
    {
        if (gateway.Settings.Zones.Count is 0)
        {
            return;
        }

        foreach (var (hostname, served) in ServedHostnames(gateway.Gateway))
        {
            if (DnsZones.Find(gateway, hostname) is not { } zone)
            {
                gateway.Report(AwsDiagnostics.OutsideZones(gateway.Gateway, hostname, served.Span));
            }
            else
            {
                gateway.Add(Record(gateway, hostname, zone, served));
            }
        }
    }

    /// <summary>All nodes; a record for a name that an earlier Gateway has in the same zone is left out, with an error.
    /// </summary>
    public static List<ResourceNode> DropTaken(IReadOnlyList<GatewayBuilder> gateways, List<Diagnostic> diagnostics)
    {
        var taken = new Dictionary<(AttributeValue? Zone, string Hostname), ObjectName>();
        var nodes = new List<ResourceNode>(gateways.Sum(gateway => gateway.Nodes.Count));
        foreach (var gateway in gateways)
        {
            foreach (var node in gateway.Nodes)
            {
                var name = node.Address.Kind is Kinds.DnsRecord ? (node.Attributes["zone"], node.Address.Key) : default;
                if (node.Address.Kind is not Kinds.DnsRecord || taken.TryAdd(name, gateway.Gateway.Name))
                {
                    nodes.Add(node);
                }
                else
                {
                    diagnostics.Add(AwsDiagnostics.HostnameTwice(
                        gateway.Gateway, node.Address.Key, taken[name], node.Origin));
                }
            }
        }

        return nodes;
    }

    private static ResourceNode Record(GatewayBuilder gateway, string hostname, DnsZoneSpec zone, Served served)
    {
        var alias = Shape.Map(
            Shape.Field("aliasName", new AttributeValue.Reference(gateway.LoadBalancer, "dnsName")),
            Shape.Field("aliasZone", new AttributeValue.Reference(gateway.LoadBalancer, "zoneId")),

            // With a single record there is nothing to fail over to, and an empty target group must not take the name
            // away.
            Shape.Flag("evaluateTargetHealth", false));
        return new ResourceNode
        {
            Address = gateway.AddressOf(Kinds.DnsRecord, hostname),
            Attributes = Shape.Of(
                Shape.Field("zone", DnsZones.IdOf(zone)),
                Shape.Text("name", hostname),
                gateway.Balancer.HasIpv4 ? Shape.Field("a", alias) : null,
                gateway.Balancer.HasIpv6 ? Shape.Field("aaaa", alias) : null,
                Shape.Field("ownership", Shape.Map(
                    Shape.Text("name", DnsOwnership.NameOf("A", hostname, DnsZones.NameOf(zone.Name))),
                    Shape.Text("value", DnsOwnership.Format(
                        new DnsOwner(gateway.Scope.Owner, $"gateway/{gateway.Gateway.Name}")))))),
            Origin = served.Span,
            OriginObjects = Shape.Sorted([gateway.GatewayObject,
                .. served.Routes.Select(route => $"HTTPRoute/{route}")]),
            Hostnames = [hostname],
        };
    }

    /// <summary>Sorted by hostname.</summary>
    private static SortedDictionary<string, Served> ServedHostnames(GatewayRouting gateway)
    {
        var served = new SortedDictionary<string, Served>(StringComparer.Ordinal);
        foreach (var listener in gateway.Ports.SelectMany(port => port.Listeners))
        {
            if (listener.Hostname is not "" && !HostPattern.Parse(listener.Hostname).IsWildcard)
            {
                served.TryAdd(listener.Hostname, new Served(listener.Span));
            }

            foreach (var rule in listener.Rules)
            {
                var hostname = rule.Hostname is "" ? listener.Hostname : rule.Hostname;
                if (hostname is not "")
                {
                    served.TryAdd(hostname, new Served(rule.Origin.RuleSpan));
                    served[hostname].Routes.Add(rule.Origin.Route);
                }
            }
        }

        return served;
    }

    private sealed class Served(SourceSpan span)
    {
        public SourceSpan Span { get; } = span;

        public HashSet<ObjectName> Routes { get; } = [];
    }
}
