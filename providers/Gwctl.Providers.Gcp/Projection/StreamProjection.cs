using Gwctl.Compiler.Routing;
using Gwctl.Engine.Projecting;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>TCP and TLS ports: a TCP proxy, or an SSL proxy where the load balancer has the certificate. Either sends
/// all connections of a port to one backend service.</summary>
internal static class StreamProjection
{
    /// <summary>The proxy; null where the port cannot be, which has been reported then.</summary>
    public static ResourceAddress? Add(GatewayBuilder gateway, RoutingPort port, BackendServices services)
    {
        var first = port.Listeners[0];
        var isSsl = first is { Protocol: RoutingProtocol.Tls, IsPassthrough: false };
        foreach (var other in port.Listeners.Where(listener => listener.IsPassthrough != first.IsPassthrough))
        {
            gateway.Report(GcpDiagnostics.StreamProtocol(
                gateway.Gateway, other, port.Port, "a port passes TLS on or terminates it."));
        }

        if (ServiceOf(gateway, port, services, isSsl) is not { } service)
        {
            return null;
        }

        if (!isSsl)
        {
            var tcp = gateway.AddressOf(Kinds.TargetTcpProxy, $"{port.Port}");

            // A regional one keeps its service for life: another service is another proxy, to which the rule is led.
            ReadOnlySpan<string> identity = gateway.Balancer.IsRegional ? [AttributeOrder.Canonical(service)] : [];
            gateway.Add(gateway.Named(
                tcp, gateway.Location, $"{gateway.Readable}-{port.Port}", identity,
                Shape.Field("service", service),
                Shape.Text("proxyHeader", "NONE")));
            return tcp;
        }

        if (CertificateProjection.Of(gateway, port) is not { } certificates)
        {
            return null;
        }

        var ssl = gateway.AddressOf(Kinds.TargetSslProxy, $"{port.Port}");
        gateway.Add(gateway.Named(
            ssl, gateway.Location, $"{gateway.Readable}-{port.Port}", [],
            Shape.Field("service", service),
            Shape.Text("proxyHeader", "NONE"),
            certificates,
            PortProjection.SslPolicy(gateway)));
        return ssl;
    }

    /// <summary>The service of the one rule; rules that differ in the server name alone lead to the same.</summary>
    private static AttributeValue? ServiceOf(
        GatewayBuilder gateway, RoutingPort port, BackendServices services, bool isSsl)
    {
        var named = port.Listeners.SelectMany(listener => listener.Streams.Select(
            rule => (Rule: rule, Hostname: rule.Hostname is "" ? listener.Hostname : rule.Hostname))).ToList();
        if (named.Count is 0)
        {
            return services.NowhereOfStreams;
        }

        var rule = named[0].Rule;
        foreach (var (other, hostname) in named.Skip(1))
        {
            if (!other.Backends.Select(Target).SequenceEqual(rule.Backends.Select(Target)))
            {
                gateway.Report(RuleDiagnostics.OneServer(
                    other.Origin, other.Origin.RuleSpan, $"connections for {(hostname is "" ? "any name" : hostname)} "
                        + $"would go to the backend of {RuleFindings.RuleOf(rule.Origin)}: a proxy has one."));
            }
        }

        foreach (var (other, hostname) in named.Where(entry => entry.Hostname is not ""))
        {
            gateway.Report(RuleDiagnostics.ServerNameUnseen(other.Origin, other.Origin.RuleSpan, hostname));
        }

        if (rule.Backends.Count(backend => backend.Weight > 0) > 1)
        {
            gateway.Report(RuleDiagnostics.OneServer(
                rule.Origin, rule.Origin.RuleSpan, "a proxy sends all connections to one backend service."));
            return null;
        }

        return rule.Backends.FirstOrDefault(backend => backend.Weight > 0) is { BackendId: { } id }
            ? services.Use(id, new ServiceVariant { IsStream = true, Terminates = isSsl }, rule.Origin) is { } address
                ? GatewayBuilder.LinkTo(address)
                : null
            : services.NowhereOfStreams;
    }

    private static (string? Id, bool HasShare) Target(WeightedBackend backend) =>
        (backend.BackendId, backend.Weight > 0);
}
