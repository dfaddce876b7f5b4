using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A port as a listener with its rules and certificates.</summary>
internal static class ListenerProjection
{
    private const string SslPolicyOption = "gwctl.dev/ssl-policy";

    /// <summary>Adds the nodes; gives the numbers that quotas bound.</summary>
    public static PortCounts Add(
        GatewayBuilder gateway, RoutingPort port, TargetGroups groups, TrustStoreProjection trust)
    {
        if (port.Protocol is RoutingProtocol.Https
            && port.Listeners.Select(listener => listener.Hostname).Distinct(StringComparer.Ordinal).Skip(1).Any())
        {
            gateway.Report(AwsDiagnostics.MisdirectedServed(gateway.Gateway, port));
        }

        var drafts = PortRules.Of(gateway, port, groups);
        var address = gateway.AddressOf(
            Kinds.Listener, BalancerKeys.OfListener(BalancerKeys.Application, port.Port));
        var certificates = port.Protocol is RoutingProtocol.Https ? CertificateProjection.Of(gateway, port) : [];
        var verification = trust.Of(port);
        if ((port.Protocol is RoutingProtocol.Https && certificates.Count is 0) || verification is null)
        {
            // Why has been reported at each listener. A listener that cannot be made has no rules either.
            return new PortCounts(0, 0);
        }

        AddListener(gateway, port, address, certificates, verification.Attribute);
        var rules = new RuleNodes(gateway, port, address).Add(drafts);
        return new PortCounts(rules, Math.Max(0, certificates.Count - 1));
    }

    private static void AddListener(
        GatewayBuilder gateway,
        RoutingPort port,
        ResourceAddress address,
        List<CertificateUse> certificates,
        AttributeField? mutualAuthentication)
    {
        gateway.Add(new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Field("loadBalancer", new AttributeValue.Reference(gateway.LoadBalancer, "arn")),
                Shape.Number("port", port.Port),
                Shape.Text("protocol", port.Protocol is RoutingProtocol.Https ? "HTTPS" : "HTTP"),
                certificates.Count > 0 ? Shape.Text("sslPolicy", PolicyOf(gateway, port)) : null,
                certificates.Count > 0 ? Shape.Field("certificate", certificates[0].Value) : null,
                mutualAuthentication,
                Shape.Field("defaultActions", RuleTreatment.NotFound.Actions),
                gateway.GuardedTags),
            Origin = port.Listeners[0].Span,
            OriginObjects = [gateway.GatewayObject],
            Hostnames = HostnamesOf(port),
            Protected = gateway.Protected,
        });
        AddExtraCertificates(gateway, address.Key, certificates);
    }

    /// <summary>All but the first, which is the listener's own.</summary>
    public static void AddExtraCertificates(
        GatewayBuilder gateway, string listenerKey, List<CertificateUse> certificates)
    {
        var listener = new AttributeValue.Reference(gateway.AddressOf(Kinds.Listener, listenerKey), "arn");
        foreach (var certificate in certificates.Skip(1))
        {
            gateway.Add(new ResourceNode
            {
                Address = gateway.AddressOf(Kinds.ListenerCertificate, $"{listenerKey}/{certificate.Key}"),
                Attributes = Shape.Of(
                    Shape.Field("listener", listener),
                    Shape.Field("certificate", certificate.Value)),
                Origin = certificate.Span,
                OriginObjects = [gateway.GatewayObject],
                Hostnames = certificate.Hostnames,
            });
        }
    }

    /// <summary>Empty where a listener is for any host.</summary>
    public static EquatableList<string> HostnamesOf(RoutingPort port) =>
        port.Listeners.Any(listener => listener.Hostname is "")
            ? []
            : Shape.Sorted(port.Listeners.Select(listener => listener.Hostname));

    /// <summary>The TLS policy of a port; that its listeners differ is an error.</summary>
    public static string PolicyOf(GatewayBuilder gateway, RoutingPort port)
    {
        string? chosen = null;
        foreach (var listener in port.Listeners)
        {
            var wanted = listener.TlsOptions.FirstOrDefault(option => option.Name is SslPolicyOption)?.Value
                ?? gateway.Balancer.SslPolicy;
            if (chosen is not null && wanted != chosen)
            {
                gateway.Report(AwsDiagnostics.PolicyConflict(gateway.Gateway, listener, port.Port, chosen));
            }

            chosen ??= wanted;
        }

        return chosen ?? gateway.Balancer.SslPolicy;
    }
}

/// <summary>What one port adds to the quotas' counts.</summary>
internal readonly record struct PortCounts(int Rules, int ExtraCertificates);

/// <summary>Rule nodes out of drafts.</summary>
internal sealed class RuleNodes(GatewayBuilder gateway, RoutingPort port, ResourceAddress listener)
{
    private readonly GatewayBuilder _gateway = gateway;
    private readonly int _port = port.Port;
    private readonly AttributeField _listener =
        Shape.Field("listener", new AttributeValue.Reference(listener, "arn"));

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Adds them, in order; gives their number. Of rules with equal conditions only the first is ever
    /// reached.</summary>
    public int Add(IReadOnlyList<RuleDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            foreach (var conditions in ConditionForms.Write(draft))
            {
                var key = $"{_port}/{ObjectNames.KeyHash(AttributeOrder.Canonical(conditions))}";
                if (_keys.Add(key))
                {
                    _gateway.Add(Node(draft, key, conditions));
                }
            }
        }

        return _keys.Count;
    }

    private ResourceNode Node(RuleDraft draft, string key, AttributeValue.List conditions) => new()
    {
        Address = _gateway.AddressOf(Kinds.Rule, key),
        Attributes = Shape.Of(
            _listener,
            Shape.Number("order", _keys.Count),
            Shape.Field("conditions", conditions),
            Shape.Field("actions", draft.Treatment.Actions),
            Shape.Field("transforms", draft.Treatment.Transforms),
            _gateway.Tags),
        Origin = draft.Span,
        OriginObjects = _gateway.ObjectsOf(draft.Origin),
        Hostnames = draft.Hosts.Count is 0 ? [] : Shape.Sorted(draft.Hosts.Select(host => host.Text)),
    };
}
