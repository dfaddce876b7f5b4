using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Removes what a Gateway has in its clouds, and then lets the Gateway go.</summary>
internal sealed class GatewayDeletion(ReconcilerParts parts)
{
    public async Task<ReconcileResult> DeleteAsync(Compilation compilation, ClusterObject gateway, WorkTokens tokens)
    {
        var name = gateway.Id.Name;
        if (!Finalizers.Has(gateway))
        {
            return new ReconcileResult("going");
        }

        var retains = gateway.Annotation(ControllerAnnotations.DeletionPolicy) is "retain";
        if (retains || !parts.Options.Manages.Contains(KindConcern.Infrastructure))
        {
            var kept = retains
                ? ControllerDiagnostics.Retained(name)
                : ControllerDiagnostics.LeftToOthers(name, "All that is to destroy");
            if (retains && !parts.Options.IsDryRun)
            {
                await parts.Retentions.AddAsync(compilation.Slice, gateway, tokens.Stop);
            }

            await parts.Reporter.TellAsync(gateway, kept, tokens.Stop);
            return await LetGoAsync(gateway, "retained", tokens);
        }

        try
        {
            return await RemoveAsync(compilation, gateway, tokens);
        }
        catch (ProviderException exception)
        {
            await parts.Reporter.TellAsync(compilation.Slice, gateway.Id, [exception.Diagnostic], tokens.Stop);
            return ReconcileResult.Failed("unplanned");
        }
    }

    private async Task<ReconcileResult> RemoveAsync(Compilation compilation, ClusterObject gateway, WorkTokens tokens)
    {
        var (orders, unreachable) = await OrdersAsync(compilation, gateway, tokens);
        foreach (var (_, order) in orders)
        {
            var result = await new Removal(parts).RemoveAsync(order, tokens);
            await TellAsync(compilation.Slice, gateway, result.Said, tokens);
            if (result.Problem is { } problem)
            {
                return problem;
            }
        }

        if (unreachable is not null)
        {
            if (!parts.Options.IsDryRun)
            {
                var gone = orders.Select(order => order.Scope).ToHashSet(StringComparer.Ordinal);
                var left = CloudPlaces.Of(gateway).Where(place => !gone.Contains(place.Scope));
                await parts.Places.WriteAsync(gateway, [.. left], tokens.Stop);
            }

            await parts.Reporter.TellAsync(compilation.Slice, gateway.Id, [unreachable], tokens.Stop);
            return ReconcileResult.Failed("unplanned");
        }

        return await LetGoAsync(gateway, "deleted", tokens);
    }

    /// <summary>Where it is now, and wherever else it was.</summary>
    private async Task<(List<(string Scope, RemovalOrder Order)> Orders, Diagnostic? Unreachable)> OrdersAsync(
        Compilation compilation, ClusterObject gateway, WorkTokens tokens)
    {
        var orders = new Dictionary<string, RemovalOrder>(StringComparer.Ordinal);
        var name = gateway.Id.Name;
        if (compilation.Gateway?.Config is { } config
            && parts.Scopes.For(config).Value is { Memory: var memory })
        {
            var scope = CloudPlaces.ScopeOf(await memory.IdentifyAsync(tokens.Stop));
            orders[scope] = Order(config, memory);
        }

        Diagnostic? unreachable = null;
        foreach (var place in CloudPlaces.Of(gateway).Where(place => !orders.ContainsKey(place.Scope)))
        {
            if (await parts.Reach.FindAsync(place, tokens.Stop) is { } found)
            {
                orders[place.Scope] = Order(found.Config, found.Memory);
            }
            else
            {
                unreachable = ControllerDiagnostics.OutOfReach(name, place.Config, place.Scope);
            }
        }

        return ([.. orders.Select(pair => (pair.Key, pair.Value))], orders.Count is 0
            ? unreachable ?? ControllerDiagnostics.NoConfigToDelete(name)
            : unreachable);

        RemovalOrder Order(ProviderConfigSpec config, ScopeMemory memory) =>
            new(name, config, memory, compilation.Digest);
    }

    private async Task TellAsync(
        ClusterSlice slice, ClusterObject gateway, EquatableList<Diagnostic> said, WorkTokens tokens)
    {
        await parts.Reporter.TellAsync(slice, gateway.Id, said, tokens.Stop);
        foreach (var note in said.Where(item => item.Severity is Severity.Note))
        {
            await parts.Reporter.TellAsync(gateway, note, tokens.Stop);
        }
    }

    private async Task<ReconcileResult> LetGoAsync(ClusterObject gateway, string word, WorkTokens tokens)
    {
        if (!parts.Options.IsDryRun)
        {
            await parts.Places.LetGoAsync(gateway, tokens.Stop);
        }

        return new ReconcileResult(word);
    }
}
