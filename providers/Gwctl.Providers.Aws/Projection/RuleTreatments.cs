using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What each rule of a port does with its requests. What an ALB cannot do is an error at its field, and the
/// rule then answers 500: a filter that is passed over in silence would do worse.</summary>
internal sealed class RuleTreatments
{
    private readonly GatewayBuilder _gateway;
    private readonly RoutingPort _port;
    private readonly ForwardProjection _forwards;

    /// <summary>A route rule's treatment is the same for all of its matches, but for what replaces the matched
    /// prefix.</summary>
    private readonly Dictionary<Key, RuleTreatment> _known = [];

    public RuleTreatments(GatewayBuilder gateway, RoutingPort port, TargetGroups groups)
    {
        (_gateway, _port) = (gateway, port);
        _forwards = new ForwardProjection(gateway, port, groups);
    }

    public RuleTreatment Of(RoutingRule rule, HostPattern host)
    {
        var redirect = (rule.Action as RoutingAction.Redirect)?.Filter;
        if (redirect is not null)
        {
            RedirectProjection.WarnOfCircle(rule.Origin, redirect, _port, host, _gateway.Report);
        }

        var usesPrefix = redirect is { Path.ReplacesPrefix: true }
            || rule.Filters.Any(filter => filter is HttpFilterSpec.UrlRewrite { Path.ReplacesPrefix: true });
        var key = new Key(
            rule.Origin.Kind, rule.Origin.Route, rule.Origin.RuleIndex, usesPrefix ? rule.Match.Path.Value : "");
        if (!_known.TryGetValue(key, out var treatment))
        {
            treatment = Make(rule);
            _known.Add(key, treatment);
        }

        return treatment;
    }

    private RuleTreatment Make(RoutingRule rule)
    {
        var isPossible = ReportImpossible(rule);
        var transforms = isPossible ? RewriteProjection.Transforms(rule, _gateway.Report) : null;
        var action = rule.Action switch
        {
            RoutingAction.Status status => RuleTreatment.Status(CodeOf(status, rule.Origin)).Actions.Items[0],
            RoutingAction.Redirect redirect => RedirectProjection.Action(rule, redirect.Filter, _port, _gateway.Report),
            RoutingAction.Forward forward => _forwards.Action(rule, forward),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (transforms is null || action is not AttributeValue.Map map)
        {
            return RuleTreatment.Failure;
        }

        // A transform changes what a target receives; without one there is nothing to change.
        return rule.Action is RoutingAction.Forward
            ? RuleTreatment.Of(map, transforms.AsSpan())
            : RuleTreatment.Of(map);
    }

    /// <summary>No usable backend is Unavailable to gRPC clients, which they read from 503; 500 would be
    /// Unknown.</summary>
    private static int CodeOf(RoutingAction.Status status, RuleOrigin origin) =>
        origin.Kind is RouteKind.Grpc && status.Code is 500 ? 503 : status.Code;

    private bool ReportImpossible(RoutingRule rule)
    {
        if (rule is { Filters.Count: 0, Timeouts: null, Retry: null } && !HasBackendFilters(rule.Action))
        {
            return true;
        }

        var findings = rule.Filters.Select(filter => WhyRefused(filter, rule.Origin))
            .Append(WhyRefused(rule.Timeouts, rule.Origin))
            .Append(rule.Retry is { } retry
                ? RuleDiagnostics.Common.Filter(rule.Origin, retry.Span, Capabilities.Retry, "Let clients retry.")
                : null)
            .Concat(OfBackends(rule))
            .OfType<Diagnostic>()
            .ToList();
        findings.ForEach(_gateway.Report);
        return findings.Count is 0;
    }

    private static bool HasBackendFilters(RoutingAction action)
    {
        foreach (var backend in action is RoutingAction.Forward forward ? forward.Backends : [])
        {
            if (backend.Filters.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Diagnostic> OfBackends(RoutingRule rule) =>
        rule.Action is not RoutingAction.Forward forward
            ? []
            : forward.Backends.SelectMany(backend => backend.Filters).Select(filter => RuleDiagnostics.Common.Filter(
                rule.Origin, filter.Span, Capabilities.BackendFilters, "Move what the filter does into the backend."));

    private static Diagnostic? WhyRefused(TimeoutsSpec? timeouts, RuleOrigin origin)
    {
        const string remedy = "Remove it; idle_timeout.timeout_seconds in spec.aws.loadBalancerAttributes bounds all "
            + "requests.";

        // Zero asks for no timeout, and a rule has none.
        return timeouts switch
        {
            { Request: { } request } when request.Value > TimeSpan.Zero =>
                RuleDiagnostics.Common.Filter(origin, request.Span, Capabilities.RequestTimeout, remedy),
            { BackendRequest: { } backend } when backend.Value > TimeSpan.Zero =>
                RuleDiagnostics.Common.Filter(origin, backend.Span, Capabilities.BackendTimeout, remedy),
            _ => null,
        };
    }

    private static Diagnostic? WhyRefused(HttpFilterSpec filter, RuleOrigin origin) => filter switch
    {
        HttpFilterSpec.UrlRewrite => null,

        // Redirects are actions, and no longer among the filters.
        HttpFilterSpec.RequestRedirect => null,
        HttpFilterSpec.RequestHeaderModifier => RuleDiagnostics.Common.Filter(
            origin, filter.Span, Capabilities.RequestHeaders, "Set the header in the client or the backend."),
        HttpFilterSpec.ResponseHeaderModifier => RuleDiagnostics.Common.Filter(
            origin, filter.Span, Capabilities.ResponseHeaders, "Set the header in the backend."),
        HttpFilterSpec.RequestMirror => RuleDiagnostics.Common.Filter(
            origin, filter.Span, Capabilities.Mirror, "Mirror in the backend, or in a mesh behind the load balancer."),
        HttpFilterSpec.Cors => RuleDiagnostics.Common.Filter(
            origin, filter.Span, Capabilities.Cors, "Answer CORS requests in the backend."),
        HttpFilterSpec.ExternalAuth => RuleDiagnostics.Common.Filter(
            origin, filter.Span, Capabilities.ExternalAuth, "Authenticate in the backend."),
        HttpFilterSpec.ExtensionRef => RuleDiagnostics.Common.Filter(
            origin, filter.Span, Capabilities.ExtensionRef, "Remove the filter."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private readonly record struct Key(RouteKind Kind, ObjectName Route, int RuleIndex, string Prefix);
}
