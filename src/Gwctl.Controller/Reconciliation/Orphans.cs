using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Cloud objects that bear our owner's mark, of Gateways that the cluster does not have. They are told, and
/// removed only where the controller was started to do so: they may be another cluster's, or a pipeline's.</summary>
internal sealed class Orphans(ReconcilerParts parts)
{
    private HashSet<(ObjectName Config, ObjectName Gateway)> _before = [];

    /// <summary>At the last look.</summary>
    public int Count => _before.Count;

    /// <summary>Looks into each cloud that is in use.</summary>
    /// <param name="isMine">Another replica looks after the others.</param>
    /// <returns>Those that may be pruned: seen at two looks in a row, in a cloud that still serves other Gateways of
    /// this cluster, so that a cluster which lost everything removes nothing.</returns>
    public async Task<IReadOnlyList<ObjectName>> LookAsync(
        Func<ObjectId, bool> isMine, CancellationToken cancellationToken)
    {
        var found = new HashSet<(ObjectName Config, ObjectName Gateway)>();
        var scopes = new HashSet<string>(StringComparer.Ordinal);
        var prunable = new List<ObjectName>();
        foreach (var config in parts.Reach.InUse())
        {
            var names = await SeenAsync(config, scopes, isMine, cancellationToken);
            found.UnionWith(names.Select(name => (config.Name, name)));
            if (names.Count > 0)
            {
                await TellAsync(config, names, cancellationToken);
            }

            if (parts.Options.Prunes && parts.Reach.HasGateways(config))
            {
                prunable.AddRange(names.Where(name => _before.Contains((config.Name, name))));
            }
        }

        _before = found;
        return prunable;
    }

    /// <summary>Removes what there is of a Gateway that the cluster does not have.</summary>
    public async Task<ReconcileResult> PruneAsync(ObjectName gateway, WorkTokens tokens)
    {
        foreach (var config in IsOrphan(gateway) ? parts.Reach.InUse() : [])
        {
            if (parts.Scopes.For(config).Value is not { Memory: var memory } || !memory.Seen.Contains(gateway))
            {
                continue;
            }

            var result = await new Removal(parts).RemoveAsync(
                new RemovalOrder(gateway, config, memory, ""), tokens);
            foreach (var said in result.Said)
            {
                await SayAsync(config, said, tokens.Stop);
            }

            if (result.Problem is { } problem)
            {
                return problem;
            }
        }

        return new ReconcileResult("pruned");
    }

    private async Task<List<ObjectName>> SeenAsync(
        ProviderConfigSpec config,
        HashSet<string> scopes,
        Func<ObjectId, bool> isMine,
        CancellationToken cancellationToken)
    {
        if (parts.Scopes.For(config).Value is not { Memory: var memory })
        {
            return [];
        }

        try
        {
            var seen = await memory.SurveyAsync(cancellationToken);
            // Two configurations may lead to one place.
            return scopes.Add(CloudPlaces.ScopeOf(await memory.IdentifyAsync(cancellationToken)))
                ? [.. seen.Where(name => isMine(ClusterStore.GatewayId(name)) && IsOrphan(name))]
                : [];
        }
        catch (ProviderException exception)
        {
            parts.Log.Tell(exception.Diagnostic);
            return [];
        }
    }

    private bool IsOrphan(ObjectName gateway) =>
        parts.Store.Find(ClusterStore.GatewayId(gateway)) is null
        && !parts.Retentions.All.Contains(gateway.ToString());

    private Task TellAsync(
        ProviderConfigSpec config, List<ObjectName> gateways, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", gateways.Take(20)) + (gateways.Count > 20 ? ", …" : "");
        return SayAsync(
            config, ControllerDiagnostics.Orphans(config.Name, names, gateways[0]), cancellationToken);
    }

    private async Task SayAsync(ProviderConfigSpec config, Diagnostic said, CancellationToken cancellationToken)
    {
        if (parts.Store.Find(Reach.IdOf(config)) is { } item)
        {
            await parts.Reporter.TellAsync(item, said, cancellationToken);
        }
        else
        {
            parts.Log.Tell(said);
        }
    }
}
