using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A rule's weighted forward.</summary>
internal sealed class ForwardProjection(GatewayBuilder gateway, RoutingPort port, TargetGroups groups)
{
    private readonly GatewayBuilder _gateway = gateway;
    private readonly RoutingPort _port = port;
    private readonly TargetGroups _groups = groups;

    /// <summary>Null where an ALB cannot, which has been reported then.</summary>
    public AttributeValue? Action(RoutingRule rule, RoutingAction.Forward forward)
    {
        if (SessionProjection.Of(rule, _gateway.Report) is not { } session)
        {
            return null;
        }

        var variant = new GroupVariant
        {
            SessionSeconds = session.Seconds,
            IsGrpc = rule.Origin.Kind is RouteKind.Grpc,
        };
        return WeightedForward.Of(
            rule.Origin, forward.Backends, member => GroupOf(rule, member, variant), _gateway.Report);
    }

    private TargetGroupUse? GroupOf(RoutingRule rule, WeightedBackend member, GroupVariant variant)
    {
        if (member.BackendId is null)
        {
            // To gRPC clients 503 is Unavailable, which is what the Gateway API asks for.
            if (!variant.IsGrpc)
            {
                _gateway.Report(RuleDiagnostics.InvalidShare(rule.Origin, member.Span));
            }

            return _groups.UseEmpty(variant with { SessionSeconds = 0 }, rule.Origin);
        }

        if (_groups.Use(member.BackendId, variant, rule.Origin) is not { } group)
        {
            return null;
        }

        if (group.Version is not "HTTP1" && _port.Protocol is RoutingProtocol.Http)
        {
            _gateway.Report(RuleDiagnostics.BackendProtocol(rule.Origin, member.Span, member.BackendId, group.Version));
            return null;
        }

        // Clients of gRPC speak HTTP/2 anyway.
        if (group.Version is "HTTP2" && !variant.IsGrpc)
        {
            _gateway.Report(RuleDiagnostics.Http2Only(rule.Origin, member.Span, member.BackendId));
        }

        return group;
    }
}
