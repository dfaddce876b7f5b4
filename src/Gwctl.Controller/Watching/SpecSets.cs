using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Controller.Watching;

/// <summary>Takes sets of specs apart and puts them together.</summary>
internal static class SpecSets
{
    /// <summary>The single object of a set; null where it has none.</summary>
    public static SpecObject? Only(SpecSet specs) => All(specs).SingleOrDefault();

    /// <summary>A set of these objects, in the set's orders.</summary>
    public static SpecSet Of(IReadOnlyCollection<SpecObject> objects) => new()
    {
        GatewayClasses = Sorted<GatewayClassSpec>(objects),
        Gateways = Sorted<GatewaySpec>(objects),
        Routes = [.. objects.OfType<RouteSpec>().OrderBy(route => route.Kind).ThenBy(route => route.Name)],
        ListenerSets = Sorted<ListenerSetSpec>(objects),
        BackendTlsPolicies = Sorted<BackendTlsPolicySpec>(objects),
        ReferenceGrants = Sorted<ReferenceGrantSpec>(objects),
        Services = Sorted<ServiceSpec>(objects),
        EndpointSlices = Sorted<EndpointSliceSpec>(objects),
        Namespaces = Sorted<NamespaceSpec>(objects),
        Secrets = Sorted<SecretSpec>(objects),
        ConfigMaps = Sorted<ConfigMapSpec>(objects),
        ProviderConfigs = Sorted<ProviderConfigSpec>(objects),
        BackendPolicies = Sorted<BackendPolicySpec>(objects),
        DnsPolicies = Sorted<DnsPolicySpec>(objects),
        Cutovers = Sorted<CutoverSpec>(objects),
    };

    private static EquatableList<T> Sorted<T>(IEnumerable<SpecObject> objects)
        where T : SpecObject =>
        [.. objects.OfType<T>().OrderBy(spec => spec.Name)];

    private static IEnumerable<SpecObject> All(SpecSet specs) =>
    [
        .. specs.GatewayClasses, .. specs.Gateways, .. specs.Routes, .. specs.ListenerSets,
        .. specs.BackendTlsPolicies, .. specs.ReferenceGrants, .. specs.Services, .. specs.EndpointSlices,
        .. specs.Namespaces, .. specs.Secrets, .. specs.ConfigMaps, .. specs.ProviderConfigs,
        .. specs.BackendPolicies, .. specs.DnsPolicies, .. specs.Cutovers,
    ];
}
