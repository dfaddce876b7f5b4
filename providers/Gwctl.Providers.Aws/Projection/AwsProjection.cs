using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Routing as AWS objects: for each Gateway an Application Load Balancer for HTTP, a Network Load Balancer for
/// TLS, TCP and UDP, and what they take around them.</summary>
public static class AwsProjection
{
    /// <summary>Projects the Gateways of the settings' ProviderConfig. What AWS cannot do is an error on the very
    /// match, filter or field; all the rest is in the graph. A match that cannot be made has no rule; a rule whose
    /// filter or backend cannot be made answers 500.</summary>
    public static Compiled<ResourceGraph> Project(RoutingModel model, AwsSettings settings, ProviderScope scope)
    {
        // Gateways share nothing but DNS names, which are looked at below, in order.
        var builders = GatewayFanout.Project(
            model, settings.Config, gateway => ProjectGateway(gateway, settings, scope));
        var diagnostics = builders.SelectMany(builder => builder.Diagnostics).ToList();
        var nodes = DnsProjection.DropTaken(builders, diagnostics);
        return Compiled.From(ResourceGraph.From(nodes), diagnostics);
    }

    private static GatewayBuilder ProjectGateway(GatewayRouting routing, AwsSettings settings, ProviderScope scope)
    {
        var gateway = new GatewayBuilder(routing, settings, scope);
        var ports = PortSplit.Of(routing, gateway.Report);
        CheckAddresses(gateway, ports);
        if (routing.BackendClientCertificate is { } certificate)
        {
            gateway.Report(BackendTlsDiagnostics.ClientCertificate(routing, certificate.Span));
        }

        var groups = new TargetGroups(gateway);
        var trust = new TrustStoreProjection(gateway);
        var counts = new PortCounts(0, 0);
        if (ports.NeedsApplication)
        {
            BalancerProjection.AddApplication(gateway, ports.Application);
        }

        foreach (var port in ports.Application)
        {
            var added = ListenerProjection.Add(gateway, port, groups, trust);
            counts = new PortCounts(counts.Rules + added.Rules, counts.ExtraCertificates + added.ExtraCertificates);
        }

        var network = new NetworkProjection(gateway, groups).Add(ports.Network);
        var targets = groups.AddNodes();
        DnsProjection.Add(gateway, ports.Application, network);
        QuotaChecks.OfApplication(gateway, counts, ports.Application.Count, groups.Count, targets);
        return gateway;
    }

    /// <summary>A hostname without a value asks for what a load balancer has anyway.</summary>
    private static void CheckAddresses(GatewayBuilder gateway, PortSplit ports)
    {
        foreach (var address in gateway.Gateway.Addresses
            .Where(address => address is not { Type: "Hostname", Value: "" }))
        {
            if (!StaticAddresses.IsAllocation(address) || ports.Network.Count is 0)
            {
                gateway.Report(AwsDiagnostics.UnsupportedAddress(gateway.Gateway, address));
            }
            else if (ports.NeedsApplication)
            {
                gateway.Report(AwsDiagnostics.AddressOfNetworkOnly(gateway.Gateway, address));
            }
        }
    }
}
