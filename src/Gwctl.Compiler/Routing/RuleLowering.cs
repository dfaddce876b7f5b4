using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Lowers the rules of routes: what they match and what they do.</summary>
internal sealed class RuleLowering
{
    private const int InternalServerError = 500;

    /// <summary>Clients read it as UNAVAILABLE, which is what the specification asks for.</summary>
    private const int GrpcUnavailable = 503;

    private readonly Dictionary<(RouteKind, ObjectName), RouteTopology> _routes;
    private readonly Dictionary<(RouteKind, ObjectName), LoweredRule[]> _lowered = [];
    private readonly List<Diagnostic> _diagnostics;

    public RuleLowering(SpecTopology topology, List<Diagnostic> diagnostics)
    {
        _routes = topology.Routes.ToDictionary(route => (route.Spec.Kind, route.Spec.Name));
        _diagnostics = diagnostics;
    }

    /// <summary>The route's rules, lowered the first time that they are asked for.</summary>
    public LoweredRule[] RulesOf(RouteSpec route)
    {
        var key = (route.Kind, route.Name);
        if (_lowered.TryGetValue(key, out var known))
        {
            return known;
        }

        var references = _routes[key].Rules;
        Invariant.Holds(references.Count == route.Rules.Count);
        var rules = route.Rules
            .Select((rule, position) => Lower(route, rule, position, references[position]))
            .ToArray();
        _lowered.Add(key, rules);
        return rules;
    }

    private LoweredRule Lower(RouteSpec route, RouteRuleSpec rule, int position, RuleReferences references)
    {
        var matches = new LoweredMatch[rule.MatchCount];
        for (var index = 0; index < matches.Length; index++)
        {
            var origin = new RuleOrigin(route.Name, position, index, rule.Name?.Value, rule.Span) { Kind = route.Kind };
            matches[index] = LowerMatch(rule, origin);
        }

        var filters = references.Filters.Usable;
        var redirect = filters.OfType<HttpFilterSpec.RequestRedirect>().FirstOrDefault();
        var action = ActionOf(route, rule, position, references, redirect);
        return new LoweredRule(
            rule,
            [.. matches],
            redirect is null ? filters : [.. filters.Where(filter => filter is not HttpFilterSpec.RequestRedirect)],
            action,
            BackendsOf(references, action));
    }

    private static LoweredMatch LowerMatch(RouteRuleSpec rule, RuleOrigin origin)
    {
        if (!origin.Kind.RoutesRequests())
        {
            return new LoweredMatch(null, origin, "", default);
        }

        var grpc = origin.Kind is RouteKind.Grpc ? rule.GrpcMatches[origin.MatchIndex] : null;
        var match = MatchNormalizer.Normalize(
            grpc is null ? rule.Matches[origin.MatchIndex] : GrpcLowering.ToHttp(grpc));
        var rank = grpc is null ? MatchRank.Of(match) : MatchRank.Of(grpc.Method, match.Headers.Count);
        return new LoweredMatch(match, origin, MatchNormalizer.PredicateOf(match), rank);
    }

    /// <summary>With repetitions: each listener keeps its Gateway's backends apart anyway.</summary>
    private static EquatableList<ServiceBackend> BackendsOf(RuleReferences references, RoutingAction action)
    {
        var backends = new List<ServiceBackend>(references.Filters.Mirrors);
        foreach (var reference in action is RoutingAction.Forward ? references.Backends : [])
        {
            backends.AddRange(reference.Filters.Mirrors);
            if (reference.Backend is { } backend)
            {
                backends.Add(backend);
            }
        }

        return [.. backends];
    }

    private RoutingAction ActionOf(
        RouteSpec route,
        RouteRuleSpec rule,
        int position,
        RuleReferences references,
        HttpFilterSpec.RequestRedirect? redirect)
    {
        if (references.Filters.Broken)
        {
            return Failing(route, "A filter of the rule is not known.");
        }

        if (redirect is not null)
        {
            return new RoutingAction.Redirect(redirect);
        }

        if (rule.BackendRefs.Count is 0)
        {
            return Fail(route, RoutingDiagnostics.NoBackends(route, rule, position), "The rule has no backendRefs.");
        }

        if (rule.BackendRefs.All(reference => reference.Weight.Value is 0))
        {
            return Fail(route, RoutingDiagnostics.NoWeights(route, rule, position), "All weights are 0.");
        }

        var members = Merge(rule, references);
        return members.Exists(member => member is { BackendId: not null, Weight: > 0 })
            ? new RoutingAction.Forward([.. members])
            : Failing(route, "No backendRef with a weight is valid.");
    }

    private RoutingAction.Status Fail(RouteSpec route, Diagnostic diagnostic, string reason)
    {
        _diagnostics.Add(diagnostic);
        return Failing(route, reason);
    }

    private static RoutingAction.Status Failing(RouteSpec route, string reason) =>
        new(route.Kind is RouteKind.Grpc ? GrpcUnavailable : InternalServerError, reason);

    /// <summary>In the rule's order; members of the same backend and filters become one, and so do the invalid ones
    /// that have a share.</summary>
    private static List<WeightedBackend> Merge(RouteRuleSpec rule, RuleReferences references)
    {
        var members = new List<WeightedBackend>(rule.BackendRefs.Count);
        for (var index = 0; index < rule.BackendRefs.Count; index++)
        {
            var reference = rule.BackendRefs[index];
            var resolution = references.Backends[index];
            var backend = resolution.Filters.Broken ? null : resolution.Backend;
            var id = backend is null ? null : RoutingBackend.IdOf(backend);
            var filters = backend is null ? [] : resolution.Filters.Usable;
            if (backend is null && reference.Weight.Value is 0)
            {
                continue;
            }

            var same = members.FindIndex(member => member.BackendId == id && member.Filters.Equals(filters));
            if (same < 0)
            {
                members.Add(new WeightedBackend(id, reference.Weight.Value, filters, reference.Span));
                continue;
            }

            members[same] = members[same] with { Weight = members[same].Weight + reference.Weight.Value };
        }

        return members;
    }
}
