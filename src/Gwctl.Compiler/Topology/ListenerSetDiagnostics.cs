using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with a ListenerSet and its place in a Gateway.</summary>
internal static class ListenerSetDiagnostics
{
    public static Diagnostic ParentUnknown(ListenerSetSpec set, ObjectName gateway, string hint) =>
        new("GW2070", Severity.Warning, "ListenerSet's Gateway is not among the specs")
        {
            Subject = set.ParentRef.Span,
            Object = set.Id.ToString(),
            Detail = $"ListenerSet {set.Name} adds listeners to Gateway {gateway}, which is not among the specs: "
                + "nobody serves them.",
            Help = $"Correct the parentRef, or add the Gateway to the specs.{hint}",
        };

    public static Diagnostic ParentKind(ListenerSetSpec set) =>
        new("GW2071", Severity.Warning, "ListenerSet's parent is not a Gateway")
        {
            Subject = set.ParentRef.Span,
            Object = set.Id.ToString(),
            Detail = $"ListenerSet {set.Name} adds listeners to {set.ParentRef.Kind} '{set.ParentRef.Name}' in group "
                + $"'{set.ParentRef.Group}', which takes none.",
            Help = "Name a Gateway of group gateway.networking.k8s.io in parentRef.",
        };

    public static Diagnostic NotAllowed(ListenerSetDraft set) =>
        Error("GW2072", "ListenerSet is not allowed by its Gateway", set, ConditionReasons.NotAllowed) with
        {
            Detail = $"{set.Text} may not add listeners to {set.Gateway.Text}, which allows {Allowed(set.Gateway)}.",
            Help = $"Allow namespace '{set.Name.Namespace}' in the Gateway's spec.allowedListeners.namespaces; without "
                + "that field it allows none.",
        };

    public static Diagnostic ParentNotAccepted(ListenerSetDraft set) =>
        Error("GW2073", "ListenerSet's Gateway is not accepted", set, ConditionReasons.ParentNotAccepted) with
        {
            Detail = $"{set.Text} adds listeners to {set.Gateway.Text}, which is not accepted itself.",
            Help = "Correct the Gateway first: it needs a valid listener of its own.",
        };

    /// <summary>The winner stays unnamed where it is another ListenerSet's: its owner may be a stranger.</summary>
    public static Diagnostic Conflict(ListenerSetDraft set, ListenerDraft listener, string reason, bool withGateway)
    {
        var winner = withGateway ? $"a listener of {set.Gateway.Text}" : "a listener of an older ListenerSet";
        var what = reason is ConditionReasons.HostnameConflict
            ? $"serves {listener.Hostname} on port {listener.Spec.Port}, and so does {winner}"
            : $"wants port {listener.Spec.Port} for {listener.Spec.Protocol}, which cannot share it with {winner}";
        return Error("GW2074", "ListenerSet's listener conflicts with one that comes first", set, reason) with
        {
            Subject = listener.Spec.Span,
            Detail = $"Listener '{listener.Spec.Name}' of {set.Text} {what}. It is not served.",
            Help = "Give it a hostname or a port of its own. The Gateway's own listeners come first, then the oldest "
                + "ListenerSet's, then the first by namespace/name.",
        };
    }

    public static Diagnostic NamespaceUnknown(GatewayDraft gateway, AllowedListenersSpec allowed, string name) =>
        new("GW2075", Severity.Warning, "Namespace of a ListenerSet is not among the specs")
        {
            Subject = allowed.From.Span,
            Object = gateway.Id,
            Detail = $"{gateway.Text} allows ListenerSets by their namespace's labels, and Namespace '{name}' is not "
                + $"among the specs. It is taken to have only the label kubernetes.io/metadata.name={name}.",
            Help = $"Add the Namespace object '{name}' with its labels to the specs.",
        };

    public static Diagnostic RouteToRefusedSet(RouteSpec route, ParentRefSpec parent, ListenerSetDraft set) =>
        new("GW2076", Severity.Error, "Route's ListenerSet is not attached")
        {
            Subject = parent.Span,
            Object = route.Id.ToString(),
            Reason = ConditionReasons.NoMatchingParent,
            Detail = $"{route.Title} wants to attach to {set.Text}, which {set.Gateway.Text} does not "
                + "take.",
            Help = "Have the ListenerSet accepted first, or attach the route to the Gateway.",
        };

    private static string Allowed(GatewayDraft gateway) => gateway.Spec.AllowedListeners?.From.Value switch
    {
        "Same" => $"ListenerSets of namespace '{gateway.Name.Namespace}' only",
        "Selector" => "ListenerSets of namespaces with certain labels only",
        _ => "no ListenerSets",
    };

    private static Diagnostic Error(string code, string summary, ListenerSetDraft set, string reason) =>
        new(code, Severity.Error, summary)
        {
            Subject = set.Spec.ParentRef.Span,
            Object = set.Id,
            Reason = reason,
        };
}
