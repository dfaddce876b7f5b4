using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>Puts the objects of all texts into one set, in order, each once.</summary>
internal sealed class SpecMerger
{
    private readonly Dictionary<ObjectId, SpecObject> _objects = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly SortedDictionary<string, int> _passedOver = new(StringComparer.Ordinal);

    public void Add(DocumentResult result)
    {
        _diagnostics.AddRange(result.Diagnostics);
        foreach (var kind in result.PassedOver)
        {
            _passedOver[kind] = _passedOver.GetValueOrDefault(kind) + 1;
        }

        foreach (var spec in result.Objects)
        {
            if (!_objects.TryAdd(spec.Id, spec))
            {
                _diagnostics.Add(ObjectDiagnostics.Duplicate(spec, _objects[spec.Id].Span));
            }
        }
    }

    public Compiled<SpecSet> Merge()
    {
        if (_passedOver.Count > 0)
        {
            var kinds = string.Join(", ", _passedOver.Select(kind => $"{kind.Key} {kind.Value}"));
            _diagnostics.Add(ObjectDiagnostics.PassedOver(_passedOver.Values.Sum(), kinds));
        }

        var specs = new SpecSet
        {
            GatewayClasses = Sorted<GatewayClassSpec>(),
            Gateways = Sorted<GatewaySpec>(),
            Routes = [.. _objects.Values.OfType<RouteSpec>().OrderBy(route => route.Kind).ThenBy(route => route.Name)],
            ListenerSets = Sorted<ListenerSetSpec>(),
            BackendTlsPolicies = Sorted<BackendTlsPolicySpec>(),
            ReferenceGrants = Sorted<ReferenceGrantSpec>(),
            Services = Sorted<ServiceSpec>(),
            EndpointSlices = Sorted<EndpointSliceSpec>(),
            Namespaces = Sorted<NamespaceSpec>(),
            Secrets = Sorted<SecretSpec>(),
            ConfigMaps = Sorted<ConfigMapSpec>(),
            ProviderConfigs = Sorted<ProviderConfigSpec>(),
            BackendPolicies = Sorted<BackendPolicySpec>(),
            RouteTests = Sorted<RouteTestSpec>(),
            Ingresses = Sorted<IngressSpec>(),
            DnsPolicies = Sorted<DnsPolicySpec>(),
            Cutovers = Sorted<CutoverSpec>(),
        };
        return Compiled.From(specs, _diagnostics);
    }

    private EquatableList<T> Sorted<T>()
        where T : SpecObject =>
        [.. _objects.Values.OfType<T>().OrderBy(spec => spec.Name)];
}
