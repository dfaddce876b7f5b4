using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Routing as Google Cloud objects: for each Gateway addresses, for each port a forwarding rule to a proxy,
/// and behind an HTTP proxy a URL map with the port's rules.</summary>
public static class GcpProjection
{
    /// <summary>Projects the Gateways of the settings' ProviderConfig. What Google Cloud cannot do is an error on the
    /// very match, filter or field; all the rest is in the graph. A match that cannot be made has no rule; a rule whose
    /// filter or backend cannot be made answers 500.</summary>
    public static Compiled<ResourceGraph> Project(RoutingModel model, GcpSettings settings, ProviderScope scope)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // Gateways share nothing but DNS names, which are looked at below, in order.
        var builders = GatewayFanout.Project(
            model, settings.Config, gateway => ProjectGateway(gateway, settings, scope));
        var diagnostics = builders.SelectMany(builder => builder.Diagnostics).ToList();
        var nodes = DnsProjection.DropTaken(builders, diagnostics);
        return Compiled.From(ResourceGraph.From(nodes), diagnostics);
    }

    private static GatewayBuilder ProjectGateway(GatewayRouting routing, GcpSettings settings, ProviderScope scope)
    {
        var gateway = new GatewayBuilder(routing, settings, scope);
        if (routing.BackendClientCertificate is { } certificate)
        {
            gateway.Report(GcpDiagnostics.BackendClientCertificate(routing, certificate.Span));
        }

        var addresses = AddressProjection.Add(gateway);
        var services = new BackendServices(gateway);
        var served = new List<ServedName>();
        foreach (var port in PortProjection.Usable(gateway))
        {
            served.AddRange(PortProjection.Add(gateway, port, addresses, services));
        }

        gateway.Cases.ReportLeftOut();
        services.AddNodes();
        DnsProjection.Add(gateway, served, addresses);
        return gateway;
    }
}
