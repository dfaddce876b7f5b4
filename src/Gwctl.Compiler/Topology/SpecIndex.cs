using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Look-ups over a <see cref="SpecSet"/>, so that no stage walks a list for each of another list's
/// members.</summary>
internal sealed class SpecIndex
{
    public SpecIndex(SpecSet specs)
    {
        Specs = specs;
        Gateways = ByName(specs.Gateways);
        Services = ByName(specs.Services);
        Secrets = ByName(specs.Secrets);
        ConfigMaps = ByName(specs.ConfigMaps);
        ListenerSets = ByName(specs.ListenerSets);
        Classes = specs.GatewayClasses.DistinctBy(item => item.Name.Name).ToDictionary(item => item.Name.Name);
        Namespaces = specs.Namespaces.DistinctBy(item => item.Name.Name).ToDictionary(item => item.Name.Name);
        Slices = specs.EndpointSlices
            .Where(slice => slice.ServiceName is not null)
            .ToLookup(slice => new ObjectName(slice.Name.Namespace, slice.ServiceName ?? ""));
        Configs = specs.ProviderConfigs.ToLookup(config => config.Name.Name);
        Grants = new GrantIndex(specs.ReferenceGrants);
        MixesRequestKinds = specs.Routes.Any(route => route.Kind is RouteKind.Http)
            && specs.Routes.Any(route => route.Kind is RouteKind.Grpc);
    }

    public SpecSet Specs { get; }

    public Dictionary<ObjectName, GatewaySpec> Gateways { get; }

    public Dictionary<ObjectName, ServiceSpec> Services { get; }

    public Dictionary<ObjectName, SecretSpec> Secrets { get; }

    public Dictionary<ObjectName, ConfigMapSpec> ConfigMaps { get; }

    public Dictionary<ObjectName, ListenerSetSpec> ListenerSets { get; }

    public Dictionary<string, GatewayClassSpec> Classes { get; }

    public Dictionary<string, NamespaceSpec> Namespaces { get; }

    /// <summary>EndpointSlices by the Service that they belong to.</summary>
    public ILookup<ObjectName, EndpointSliceSpec> Slices { get; }

    /// <summary>ProviderConfigs by their bare name.</summary>
    public ILookup<string, ProviderConfigSpec> Configs { get; }

    public GrantIndex Grants { get; }

    /// <summary>There are both HTTPRoutes and GRPCRoutes, which may want one listener's hostname.</summary>
    public bool MixesRequestKinds { get; }

    public Suggestions Hints { get; } = new();

    private static Dictionary<ObjectName, T> ByName<T>(EquatableList<T> items)
        where T : SpecObject
    {
        var byName = new Dictionary<ObjectName, T>(items.Count);
        foreach (var item in items)
        {
            byName.TryAdd(item.Name, item);
        }

        return byName;
    }
}
