using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Lowers a topology to routing: what each listener does with each request, precedence settled.</summary>
public static class RoutingCompiler
{
    /// <summary>Always gives a model: Gateways that are not accepted or have no ProviderConfig are left out of it, and
    /// so are listeners that are not programmable.</summary>
    public static Compiled<RoutingModel> Lower(SpecTopology topology)
    {
        var diagnostics = new List<Diagnostic>();
        var rules = new RuleLowering(topology, diagnostics);
        var gateways = new List<GatewayRouting>();
        foreach (var gateway in topology.Gateways.Where(gateway => gateway.Accepted))
        {
            if (gateway.Config is { } config)
            {
                gateways.Add(Lower(gateway, config, rules, diagnostics));
                continue;
            }

            diagnostics.Add(RoutingDiagnostics.NoConfig(gateway));
        }

        var tested = ExpectationTable.Attach(gateways, topology.RouteTests);
        return Compiled.From(new RoutingModel([.. tested.OrderBy(gateway => gateway.Name)]), diagnostics);
    }

    private static GatewayRouting Lower(
        GatewayTopology gateway, ProviderConfigSpec config, RuleLowering rules, List<Diagnostic> diagnostics)
    {
        var backends = new BackendTable();
        var shadows = new ShadowReport(gateway, diagnostics);
        var ports = new List<RoutingPort>();
        var lowering = new ListenerLowering(rules, shadows, backends);
        foreach (var port in gateway.AllListeners
            .Where(listener => listener.Programmable)
            .GroupBy(listener => (Number: listener.Spec.Port.Value, IsUdp: ProtocolOf(listener) is RoutingProtocol.Udp))
            .OrderBy(group => group.Key))
        {
            var listeners = port
                .OrderBy(HostnameOf)
                .ThenBy(listener => listener.Spec.Name.Value, StringComparer.Ordinal)
                .ToList();
            var hasTls = listeners.Exists(listener => ProtocolOf(listener) is RoutingProtocol.Tls);
            var protocol = hasTls ? RoutingProtocol.Tls : ProtocolOf(listeners[0]);
            var validation = gateway.ClientValidations.FirstOrDefault(item => item.Port == port.Key.Number)?.Validation;
            ports.Add(new RoutingPort(port.Key.Number, protocol, lowering.Lower(listeners))
            {
                ClientValidation = protocol is RoutingProtocol.Udp ? null : validation,
            });
        }

        return new GatewayRouting
        {
            Name = gateway.Spec.Name,
            ControllerName = gateway.Class.Spec.ControllerName.Value,
            Config = config,
            // Those for the controller are not for a provider to judge.
            Annotations =
            [
                .. gateway.Spec.Meta.Annotations.Where(annotation => !ControllerAnnotations.IsOne(annotation.Name)),
            ],
            InfrastructureLabels = gateway.Spec.Infrastructure?.Labels ?? [],
            InfrastructureAnnotations = gateway.Spec.Infrastructure?.Annotations ?? [],
            Addresses = gateway.Spec.Addresses,
            BackendClientCertificate = BackendCertificateOf(gateway),
            Ports = [.. ports],
            Backends = backends.Sorted(),
            CutOverHostnames = [.. gateway.Cutovers.SelectMany(item => item.Hostnames).Select(item => item.Value)],
            DnsPolicies = gateway.DnsPolicies,
            Span = gateway.Spec.Span,
        };
    }

    /// <summary>Of a programmable listener, whose protocol is one of these.</summary>
    internal static RoutingProtocol ProtocolOf(ListenerTopology listener) =>
        listener.Spec.Protocol.Value.ToUpperInvariant() switch
        {
            "HTTPS" => RoutingProtocol.Https,
            "TLS" => RoutingProtocol.Tls,
            "TCP" => RoutingProtocol.Tcp,
            "UDP" => RoutingProtocol.Udp,
            _ => RoutingProtocol.Http,
        };

    private static ListenerCertificate? BackendCertificateOf(GatewayTopology gateway) =>
        gateway.BackendCertificate is { Certificate: { } chain, PrivateKey: { } key } secret
            ? new ListenerCertificate(
                secret.Name, chain, key, gateway.Spec.Tls?.BackendCertificate?.Span ?? gateway.Spec.Span)
            : null;

    private static HostPattern HostnameOf(ListenerTopology listener) =>
        HostPattern.Parse(listener.Spec.Hostname?.Value);
}
