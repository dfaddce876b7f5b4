using Gwctl.Compiler.Routing;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A Service port as a target group of a Network Load Balancer.</summary>
internal static class NetworkBackends
{
    /// <summary>Null where the backend cannot be such a group, which has been reported then.</summary>
    /// <param name="listener">The listener's protocol: TCP, UDP, TCP_UDP or TLS.</param>
    public static BackendForm? FormOf(
        GatewayBuilder gateway, RoutingBackend backend, string listener, string targetType, int port, string family)
    {
        if (HasUdp(listener) && gateway.Balancer.HasIpv6 && family is "ipv4")
        {
            gateway.Report(BackendDiagnostics.UdpNeedsIpv6(gateway.Gateway, backend));
            return null;
        }

        if (listener is "UDP" && backend.Service.Policy?.HealthCheck is null)
        {
            gateway.Report(BackendDiagnostics.UdpHealthCheck(backend));
        }

        return Form(
            listener is "TLS" && !BackendProjection.IsTls(backend) ? "TCP" : listener,
            targetType, port, family,
            HealthCheckProjection.OfNetwork(backend, gateway.Report),
            Attributes(gateway, backend, listener));
    }

    /// <summary>The form of the group that never has targets.</summary>
    public static BackendForm EmptyForm(GatewayBuilder gateway, string listener) => Form(
        listener is "TLS" ? "TCP" : listener, "ip", 80,
        HasUdp(listener) && gateway.Balancer.HasIpv6 ? "ipv6" : "ipv4",
        HealthCheckProjection.NetworkDefault, Attributes(gateway, null, listener));

    private static BackendForm Form(
        string protocol, string targetType, int port, string family, AttributeValue.Map check,
        AttributeValue.Map attributes) => new()
        {
            TargetType = targetType,
            Protocol = protocol,
            Version = "",

            // AWS has refused to change how such a group is checked: another way is another group.
            Identity = Text(check, "protocol"),
            Port = port,
            IpAddressType = family,
            HealthCheck = check,
            Attributes = attributes,
            Sticky = Stickiness.None,
        };

    /// <summary>Every attribute that a policy can set is always there: else removing the policy would leave it as it
    /// is.</summary>
    private static AttributeValue.Map Attributes(GatewayBuilder gateway, RoutingBackend? backend, string listener)
    {
        var attributes = new List<KeyValuePair<string, string>>
        {
            new(ManagedAttributes.Drain, BackendProjection.DrainSecondsDefault.ToString()),
        };
        var policy = backend?.Service.Policy;
        if (listener is not "TLS")
        {
            // A TLS listener keeps no clients on a target.
            attributes.Add(new(ManagedAttributes.Sticky, policy?.SessionAffinity is null ? "false" : "true"));
            attributes.Add(new(ManagedAttributes.StickyType, "source_ip"));
        }

        // The addresses of UDP clients are always kept, and AWS refuses to hear of it.
        attributes.AddRange(gateway.Settings.Network.TargetGroupAttributes
            .Where(attribute => !(HasUdp(listener) && attribute.Name is ManagedAttributes.PreserveClientIp))
            .Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value)));
        if (policy?.DrainTimeout is { } drain)
        {
            var seconds = BackendProjection.Checked(
                policy, drain, "drainTimeout", 0, BackendProjection.DrainSecondsMax, gateway.Report);
            attributes.Add(new(ManagedAttributes.Drain, seconds.ToString()));
        }

        ReportDifferences(gateway, backend, listener);
        return Shape.TextMap(attributes);
    }

    private static void ReportDifferences(GatewayBuilder gateway, RoutingBackend? backend, string listener)
    {
        if (backend?.Service.Policy is not { } policy)
        {
            return;
        }

        if (policy.SlowStart is { } slow)
        {
            gateway.Report(BackendDiagnostics.NotOnNetwork(
                policy, slow.Span, "slowStart", "a new target gets its full share at once"));
        }

        if (policy.SessionAffinity is { } affinity)
        {
            gateway.Report(BackendDiagnostics.NotOnNetwork(
                policy, affinity.Span, "sessionAffinity", listener is "TLS"
                    ? "a TLS listener keeps no clients on a target"
                    : "connections from one client address go to one target, without a cookie and for good"));
        }
    }

    private static bool HasUdp(string listener) => listener is "UDP" or "TCP_UDP";

    private static string Text(AttributeValue.Map map, string name) =>
        map.Fields[name] is AttributeValue.Text(var text) ? text : "";
}
