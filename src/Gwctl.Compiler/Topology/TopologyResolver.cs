using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Finds out who attaches to whom, by the Gateway API's rules, and says what does not work as
/// written.</summary>
public static class TopologyResolver
{
    /// <summary>Always gives a topology: what cannot be used is left out of it, reported, and told in the
    /// conditions.</summary>
    public static Compiled<SpecTopology> Resolve(SpecSet specs, TopologyOptions options)
    {
        var diagnostics = new List<Diagnostic>();
        var index = new SpecIndex(specs);
        var classes = new ClassResolver(index, options, diagnostics);
        var ourClasses = classes.ResolveClasses();
        var gateways = FindGateways(index, classes, ourClasses, diagnostics);
        var access = new NamespaceAccess(index, diagnostics);
        var byName = gateways.ToDictionary(item => item.Spec.Name);
        var authorities = new CaResolver(index);
        ResolveListeners(byName, new Judges(index, classes, access, authorities), diagnostics);
        new DnsAttacher(index, byName, diagnostics).Attach();
        var attacher = new RouteAttacher(index, byName, access, diagnostics);
        var policies = PolicyAttacher.Attach(index, diagnostics);
        var backendTls = new BackendTlsResolver(index, authorities, diagnostics);
        var references = new ReferenceResolver(
            index, policies, backendTls, new EndpointResolver(index, diagnostics), diagnostics);
        var routes = ResolveRoutes(InAttachingOrder(index), attacher, references);
        if (index.MixesRequestKinds)
        {
            SortRoutes(routes, gateways);
        }

        var topology = new SpecTopology
        {
            Classes = [.. ourClasses],
            Gateways = [.. gateways.Select(GatewayConditions.Finish)],
            Routes = [.. routes],
            Services = [.. references.Backends],
            BackendTlsPolicies = backendTls.Finish(routes),
            RouteTests = specs.RouteTests,
        };
        return Compiled.From(topology, diagnostics);
    }

    private sealed record Judges(
        SpecIndex Index, ClassResolver Classes, NamespaceAccess Access, CaResolver Authorities);

    /// <summary>A Gateway's own listeners come first: whether it is accepted decides over its ListenerSets, and all of
    /// them share what is asked of clients.</summary>
    private static void ResolveListeners(
        Dictionary<ObjectName, GatewayDraft> gateways, Judges judges, List<Diagnostic> diagnostics)
    {
        var certificates = new CertificateResolver(judges.Index, diagnostics);
        var listeners = new ListenerResolver(certificates, diagnostics);
        var sets = new ListenerSetResolver(judges.Index, judges.Access, listeners, diagnostics);
        var tls = new GatewayTlsResolver(judges.Authorities, certificates, diagnostics);
        sets.Attach(gateways);
        foreach (var gateway in gateways.Values)
        {
            judges.Classes.Configure(gateway);
            listeners.Resolve(gateway);
            tls.ResolveOwn(gateway);
            sets.Resolve(gateway);
            tls.ResolveSets(gateway);
            listeners.MarkOverlaps(gateway);
        }
    }

    private static List<GatewayDraft> FindGateways(
        SpecIndex index,
        ClassResolver classes,
        List<GatewayClassTopology> ourClasses,
        List<Diagnostic> diagnostics)
    {
        var byName = ourClasses.ToDictionary(item => item.Spec.Name.Name);
        var found = new List<GatewayDraft>();
        foreach (var gateway in index.Gateways.Values.OrderBy(item => item.Name))
        {
            var className = gateway.GatewayClassName.Value;
            if (byName.TryGetValue(className, out var ours))
            {
                found.Add(new GatewayDraft(gateway, ours));
                continue;
            }

            if (index.Classes.TryGetValue(className, out var foreign))
            {
                diagnostics.Add(GatewayDiagnostics.ForeignClass(gateway, foreign));
            }
            else if (classes.Assume(gateway) is { } assumed)
            {
                found.Add(new GatewayDraft(gateway, assumed));
            }
            else
            {
                diagnostics.Add(GatewayDiagnostics.UnknownClass(
                    gateway, index.Hints.For("GatewayClass", className, index.Classes.Keys)));
            }
        }

        return found;
    }

    /// <summary>By age where an HTTPRoute and a GRPCRoute may be rivals, for the older one wins; else as they are to
    /// be listed.</summary>
    private static IOrderedEnumerable<RouteSpec> InAttachingOrder(SpecIndex index) => index.MixesRequestKinds
        ? index.Specs.Routes
            .OrderBy(route => route.Meta.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(route => route.Name)
            .ThenBy(route => route.Kind)
        : index.Specs.Routes.OrderBy(route => route.Kind).ThenBy(route => route.Name);

    private static void SortRoutes(List<RouteTopology> routes, List<GatewayDraft> gateways)
    {
        static int Compare(RouteSpec left, RouteSpec right) =>
            left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.Name.CompareTo(right.Name);
        routes.Sort(static (left, right) => Compare(left.Spec, right.Spec));
        foreach (var listener in gateways.SelectMany(gateway => gateway.AllListeners))
        {
            listener.Routes.Sort(static (left, right) => Compare(left.Route, right.Route));
        }
    }

    private static List<RouteTopology> ResolveRoutes(
        IEnumerable<RouteSpec> specs, RouteAttacher attacher, ReferenceResolver references)
    {
        var found = new List<RouteTopology>();
        foreach (var route in specs)
        {
            var parents = attacher.Attach(route);
            if (parents.Count is 0)
            {
                continue;
            }

            var (rules, resolved) = references.Resolve(route);
            var told = parents.Select(parent => parent with { Conditions = [.. parent.Conditions, resolved] });
            found.Add(new RouteTopology(route, [.. told]) { Rules = rules });
        }

        return found;
    }
}
