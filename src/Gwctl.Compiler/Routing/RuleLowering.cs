using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Lowers the rules of routes: what they match and what they do.</summary>
internal sealed class RuleLowering
{
    private const int InternalServerError = 500;

    private readonly Dictionary<ObjectName, RouteTopology> _routes;
    private readonly Dictionary<ObjectName, LoweredRule[]> _lowered = [];
    private readonly List<Diagnostic> _diagnostics;

    public RuleLowering(SpecTopology topology, List<Diagnostic> diagnostics)
    {
        _routes = topology.Routes.ToDictionary(route => route.Spec.Name);
        _diagnostics = diagnostics;
    }

    /// <summary>The route's rules, lowered the first time that they are asked for.</summary>
    public LoweredRule[] RulesOf(RouteSpec route)
    {
        if (_lowered.TryGetValue(route.Name, out var known))
        {
            return known;
        }

        var references = _routes[route.Name].Rules;
        Invariant.Holds(references.Count == route.Rules.Count);
        var rules = route.Rules
            .Select((rule, position) => Lower(route, rule, position, references[position]))
            .ToArray();
        _lowered.Add(route.Name, rules);
        return rules;
    }

    private LoweredRule Lower(RouteSpec route, RouteRuleSpec rule, int position, RuleReferences references)
    {
        var matches = new LoweredMatch[rule.Matches.Count];
        for (var index = 0; index < matches.Length; index++)
        {
            var match = MatchNormalizer.Normalize(rule.Matches[index]);
            var origin = new RuleOrigin(route.Name, position, index, rule.Name?.Value, rule.Span);
            matches[index] = new LoweredMatch(match, origin, MatchNormalizer.PredicateOf(match), MatchRank.Of(match));
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
            return new RoutingAction.Status(InternalServerError, "A filter of the rule is not known.");
        }

        if (redirect is not null)
        {
            return new RoutingAction.Redirect(redirect);
        }

        if (rule.BackendRefs.Count is 0)
        {
            return Fail(RoutingDiagnostics.NoBackends(route, rule, position), "The rule has no backendRefs.");
        }

        if (rule.BackendRefs.All(reference => reference.Weight.Value is 0))
        {
            return Fail(RoutingDiagnostics.NoWeights(route, rule, position), "All weights are 0.");
        }

        var members = Merge(rule, references);
        return members.Exists(member => member is { BackendId: not null, Weight: > 0 })
            ? new RoutingAction.Forward([.. members])
            : new RoutingAction.Status(InternalServerError, "No backendRef with a weight is valid.");
    }

    private RoutingAction.Status Fail(Diagnostic diagnostic, string reason)
    {
        _diagnostics.Add(diagnostic);
        return new RoutingAction.Status(InternalServerError, reason);
    }

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
            var id = backend is null ? null : RoutingBackend.IdOf(backend.Service, backend.Port);
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
