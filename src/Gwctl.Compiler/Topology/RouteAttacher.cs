using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Attaches routes to listeners by parentRefs, allowedRoutes and hostnames.</summary>
internal sealed class RouteAttacher(
    SpecIndex index,
    Dictionary<ObjectName, GatewayDraft> gateways,
    NamespaceAccess access,
    List<Diagnostic> diagnostics)
{
    private readonly Dictionary<ObjectName, ListenerSetDraft> _sets =
        gateways.Values.SelectMany(gateway => gateway.Sets).ToDictionary(set => set.Name);

    /// <summary>The route's parents of ours, each with its Accepted condition; empty for a route that is none of
    /// ours. Where kinds can be rivals for a hostname, the older route must come first.</summary>
    public List<RouteParent> Attach(RouteSpec route)
    {
        if (route.ParentRefs.Count is 0 && !route.UsesDefaultGateways)
        {
            diagnostics.Add(RouteDiagnostics.NoParents(route));
        }

        var parents = new List<RouteParent>();
        var hostnames = route.Hostnames.Select(hostname => HostPattern.Parse(hostname.Value)).ToArray();
        var served = new bool[hostnames.Length];
        foreach (var parent in route.ParentRefs.Concat(DefaultParents(route)))
        {
            if (FindParent(route, parent) is { } found)
            {
                var controller = found.Gateway.Class.Spec.ControllerName.Value;
                var accepted = AttachTo(found, route, parent, hostnames, served);
                parents.Add(new RouteParent(parent, found.Gateway.Name, controller, [accepted]));
            }
        }

        WarnOfIdleHostnames(route, served);
        return parents;
    }

    /// <summary>Default Gateways that the route does not name itself and that would take it; the others say nothing,
    /// for nobody asked them.</summary>
    private IEnumerable<ParentRefSpec> DefaultParents(RouteSpec route) => route.UsesDefaultGateways
        ? gateways.Values
            .Where(gateway => gateway.Spec.IsDefault
                && gateway.Listeners.Any(listener => IsAllowed(gateway, listener, route))
                && !route.ParentRefs.Any(parent => parent.Target is { Group: ApiGroups.Gateway, Kind: "Gateway" }
                    && parent.Target.Name == gateway.Name.Name
                    && (parent.Target.Namespace ?? route.Name.Namespace) == gateway.Name.Namespace))
            .OrderBy(gateway => gateway.Name)
            .Select(gateway => new ParentRefSpec
            {
                Target = new SpecReference(
                    ApiGroups.Gateway, "Gateway", gateway.Name.Namespace, gateway.Name.Name, route.Span),
            })
        : [];

    private ParentDraft? FindParent(RouteSpec route, ParentRefSpec parent)
    {
        var target = parent.Target;
        if (target is { Group: ApiGroups.Gateway, Kind: "ListenerSet" }
            or { Group: ApiGroups.GatewayExperimental, Kind: "XListenerSet" })
        {
            return FindSet(route, parent);
        }

        if (target is not { Group: ApiGroups.Gateway, Kind: "Gateway" })
        {
            diagnostics.Add(RouteDiagnostics.ParentKind(route, parent));
            return null;
        }

        var name = new ObjectName(target.Namespace ?? route.Name.Namespace, target.Name);
        if (gateways.TryGetValue(name, out var gateway))
        {
            return gateway;
        }

        if (!index.Gateways.ContainsKey(name))
        {
            var names = index.Gateways.Keys.Select(key => key.ToString());
            diagnostics.Add(RouteDiagnostics.ParentUnknown(route, parent, name, HintOf(name, names)));
        }

        return null;
    }

    private ListenerSetDraft? FindSet(RouteSpec route, ParentRefSpec parent)
    {
        var name = new ObjectName(parent.Target.Namespace ?? route.Name.Namespace, parent.Target.Name);
        if (_sets.TryGetValue(name, out var set))
        {
            return set;
        }

        if (!index.ListenerSets.ContainsKey(name))
        {
            var names = index.ListenerSets.Keys.Select(key => key.ToString());
            var hint = index.Hints.For("ListenerSet", name.ToString(), names);
            diagnostics.Add(RouteDiagnostics.ParentUnknown(route, parent, name, hint));
        }

        return null;
    }

    /// <summary>The same name in another namespace is the likeliest mistake, however unlike the texts are.</summary>
    private string HintOf(ObjectName name, IEnumerable<string> names)
    {
        var elsewhere = index.Specs.Gateways.FirstOrDefault(gateway => gateway.Name.Name == name.Name);
        return elsewhere is null
            ? index.Hints.For("Gateway", name.ToString(), names)
            : $" There is one in namespace '{elsewhere.Name.Namespace}': name it in parentRefs[].namespace.";
    }

    private Condition AttachTo(
        ParentDraft gateway, RouteSpec route, ParentRefSpec parent, HostPattern[] hostnames, bool[] served)
    {
        if (gateway is ListenerSetDraft { Refusal: not null } refused)
        {
            return Refuse(ListenerSetDiagnostics.RouteToRefusedSet(route, parent, refused));
        }

        var named = gateway.Listeners.Where(listener => IsNamedBy(parent, listener)).ToList();
        if (named.Count is 0)
        {
            var names = gateway.Listeners.Select(listener => listener.Spec.Name.Value);
            var hint = parent.SectionName is { } section ? index.Hints.For(gateway.Id, section.Value, names) : "";
            return Refuse(RouteDiagnostics.NoMatchingParent(route, parent, gateway, hint));
        }

        var allowed = named.Where(listener => IsAllowed(gateway, listener, route)).ToList();
        if (allowed.Count is 0)
        {
            return Refuse(RouteDiagnostics.NotAllowed(route, parent, gateway, named));
        }

        var isAttached = false;
        List<string>? lost = null;
        foreach (var listener in allowed)
        {
            switch (AttachTo(listener, route, hostnames, served))
            {
                case Attachment.Attached:
                    isAttached = true;
                    break;
                case Attachment.HostsTaken:
                    (lost ??= []).Add(listener.Spec.Name.Value);
                    break;
                default:
                    break;
            }
        }

        if (lost is not null)
        {
            var conflict = Refuse(RouteDiagnostics.KindConflict(route, parent, gateway, lost, isAttached));
            return isAttached ? Attached : conflict;
        }

        return isAttached ? Attached : Refuse(RouteDiagnostics.NoMatchingHostname(route, parent, gateway, allowed));
    }

    private static readonly Condition Attached =
        new(ConditionTypes.Accepted, true, ConditionReasons.Accepted, "The route is attached.");

    private static bool IsNamedBy(ParentRefSpec parent, ListenerDraft listener) =>
        (parent.SectionName is not { } section || section.Value == listener.Spec.Name.Value)
        && (parent.Port is not { } port || port.Value == listener.Spec.Port.Value);

    private bool IsAllowed(ParentDraft gateway, ListenerDraft listener, RouteSpec route) =>
        listener.Supports(route.Kind) && access.Allows(gateway, listener, route.Name.Namespace);

    private enum Attachment
    {
        Attached,
        NoHostInCommon,

        /// <summary>The other kind of HTTP route has them.</summary>
        HostsTaken,
    }

    private Attachment AttachTo(
        ListenerDraft listener, RouteSpec route, HostPattern[] hostnames, bool[] served)
    {
        // Two parentRefs may name the same listener; the route is on it once.
        if (listener.Routes.Count > 0 && ReferenceEquals(listener.Routes[^1].Route, route))
        {
            return Attachment.Attached;
        }

        var common = CommonHosts(listener, hostnames, served);
        if (hostnames.Length > 0 && common.Count is 0)
        {
            return Attachment.NoHostInCommon;
        }

        if (index.MixesRequestKinds && route.Kind.RoutesRequests())
        {
            if (listener.Claims.Conflicts(route.Kind, common))
            {
                return Attachment.HostsTaken;
            }

            listener.Claims.Claim(route.Kind, common);
        }

        listener.Routes.Add(new AttachedRoute(route, [.. common]));
        return Attachment.Attached;
    }

    /// <summary>The hosts that are left for a route on a listener; none for a route and a listener without
    /// hostnames.</summary>
    private static List<string> CommonHosts(ListenerDraft listener, HostPattern[] hostnames, bool[] served)
    {
        var common = new List<string>();
        if (hostnames.Length is 0 && !listener.Hostname.IsAny)
        {
            common.Add(listener.Hostname.Text);
        }

        for (var position = 0; position < hostnames.Length; position++)
        {
            if (listener.Hostname.Intersect(hostnames[position]) is not { } both)
            {
                continue;
            }

            served[position] = true;
            if (!common.Contains(both.Text))
            {
                common.Add(both.Text);
            }
        }

        return common;
    }

    private void WarnOfIdleHostnames(RouteSpec route, bool[] served)
    {
        // Where nothing is served at all, the refusal has said so already.
        if (!served.Contains(true))
        {
            return;
        }

        for (var position = 0; position < served.Length; position++)
        {
            if (!served[position])
            {
                diagnostics.Add(RouteDiagnostics.IdleHostname(route, route.Hostnames[position]));
            }
        }
    }

    private Condition Refuse(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return new Condition(ConditionTypes.Accepted, false, diagnostic.Reason, diagnostic.Detail);
    }
}
