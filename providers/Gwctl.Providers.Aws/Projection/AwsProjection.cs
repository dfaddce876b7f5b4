using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Routing as AWS objects: for each Gateway one Application Load Balancer, and what it takes around
/// it.</summary>
public static class AwsProjection
{
    /// <summary>Below this many Gateways more threads cost more than they gain.</summary>
    private const int ParallelGatewaysMin = 8;

    /// <summary>Projects the Gateways of the settings' ProviderConfig. What AWS cannot do is an error on the very
    /// match, filter or field; all the rest is in the graph. A match that cannot be made has no rule; a rule whose
    /// filter or backend cannot be made answers 500.</summary>
    public static Compiled<ResourceGraph> Project(RoutingModel model, AwsSettings settings, ProviderScope scope)
    {
        var gateways = model.Gateways.Where(gateway => gateway.Config.Name == settings.Config).ToList();
        var builders = new GatewayBuilder[gateways.Count];
        if (gateways.Count < ParallelGatewaysMin)
        {
            builders = [.. gateways.Select(gateway => ProjectGateway(gateway, settings, scope))];
        }
        else
        {
            // Gateways share nothing but DNS names, which are looked at below, in order.
            Parallel.For(
                0, gateways.Count, index => builders[index] = ProjectGateway(gateways[index], settings, scope));
        }

        var diagnostics = builders.SelectMany(builder => builder.Diagnostics).ToList();
        var nodes = DnsProjection.DropTaken(builders, diagnostics);
        return Compiled.From(ResourceGraph.From(nodes), diagnostics);
    }

    private static GatewayBuilder ProjectGateway(GatewayRouting routing, AwsSettings settings, ProviderScope scope)
    {
        var gateway = new GatewayBuilder(routing, settings, scope);
        CheckAddresses(gateway);
        BalancerProjection.Add(gateway);
        var groups = new TargetGroups(gateway);
        var counts = new PortCounts(0, 0);
        foreach (var port in gateway.Gateway.Ports)
        {
            var added = ListenerProjection.Add(gateway, port, groups);
            counts = new PortCounts(counts.Rules + added.Rules, counts.ExtraCertificates + added.ExtraCertificates);
        }

        var targets = groups.AddNodes();
        DnsProjection.Add(gateway);
        CheckQuotas(gateway, counts, groups.Count, targets);
        return gateway;
    }

    /// <summary>A hostname without a value asks for what an ALB has anyway.</summary>
    private static void CheckAddresses(GatewayBuilder gateway)
    {
        foreach (var address in gateway.Gateway.Addresses
            .Where(address => address is not { Type: "Hostname", Value: "" }))
        {
            gateway.Report(AwsDiagnostics.UnsupportedAddress(gateway.Gateway, address));
        }
    }

    private static void CheckQuotas(GatewayBuilder gateway, PortCounts counts, int groups, int targets)
    {
        var quotas = gateway.Settings.Quotas;
        Check("Rules per Application Load Balancer", counts.Rules, quotas.RulesPerLoadBalancer, "rulesPerLoadBalancer");
        Check("Target Groups per Application Load Balancer", groups, quotas.TargetGroupsPerLoadBalancer,
            "targetGroupsPerLoadBalancer");
        Check("Listeners per Application Load Balancer", gateway.Gateway.Ports.Count, quotas.ListenersPerLoadBalancer,
            "listenersPerLoadBalancer");
        Check("Certificates per Application Load Balancer", counts.ExtraCertificates,
            quotas.CertificatesPerLoadBalancer,
            "certificatesPerLoadBalancer");
        Check("Targets per Application Load Balancer", targets, quotas.TargetsPerLoadBalancer,
            "targetsPerLoadBalancer");

        void Check(string quota, int count, int max, string setting)
        {
            if (count > max)
            {
                gateway.Report(AwsDiagnostics.OverQuota(gateway.Gateway, quota, count, max, setting));
            }
        }
    }
}
