using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Controller.Reconciliation;

/// <summary>A cloud that a ProviderConfig leads to.</summary>
internal sealed record ReachedCloud(ProviderConfigSpec Config, ScopeMemory Memory);

/// <summary>Finds the clouds that the cluster's ProviderConfigs lead to.</summary>
internal sealed class Reach(ControllerOptions options, ClusterStore store, Scopes scopes)
{
    /// <summary>Those that a class of ours or a Gateway uses, sorted by name.</summary>
    public IReadOnlyList<ProviderConfigSpec> InUse() =>
    [
        .. store.OfKind(ApiGroups.Gwctl, "ProviderConfig")
            .Where(item => store.WholesOf(item.Id).Any(IsOurs))
            .Select(item => item.Spec)
            .OfType<ProviderConfigSpec>()
            .Concat(options.ProviderConfig is { } given ? [given] : [])
            .DistinctBy(config => config.Name),
    ];

    /// <summary>True where a Gateway of the cluster is served there.</summary>
    public bool HasGateways(ProviderConfigSpec config) => store.WholesOf(IdOf(config))
        .Concat(config == options.ProviderConfig
            ? store.OfKind(ApiGroups.Gateway, ObjectEdges.Gateway).Select(item => item.Id)
            : [])
        .Any(whole => whole.Kind is ObjectEdges.Gateway);

    public static ObjectId IdOf(ProviderConfigSpec config) => new(ApiGroups.Gwctl, "ProviderConfig", config.Name);

    /// <summary>Null where the ProviderConfig is gone, cannot be used, or means another place by now.</summary>
    /// <exception cref="ProviderException">The cloud does not say who we are there.</exception>
    public async Task<ReachedCloud?> FindAsync(CloudPlace place, CancellationToken cancellationToken)
    {
        var config = store.OfKind(ApiGroups.Gwctl, "ProviderConfig")
            .Select(item => item.Spec)
            .OfType<ProviderConfigSpec>()
            .Concat(options.ProviderConfig is { } given ? [given] : [])
            .FirstOrDefault(item => item.Name.ToString() == place.Config);
        if (config is null || scopes.For(config).Value is not { Memory: var memory })
        {
            return null;
        }

        return CloudPlaces.ScopeOf(await memory.IdentifyAsync(cancellationToken)) == place.Scope
            ? new ReachedCloud(config, memory)
            : null;
    }

    private bool IsOurs(ObjectId whole) => whole.Kind is ObjectEdges.Gateway
        || (store.Find(whole)?.Spec is GatewayClassSpec found && options.IsOurs(found.ControllerName.Value));
}
