using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Alias records for the hostnames of listeners and routes.</summary>
internal static class DnsProjection
{
    /// <param name="ports">Of the Application Load Balancer.</param>
    /// <param name="network">The names that lead to the Network Load Balancer.</param>
    public static void Add(
        GatewayBuilder gateway, EquatableList<RoutingPort> ports, IReadOnlyList<ServedName> network)
    {
        if (gateway.Settings.Zones.Count is 0)
        {
            return;
        }

        DnsPolicies.Check(gateway);
        var names = ServedHostnames(gateway, ports, network);
        var checks = new RecordHealthChecks(gateway, ports, names.Keys);
        foreach (var (hostname, served) in names)
        {
            if (DnsZones.Find(gateway, hostname) is not { } zone)
            {
                gateway.Report(AwsDiagnostics.OutsideZones(gateway.Gateway, hostname, served.Span));
            }
            else
            {
                gateway.Add(Record(gateway, hostname, zone, served, checks));
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

    private static ResourceNode Record(
        GatewayBuilder gateway, string hostname, DnsZoneSpec zone, Served served, RecordHealthChecks checks)
    {
        var policy = gateway.Gateway.DnsPolicyOf(hostname);
        var alias = Shape.Map(
            Shape.Field("aliasName", new AttributeValue.Reference(served.Balancer, "dnsName")),
            Shape.Field("aliasZone", new AttributeValue.Reference(served.Balancer, "zoneId")),

            // With a single record there is nothing to fail over to, and an empty target group must not take the name
            // away.
            Shape.Flag("evaluateTargetHealth", policy?.EvaluateTargetHealth is { Value: true }),
            checks.Of(policy, served.Balancer));
        return new ResourceNode
        {
            Address = gateway.AddressOf(Kinds.DnsRecord, hostname),
            Attributes = Shape.Of(
                Shape.Field("zone", DnsZones.IdOf(zone)),
                Shape.Text("name", hostname),
                Shape.Text("setIdentifier", policy?.SetIdentifier?.Value),
                policy?.Weight is { } weight ? Shape.Number("weight", weight.Value) : null,
                gateway.Gateway.CutOverHostnames.Contains(hostname) ? Shape.Flag(CutOverRecords.Mark, true) : null,
                gateway.Balancer.HasIpv4 || served.Balancer == gateway.NetworkLoadBalancer
                    ? Shape.Field("a", alias)
                    : null,
                gateway.Balancer.HasIpv6 ? Shape.Field("aaaa", alias) : null,
                Shape.Field("ownership", Shape.Map(
                    Shape.Text("name", DnsOwnership.NameOf("A", hostname, DnsZoneChoice.NameOf(zone.Name))),
                    Shape.Text("value", DnsOwnership.Format(
                        new DnsOwner(gateway.Scope.Owner, $"gateway/{gateway.Gateway.Name}")))))),
            Origin = served.Span,
            OriginObjects = Shape.Sorted([gateway.GatewayObject, .. served.Routes]),
            Hostnames = [hostname],
        };
    }

    /// <summary>Sorted by hostname. A name that both load balancers serve leads to the Application Load
    /// Balancer.</summary>
    private static SortedDictionary<string, Served> ServedHostnames(
        GatewayBuilder gateway, EquatableList<RoutingPort> ports, IReadOnlyList<ServedName> network)
    {
        var served = new SortedDictionary<string, Served>(StringComparer.Ordinal);
        foreach (var name in ports.SelectMany(port => port.Listeners).SelectMany(ServedName.Of)
            .Where(name => name.IsRecord))
        {
            Note(served, name, gateway.LoadBalancer);
        }

        foreach (var name in network.Where(name => name.IsRecord))
        {
            if (served.TryGetValue(name.Hostname, out var other) && other.Balancer == gateway.LoadBalancer)
            {
                gateway.Report(AwsDiagnostics.HostnameOfBoth(gateway.Gateway, name.Hostname, name.Span));
            }
            else
            {
                Note(served, name, gateway.NetworkLoadBalancer);
            }
        }

        return served;
    }

    private static void Note(SortedDictionary<string, Served> served, ServedName name, ResourceAddress balancer)
    {
        served.TryAdd(name.Hostname, new Served(name.Span, balancer));
        if (name.Origin is { } origin)
        {
            served[name.Hostname].Routes.Add(origin.RouteId.ToString());
        }
    }

    private sealed class Served(SourceSpan span, ResourceAddress balancer)
    {
        public SourceSpan Span { get; } = span;

        public ResourceAddress Balancer { get; } = balancer;

        /// <summary><c>HTTPRoute/namespace/name</c>.</summary>
        public HashSet<string> Routes { get; } = [];
    }
}
