using Gwctl.Compiler.Topology;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Says of a GatewayClass whether it is served, and what its provider can do.</summary>
internal sealed class ClassReconciler(ReconcilerParts parts)
{
    public async Task<ReconcileResult> ReconcileAsync(ClusterSlice slice, WorkTokens tokens)
    {
        if (slice.Whole is not { } item)
        {
            parts.Forget(slice.Key);
            return new ReconcileResult("gone");
        }

        var compilation = Compilation.Of(slice, parts.Options);
        if (compilation.Topology.Classes is not [var topology, ..])
        {
            return ReconcileResult.Foreign;
        }

        await HoldAsync(item, tokens.Stop);
        var report = StatusReport.Build(
            compilation.Topology,
            [],
            new StatusOptions
            {
                SupportedFeatures = FeaturesOf(topology),
                BundleVersion = parts.Watcher.BundleVersion,
            });
        await parts.Reporter.TellAsync(slice, item.Id, compilation.Earlier, tokens.Stop);
        var problems = await parts.Status.WriteClassAsync(item, report.Classes[0], tokens.Stop);
        return problems is [var problem, ..] ? throw problem : ReconcileResult.Unchanged;
    }

    /// <summary>A class stays while a Gateway uses it: without it nobody knows where the Gateway belongs.</summary>
    private Task HoldAsync(ClusterObject item, CancellationToken cancellationToken)
    {
        var isUsed = parts.Store.IsUsed(item.Id);
        if (parts.Options.IsDryRun || (isUsed && item.IsBeingDeleted))
        {
            return Task.CompletedTask;
        }

        return isUsed
            ? parts.Finalizers.AddAsync(item, ControllerNames.ClassFinalizer, [], cancellationToken)
            : parts.Finalizers.RemoveAsync(item, ControllerNames.ClassFinalizer, [], cancellationToken);
    }

    /// <summary>What is done with a difference is no support: the suite would find the difference.</summary>
    private EquatableList<string> FeaturesOf(GatewayClassTopology topology) =>
        topology.Config is { } config && parts.Scopes.For(config).Value is { Memory.Provider: { } provider }
            ? [.. provider.Capabilities
                .Where(feature => feature.Level is SupportLevel.Native or SupportLevel.Emulated)
                .Select(feature => feature.Name)]
            : [];
}
