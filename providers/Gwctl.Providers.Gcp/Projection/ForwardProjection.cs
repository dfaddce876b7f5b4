using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A rule that sends its requests to backends.</summary>
internal sealed class ForwardProjection(GatewayBuilder gateway, BackendServices services)
{
    private readonly GatewayBuilder _gateway = gateway;
    private readonly BackendServices _services = services;

    /// <summary>Null where Google cannot, which has been reported then.</summary>
    public EquatableList<RoutePart>? Of(RoutingRule rule, RoutingAction.Forward forward)
    {
        var filters = FilterProjection.Of(rule, _gateway, _services);
        var backendFilters = FilterProjection.CheckBackends(rule, forward, _gateway.Report);
        var session = SessionProjection.Of(rule, forward, _gateway.Report);
        var parts = PathsOf(rule);
        if (session is null || DestinationOf(rule, forward, session) is not { } destination
            || filters is null || !backendFilters || parts is null)
        {
            return null;
        }

        var hasOwn = forward.Backends.Any(backend => backend.Filters.Count > 0);
        var header = hasOwn ? null : HeaderEdits.Of(rule.Filters);
        return [.. parts.Select(part => new RoutePart(part.Terms, FieldsOf(part, destination, filters, header)))];
    }

    private static EquatableList<AttributeField> FieldsOf(
        PathPart part, Destination destination, RouteFilters filters, AttributeField? header)
    {
        var rewrite = Shape.Map(Shape.Text("hostRewrite", filters.Host), part.Edit);
        var action = Shape.Map(
        [
            destination.Weighted,
            destination.Fault,
            rewrite.Fields.Fields.Count is 0 ? null : Shape.Field("urlRewrite", rewrite),
            .. filters.Action,
        ]);
        return [.. new[]
        {
            destination.Single,
            action.Fields.Fields.Count is 0 ? null : Shape.Field("routeAction", action),
            header,
        }.OfType<AttributeField>()];
    }

    private EquatableList<PathPart>? PathsOf(RoutingRule rule)
    {
        var path = rule.Filters.OfType<HttpFilterSpec.UrlRewrite>().FirstOrDefault()?.Path;
        var parts = PathParts.ForRewrite(rule.Match.Path, path);
        if (parts is null || (path?.Value.Length ?? 0) >= GcpLimits.PathCharactersMax)
        {
            _gateway.Report(RuleDiagnostics.Common.Rewrite(
                rule.Origin, path?.Span ?? rule.Origin.RuleSpan,
                $"the path {rule.Match.Path.Value} cannot become {path?.Value}: Google replaces the path of an exact "
                    + "match, a matched prefix, or by a template, which has up to "
                    + $"{GcpLimits.TemplateCharactersMax} characters and in which *, {{ and }} mean something else.",
                "Rewrite where an Exact or PathPrefix path is matched."));
            return null;
        }

        return parts;
    }

    private Destination? DestinationOf(RoutingRule rule, RoutingAction.Forward forward, SessionChoice session)
    {
        var members = forward.Backends.Where(backend => backend.BackendId is not null).ToList();
        var weights = WeightScale.Scale([.. members.Select(member => (long)member.Weight)], GcpLimits.WeightMax);
        ReportLoss(rule.Origin, members, weights);
        var variant = new ServiceVariant { IsGrpc = rule.Origin.Kind is RouteKind.Grpc, Session = session.Session };
        var items = new List<AttributeValue>();
        AttributeValue? only = null;
        foreach (var (member, weight) in members.Zip(weights))
        {
            if (_services.Use(member.BackendId ?? "", variant, rule.Origin) is not { } service)
            {
                return null;
            }

            only = GatewayBuilder.LinkTo(service);
            items.Add(Shape.Map(
                Shape.Field("backendService", only),
                Shape.Number("weight", weight),
                forward.Backends.Any(backend => backend.Filters.Count > 0)
                    ? HeaderEdits.Of(rule.Filters, member.Filters)
                    : null));
        }

        var isSingle = members is [{ Filters.Count: 0 }];
        return new Destination(
            isSingle && only is not null ? Shape.Field("service", only) : null,
            isSingle ? null : Shape.Field("weightedBackendServices", new AttributeValue.List([.. items])),
            FaultOf(rule.Origin, forward));
    }

    /// <summary>The share of invalid references, as a share of all requests.</summary>
    private static AttributeField? FaultOf(RuleOrigin origin, RoutingAction.Forward forward)
    {
        var invalid = forward.Backends.Where(backend => backend.BackendId is null)
            .Sum(backend => (double)backend.Weight);
        var all = forward.Backends.Sum(backend => (double)backend.Weight);
        return invalid is 0 ? null : RouteActions.FaultOf(
            origin.Kind is RouteKind.Grpc ? 503 : 500, 100 * invalid / all);
    }

    private void ReportLoss(RuleOrigin origin, List<WeightedBackend> members, EquatableList<int> weights)
    {
        var wanted = (double)members.Sum(member => (long)member.Weight);
        var got = (double)weights.Sum();
        for (var index = 0; members.Count > 1 && index < members.Count; index++)
        {
            var (before, after) = (members[index].Weight / wanted, weights[index] / got);
            if (WeightScale.IsLoss(before, after))
            {
                _gateway.Report(RuleDiagnostics.Common.WeightLoss(
                    origin, members[index].Span, Percents.Of(before), Percents.Of(after)));
            }
        }
    }

    /// <param name="Single">The one backend service, where it needs nothing more.</param>
    /// <param name="Weighted">Otherwise the shares.</param>
    /// <param name="Fault">What is answered with an error beforehand.</param>
    private sealed record Destination(AttributeField? Single, AttributeField? Weighted, AttributeField? Fault);
}
