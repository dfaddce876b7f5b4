using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The Network Load Balancer of a Gateway: one listener for each port, whose connections all go one way.
/// </summary>
internal sealed class NetworkProjection(GatewayBuilder gateway, TargetGroups groups)
{
    /// <summary>TLS option: which protocols to agree on.</summary>
    public const string AlpnOption = "gwctl.dev/alpn-policy";

    private static readonly EquatableList<string> AlpnPolicies =
        ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"];

    private readonly GatewayBuilder _gateway = gateway;
    private readonly TargetGroups _groups = groups;
    private readonly List<(int Port, string Protocol)> _open = [];
    private readonly List<ServedName> _served = [];
    private int _extraCertificates;

    /// <summary>Adds the nodes; gives the hostnames that lead there.</summary>
    public IReadOnlyList<ServedName> Add(EquatableList<RoutingPort> ports)
    {
        if (ports.Count is 0)
        {
            return [];
        }

        foreach (var sharing in ports.GroupBy(port => port.Port).OrderBy(sharing => sharing.Key))
        {
            if (PlanOf(sharing) is { } plan)
            {
                AddPort(plan);
            }
        }

        BalancerProjection.AddNetwork(_gateway, _open);
        QuotaChecks.OfNetwork(_gateway, _open.Count, _extraCertificates);
        return _served;
    }

    /// <summary>Null where nothing can listen there, which has been reported then.</summary>
    private NetworkPlan? PlanOf(IEnumerable<RoutingPort> sharing)
    {
        NetworkPlan? chosen = null;
        foreach (var port in sharing.OrderBy(port => port.Protocol))
        {
            var plan = NetworkPlan.Of(_gateway.Gateway, port, _gateway.Report);
            if (plan is { Rule: null })
            {
                _gateway.Report(NetworkDiagnostics.NoRoute(_gateway.Gateway, port));
            }
            else if (chosen is null || plan is null)
            {
                chosen ??= plan;
            }
            else if (chosen.WithUdp(plan, _gateway.Gateway.Backends) is { } both)
            {
                chosen = both;
            }
            else
            {
                _gateway.Report(NetworkDiagnostics.PortShared(_gateway.Gateway, plan.Port.Listeners[0], port.Port));
            }
        }

        return chosen;
    }

    private void AddPort(NetworkPlan plan)
    {
        if (plan.Rule is not { } rule || ActionOf(plan, rule) is not { } action)
        {
            return;
        }

        var isTls = plan.Protocol is "TLS";
        var certificates = isTls ? CertificateProjection.Of(_gateway, plan.Port) : [];
        if (isTls && certificates.Count is 0)
        {
            return;
        }

        var port = plan.Port.Port;
        _open.Add((port, plan.Protocol));
        _served.AddRange(plan.Served);
        _extraCertificates += Math.Max(0, certificates.Count - 1);
        var key = BalancerKeys.OfListener(BalancerKeys.Network, port);
        _gateway.Add(new ResourceNode
        {
            Address = _gateway.AddressOf(Kinds.Listener, key),
            Attributes = Shape.Of(
                Shape.Field("loadBalancer", new AttributeValue.Reference(_gateway.NetworkLoadBalancer, "arn")),
                Shape.Number("port", port),
                Shape.Text("protocol", plan.Protocol),
                isTls ? Shape.Text("sslPolicy", ListenerProjection.PolicyOf(_gateway, plan.Port)) : null,
                isTls ? Shape.Text("alpnPolicy", AlpnOf(plan.Port)) : null,
                isTls ? Shape.Field("certificate", certificates[0].Value) : null,
                Shape.Field("defaultActions", new AttributeValue.List([action])),
                _gateway.GuardedTags),
            Origin = plan.Port.Listeners[0].Span,
            OriginObjects = _gateway.ObjectsOf(rule.Origin),
            Hostnames = ListenerProjection.HostnamesOf(plan.Port),
            Protected = _gateway.Protected,
        });
        ListenerProjection.AddExtraCertificates(_gateway, key, certificates);
    }

    /// <summary>Null where no connection would reach a backend, which has been reported then.</summary>
    private AttributeValue.Map? ActionOf(NetworkPlan plan, StreamRule rule)
    {
        if (!rule.Backends.Any(backend => backend is { BackendId: not null, Weight: > 0 }))
        {
            _gateway.Report(NetworkDiagnostics.NoBackend(rule.Origin, plan.Port.Port));
            return null;
        }

        var variant = new GroupVariant
        {
            Network = plan.Protocol,
            IsPassthrough = plan.Port.Listeners[0].IsPassthrough,
        };
        return WeightedForward.Of(rule.Origin, rule.Backends, GroupOf, _gateway.Report);

        TargetGroupUse? GroupOf(WeightedBackend member)
        {
            if (member.BackendId is { } backend)
            {
                return _groups.Use(backend, variant, rule.Origin);
            }

            _gateway.Report(NetworkDiagnostics.InvalidShare(rule.Origin, member.Span));
            return _groups.UseEmpty(variant, rule.Origin);
        }
    }

    private string AlpnOf(RoutingPort port)
    {
        foreach (var listener in port.Listeners)
        {
            foreach (var option in listener.TlsOptions.Where(option => option.Name is AlpnOption))
            {
                if (AlpnPolicies.Contains(option.Value))
                {
                    return option.Value;
                }

                _gateway.Report(AwsDiagnostics.BadTlsOption(
                    _gateway.Gateway, listener, option, $"Write one of {string.Join(", ", AlpnPolicies)}."));
            }
        }

        return "None";
    }
}
