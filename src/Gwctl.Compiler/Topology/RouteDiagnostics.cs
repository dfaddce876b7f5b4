using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with a route's attachment.</summary>
internal static class RouteDiagnostics
{
    public static Diagnostic ParentUnknown(
        RouteSpec route, ParentRefSpec parent, ObjectName gateway, string hint) =>
        new("GW2001", Severity.Warning, "Route's Gateway is not among the specs")
        {
            Subject = parent.Span,
            Object = route.Id.ToString(),
            Detail = $"{route.Title} wants to attach to {parent.Target.Kind} {gateway}, which is not among the specs: "
                + "nobody serves it there.",
            Help = $"Correct the parentRef, or add the {parent.Target.Kind} to the specs.{hint}",
        };

    public static Diagnostic ParentKind(RouteSpec route, ParentRefSpec parent)
    {
        var isMesh = parent.Target is { Group: ApiGroups.Core, Kind: "Service" };
        return new Diagnostic("GW2002", isMesh ? Severity.Note : Severity.Warning, "Route's parent is not a Gateway")
        {
            Subject = parent.Span,
            Object = route.Id.ToString(),
            Detail = $"{route.Title} wants to attach to {parent.Target.Kind} '{parent.Target.Name}' in group "
                + $"'{parent.Target.Group}', which gwctl does not serve.",
            Help = isMesh
                ? "A Service as parent configures a service mesh; gwctl leaves it to the mesh."
                : "Name a Gateway of group gateway.networking.k8s.io in parentRefs.",
        };
    }

    public static Diagnostic NoMatchingParent(
        RouteSpec route, ParentRefSpec parent, ParentDraft gateway, string hint)
    {
        var wanted = (parent.SectionName, parent.Port) switch
        {
            ({ } section, { } port) => $"listener '{section}' on port {port}",
            ({ } section, null) => $"listener '{section}'",
            (null, { } port) => $"a listener on port {port}",
            _ => "a listener",
        };
        var listeners = gateway.Listeners.Select(item => $"{item.Spec.Name} (port {item.Spec.Port})");
        return Error("GW2003", "Route names a listener that its Gateway does not have", route) with
        {
            Subject = parent.SectionName?.Span ?? parent.Port?.Span ?? parent.Span,
            Reason = ConditionReasons.NoMatchingParent,
            Detail = $"{route.Title} wants {wanted} of {gateway.Text}, which has "
                + $"{string.Join(", ", listeners)}.",
            Help = $"Correct sectionName and port; where both are given, one listener must have both.{hint}",
        };
    }

    public static Diagnostic NotAllowed(
        RouteSpec route, ParentRefSpec parent, ParentDraft gateway, List<ListenerDraft> named)
    {
        var kind = route.Kind.ObjectKind();
        var byKind = named.TrueForAll(listener => !listener.Supports(route.Kind));
        var rules = named.Select(listener => $"'{listener.Spec.Name}' allows {Allowed(gateway, listener, route)}");
        return Error("GW2004", "Route is not allowed by the Gateway's listeners", route) with
        {
            Subject = parent.Span,
            Reason = IsTlsWithoutTls(route, named)
                ? ConditionReasons.UnsupportedValue
                : ConditionReasons.NotAllowedByListeners,
            Detail = $"{route.Title} may not attach to {gateway.Text}: listener "
                + $"{string.Join("; listener ", rules)}.",
            Help = byKind
                ? $"Attach to a listener that allows {kind}s, or allow them in allowedRoutes.kinds."
                : $"Allow namespace '{route.Name.Namespace}' in the listener's allowedRoutes.namespaces. A "
                    + "ReferenceGrant does not do it.",
        };
    }

    /// <summary>The one mismatch of protocol for which the specification has a reason of its own (TLSRoute,
    /// spec.hostnames).</summary>
    private static bool IsTlsWithoutTls(RouteSpec route, List<ListenerDraft> named) =>
        route.Kind is RouteKind.Tls && named.TrueForAll(listener => listener.Protocol is not ListenerProtocol.Tls);

    public static Diagnostic KindConflict(
        RouteSpec route, ParentRefSpec parent, ParentDraft gateway, IEnumerable<string> listeners, bool isAttached)
    {
        var other = (route.Kind is RouteKind.Http ? RouteKind.Grpc : RouteKind.Http).ObjectKind();
        return new Diagnostic(
            "GW2008",
            isAttached ? Severity.Warning : Severity.Error,
            "HTTPRoute and GRPCRoute for the same hostname of a listener")
        {
            Subject = route.Hostnames.Count > 0 ? route.Hostnames[0].Span : parent.Span,
            Object = route.Id.ToString(),
            Reason = ConditionReasons.Conflicted,
            Detail = $"On listener {string.Join(", ", listeners)} of {gateway.Text} an older {other} has "
                + $"a hostname of {route.Title}; a listener takes only one of the two kinds for a hostname, and the "
                + "older route stays. Without ages the first by namespace/name stays.",
            Help = $"Give {other}s and {route.Kind.ObjectKind()}s hostnames of their own, or one of them a listener of "
                + "its own.",
        };
    }

    public static Diagnostic NoMatchingHostname(
        RouteSpec route, ParentRefSpec parent, ParentDraft gateway, List<ListenerDraft> allowed)
    {
        var listeners = allowed.Select(item => $"'{item.Spec.Name}' serves {item.Hostname}");
        return Error("GW2005", "Route and listeners have no hostname in common", route) with
        {
            Subject = route.Hostnames.Count > 0 ? route.Hostnames[0].Span : parent.Span,
            Reason = ConditionReasons.NoMatchingListenerHostname,
            Detail = $"{route.Title} is for {string.Join(", ", route.Hostnames)}; of "
                + $"{gateway.Text} listener {string.Join(", listener ", listeners)}.",
            Help = "Make the hostnames meet. *.example.com includes a.example.com and a.b.example.com, not example.com."
                + "",
        };
    }

    public static Diagnostic IdleHostname(RouteSpec route, Located<string> hostname) =>
        new("GW2006", Severity.Warning, "Route's hostname is served by none of its listeners")
        {
            Subject = hostname.Span,
            Object = route.Id.ToString(),
            Detail = $"Hostname '{hostname}' of {route.Title} is outside the hostnames of every listener that "
                + "the route is attached to; it is ignored.",
            Help = "Remove the hostname, or attach the route to a listener that serves it.",
        };

    public static Diagnostic NoParents(RouteSpec route) =>
        new("GW2007", Severity.Warning, "Route without parentRefs")
        {
            Subject = route.Span,
            Object = route.Id.ToString(),
            Detail = $"{route.Title} names no Gateway in parentRefs: nobody serves it.",
            Help = "Name the Gateway in parentRefs.",
        };

    private static string Allowed(ParentDraft gateway, ListenerDraft listener, RouteSpec route)
    {
        if (!listener.Supports(route.Kind))
        {
            return $"no {route.Kind.ObjectKind()}s";
        }

        return listener.Spec.AllowedRoutes.From.Value switch
        {
            "Same" => $"routes of namespace '{gateway.Name.Namespace}' only",
            "Selector" => "routes of namespaces with certain labels only",
            _ => "no routes",
        };
    }

    private static Diagnostic Error(string code, string summary, RouteSpec route) =>
        new(code, Severity.Error, summary) { Object = route.Id.ToString() };
}
