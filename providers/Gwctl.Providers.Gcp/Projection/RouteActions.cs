using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A part of a rule as a route rule: what it matches of the path, and what it does.</summary>
/// <param name="Fields">service, routeAction, urlRedirect and headerAction, as far as there are.</param>
internal sealed record RoutePart(EquatableList<PathTerm> Terms, EquatableList<AttributeField> Fields);

/// <summary>What each rule of a port does with its requests. What Google cannot do is an error at its field, and the
/// rule then answers 500: a filter that is passed over in silence would do worse.</summary>
internal sealed class RouteActions(GatewayBuilder gateway, RoutingPort port, BackendServices services)
{
    private const int InternalServerError = 500;
    private const int GrpcUnavailable = 503;

    private readonly GatewayBuilder _gateway = gateway;
    private readonly RoutingPort _port = port;
    private readonly BackendServices _services = services;
    private readonly ForwardProjection _forwards = new(gateway, services);

    /// <summary>A rule stands under several hosts.</summary>
    private readonly Dictionary<RoutingRule, EquatableList<RoutePart>> _known = new(ReferenceEqualityComparer.Instance);

    public EquatableList<RoutePart> Of(RoutingRule rule)
    {
        if (!_known.TryGetValue(rule, out var parts))
        {
            parts = Make(rule);
            _known.Add(rule, parts);
        }

        return parts;
    }

    /// <summary>A status of the load balancer's own: the requests are aborted on their way to nowhere.</summary>
    public static EquatableList<AttributeField> Status(int code, AttributeValue nowhere) =>
    [
        Shape.Field("service", nowhere),
        Shape.Field("routeAction", Shape.Map(FaultOf(code, 100))),
    ];

    /// <param name="percent">0 to 100, of the requests.</param>
    public static AttributeField FaultOf(int code, double percent) =>
        Shape.Field("faultInjectionPolicy", Shape.Map(Shape.Field("abort", Shape.Map(
            Shape.Number("httpStatus", code), Shape.Text("percentage", Percents.TextOf(percent))))));

    private EquatableList<RoutePart> Make(RoutingRule rule) => rule.Action switch
    {
        RoutingAction.Status(var code, _) => Answer(rule, code),
        RoutingAction.Redirect(var filter) =>
            RedirectProjection.Of(rule, filter, _port, _gateway.Report) ?? Answer(rule, InternalServerError),
        RoutingAction.Forward forward => _forwards.Of(rule, forward) ?? Answer(rule, InternalServerError),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>No usable backend is Unavailable to gRPC clients, which they read from 503.</summary>
    private EquatableList<RoutePart> Answer(RoutingRule rule, int code)
    {
        var told = rule.Origin.Kind is RouteKind.Grpc && code is InternalServerError ? GrpcUnavailable : code;
        var whole = PathParts.ForRewrite(rule.Match.Path, null) ?? [];
        return [.. whole.Select(part => new RoutePart(part.Terms, Status(told, _services.Nowhere)))];
    }
}
