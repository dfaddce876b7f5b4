using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Controller.Watching;

/// <summary>What an object's fields name, as edges.</summary>
/// <remarks>Some names stand for several objects. They are ids of kinds that Kubernetes does not have: all
/// ReferenceGrants of a namespace, all ProviderConfigs of a name, all Gateways that are defaults.</remarks>
internal static class ObjectEdges
{
    public const string Gateway = "Gateway";
    public const string Class = "GatewayClass";

    private static readonly ObjectId s_defaults = new(ApiGroups.Gateway, "DefaultGateways", new ObjectName("", ""));

    /// <summary>Of what its spec names, and of the Gateways that its status still speaks of: they must clean
    /// it.</summary>
    public static List<ObjectEdge> Of(ClusterObject item, EquatableList<string> controllers)
    {
        var edges = Of(item.Spec ?? item.Outline);
        edges.AddRange(WrittenStatus.GatewaysIn(item, controllers).Select(gateway => new ObjectEdge(item.Id, gateway)));
        return edges;
    }

    private static List<ObjectEdge> Of(SpecObject? spec)
    {
        var edges = new List<ObjectEdge>();
        switch (spec)
        {
            case GatewayClassSpec item:
                AddParameters(edges, item.Id, item.ParametersRef);
                break;
            case GatewaySpec item:
                AddGateway(edges, item);
                break;
            case ListenerSetSpec item:
                edges.Add(new ObjectEdge(item.Id, Target(item.ParentRef, item.Name.Namespace)));
                edges.Add(new ObjectEdge(NamespaceOf(item), item.Id));
                AddCertificates(edges, item.Id, item.Listeners);
                break;
            case RouteSpec item:
                AddRoute(edges, item);
                break;
            case EndpointSliceSpec { ServiceName: { } service } item:
                edges.Add(new ObjectEdge(item.Id, Service(item.Name.Namespace, service)));
                break;
            case BackendPolicySpec item:
                AddTargets(edges, item, item.TargetRefs);
                break;
            case BackendTlsPolicySpec item:
                AddTargets(edges, item, item.TargetRefs.Select(target => target.Target));
                AddReferences(edges, item.Id, item.CaCertificateRefs);
                break;
            case DnsPolicySpec item:
                edges.Add(new ObjectEdge(item.Id, Target(item.TargetRef, item.Name.Namespace)));
                break;
            case CutoverSpec item:
                edges.Add(new ObjectEdge(item.Id, Target(item.To, item.Name.Namespace)));
                break;
            case ReferenceGrantSpec item:
                edges.Add(new ObjectEdge(item.Id, GrantsOf(item.Name.Namespace)));
                break;
            case ProviderConfigSpec item:
                edges.Add(new ObjectEdge(item.Id, ConfigsOf(item.Name.Name)));
                break;
            default:
                break; // Services, Namespaces, Secrets and ConfigMaps name nothing.
        }

        return edges;
    }

    private static void AddGateway(List<ObjectEdge> edges, GatewaySpec gateway)
    {
        var name = new ObjectName("", gateway.GatewayClassName.Value);
        edges.Add(new ObjectEdge(new ObjectId(ApiGroups.Gateway, "GatewayClass", name), gateway.Id));
        AddParameters(edges, gateway.Id, gateway.Infrastructure?.ParametersRef);
        AddCertificates(edges, gateway.Id, gateway.Listeners);
        if (gateway.IsDefault)
        {
            edges.Add(new ObjectEdge(s_defaults, gateway.Id));
        }

        if (gateway.Tls is { } tls)
        {
            var validations = (tls.Frontend?.PerPort.Select(port => port.Validation) ?? [])
                .Append(tls.Frontend?.Default)
                .OfType<ClientValidationSpec>();
            AddReferences(edges, gateway.Id, validations.SelectMany(validation => validation.CaCertificateRefs));
            AddReferences(edges, gateway.Id, tls.BackendCertificate is { } shown ? [shown] : []);
        }
    }

    private static void AddRoute(List<ObjectEdge> edges, RouteSpec route)
    {
        edges.AddRange(route.ParentRefs.Select(
            parent => new ObjectEdge(route.Id, Target(parent.Target, route.Name.Namespace))));
        if (route.UsesDefaultGateways)
        {
            edges.Add(new ObjectEdge(route.Id, s_defaults));
        }

        edges.Add(new ObjectEdge(NamespaceOf(route), route.Id));
        foreach (var rule in route.Rules)
        {
            var filters = rule.Filters.Concat(rule.BackendRefs.SelectMany(backend => backend.Filters));
            AddReferences(edges, route.Id, rule.BackendRefs.Select(backend => backend.Target)
                .Concat(filters.OfType<HttpFilterSpec.RequestMirror>().Select(mirror => mirror.Backend)));
        }
    }

    private static void AddCertificates(
        List<ObjectEdge> edges, ObjectId owner, EquatableList<ListenerSpec> listeners) =>
        AddReferences(
            edges, owner, listeners.SelectMany(listener => listener.Tls?.CertificateRefs.AsEnumerable() ?? []));

    /// <summary>What lies in another namespace also needs that namespace's leave.</summary>
    private static void AddReferences(List<ObjectEdge> edges, ObjectId owner, IEnumerable<SpecReference> references)
    {
        foreach (var reference in references)
        {
            var target = Target(reference, owner.Name.Namespace);
            edges.Add(new ObjectEdge(target, owner));
            if (target.Name.Namespace != owner.Name.Namespace)
            {
                edges.Add(new ObjectEdge(GrantsOf(target.Name.Namespace), owner));
            }
        }
    }

    /// <summary>Both ways: a policy matters to its Services, and it cannot be judged without all of them.</summary>
    private static void AddTargets(List<ObjectEdge> edges, SpecObject policy, IEnumerable<SpecReference> targets)
    {
        foreach (var target in targets)
        {
            var service = Service(policy.Name.Namespace, target.Name);
            edges.Add(new ObjectEdge(policy.Id, service));
            edges.Add(new ObjectEdge(service, policy.Id));
        }
    }

    private static void AddParameters(List<ObjectEdge> edges, ObjectId owner, SpecReference? parameters)
    {
        if (parameters is not null)
        {
            edges.Add(new ObjectEdge(ConfigsOf(parameters.Name), owner));
        }
    }

    /// <param name="space">Of the object that refers.</param>
    public static ObjectId Target(SpecReference reference, string space) => new(
        reference.Group, reference.Kind, new ObjectName(reference.Namespace ?? space, reference.Name));

    private static ObjectId Service(string space, string name) =>
        new(ApiGroups.Core, "Service", new ObjectName(space, name));

    private static ObjectId NamespaceOf(SpecObject item) =>
        new(ApiGroups.Core, "Namespace", new ObjectName("", item.Name.Namespace));

    private static ObjectId GrantsOf(string space) =>
        new(ApiGroups.Gateway, "ReferenceGrants", new ObjectName(space, ""));

    private static ObjectId ConfigsOf(string name) =>
        new(ApiGroups.Gwctl, "ProviderConfigs", new ObjectName("", name));
}
