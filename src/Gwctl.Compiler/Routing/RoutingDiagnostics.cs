using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>What there is to say about rules once precedence is settled.</summary>
internal static class RoutingDiagnostics
{
    public static Diagnostic NoConfig(GatewayTopology gateway) =>
        new("GW2101", Severity.Error, "Gateway without a ProviderConfig")
        {
            Subject = gateway.Spec.Span,
            Object = gateway.Spec.Id.ToString(),
            Detail = $"Gateway {gateway.Spec.Name} names no ProviderConfig, neither itself nor by GatewayClass "
                + $"'{gateway.Class.Spec.Name}': there is no account and region to put it in.",
            Help = "Name a ProviderConfig in the GatewayClass's spec.parametersRef, or give one with --provider-config."
                + "",
        };

    public static Diagnostic Shadowed(
        GatewayTopology gateway, ListenerTopology listener, Candidate loser, RuleOrigin winner)
    {
        var host = loser.Hostname.IsAny ? "any host" : $"host {loser.Hostname}";
        var traffic = RouteWords.Traffic(loser.Route);
        var same = loser.Route.Kind is RouteKind.Tcp or RouteKind.Udp
            ? $"gets no {traffic}, for {winner} takes all of them and comes first"
            : $"matches the same {traffic} for {host} as {winner}, which comes first";
        return Rule("GW2102", "Rule that nothing reaches", loser.Route) with
        {
            Subject = loser.Rule.Spec.PlaceOf(loser.Match.Origin.MatchIndex),
            Detail = $"On listener '{listener.Spec.Name}' of Gateway {gateway.Spec.Name}, {loser.Match.Origin} {same}; "
                + "it is left out.",
            Help = "Remove one of them. The older route comes first, then the first by namespace/name, then the first "
                + "in it.",
        };
    }

    public static Diagnostic Isolated(
        GatewayTopology gateway,
        RouteSpec route,
        ListenerTopology listener,
        HostPattern hostname,
        ListenerTopology owner)
    {
        var written = route.Hostnames.FirstOrDefault(item => HostPattern.Parse(item.Value) == hostname);
        return Rule("GW2103", "Hostname that a more specific listener takes", route) with
        {
            Subject = written.Span.IsNone ? route.Span : written.Span,
            Detail = $"{route.Title} is attached to listener '{listener.Spec.Name}' of Gateway "
                + $"{gateway.Spec.Name} for {hostname}, and listener '{owner.Spec.Name}' takes all "
                + $"{RouteWords.Traffic(route)} for it: "
                + "they never reach this route there.",
            Help = $"Attach the route to listener '{owner.Spec.Name}' for that hostname, or leave the hostname out.",
        };
    }

    public static Diagnostic NoBackends(RouteSpec route, RouteRuleSpec rule, int position) =>
        Rule("GW2104", "Rule without backends", route) with
        {
            Subject = rule.Span,
            Detail = route.Kind is RouteKind.Http
                ? $"{NameOf(route, rule, position)} has no backendRefs and no redirect: {AllFail(route)}."
                : $"{NameOf(route, rule, position)} has no backendRefs: {AllFail(route)}.",
            Help = route.Kind is RouteKind.Http ? "Add backendRefs or a RequestRedirect filter." : "Add backendRefs.",
        };

    public static Diagnostic NoWeights(RouteSpec route, RouteRuleSpec rule, int position) =>
        Rule("GW2105", "Rule whose weights are all 0", route) with
        {
            Subject = rule.BackendRefs[0].Weight.Span,
            Detail = $"All backendRefs of {NameOf(route, rule, position)} have weight 0: {AllFail(route)}.",
            Help = "Give at least one of them a weight above 0.",
        };

    private static string AllFail(RouteSpec route) => $"its {RouteWords.Traffic(route)} are {RouteWords.Fate(route)}";

    private static string NameOf(RouteSpec route, RouteRuleSpec rule, int position) =>
        $"{route.Title} rule {rule.Name?.Value ?? position.ToString()}";

    private static Diagnostic Rule(string code, string summary, RouteSpec route) =>
        new(code, Severity.Warning, summary) { Object = route.Id.ToString() };
}
