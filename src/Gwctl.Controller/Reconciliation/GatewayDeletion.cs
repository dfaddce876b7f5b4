using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Removes what a Gateway has in its cloud, and then lets the Gateway go.</summary>
internal sealed class GatewayDeletion(ReconcilerParts parts)
{
    public async Task<ReconcileResult> DeleteAsync(Compilation compilation, ClusterObject gateway, WorkTokens tokens)
    {
        if (!Finalizers.Has(gateway))
        {
            return new ReconcileResult("going");
        }

        if (gateway.Annotation(ControllerAnnotations.DeletionPolicy) is "retain")
        {
            await parts.Reporter.TellAsync(gateway, ControllerDiagnostics.Retained(gateway.Id.Name), tokens.Stop);
            return await LetGoAsync(gateway, "retained", tokens);
        }

        if (compilation.Gateway?.Config is not { } config
            || parts.Scopes.For(config).Value is not { Memory: var memory })
        {
            var said = ControllerDiagnostics.NoConfigToDelete(gateway.Id.Name);
            await parts.Reporter.TellAsync(compilation.Slice, gateway.Id, [said], tokens.Stop);
            return ReconcileResult.Failed("unplanned");
        }

        memory.Forget(gateway.Id.Name);
        var provider = new GatewayProvider(memory, gateway.Id.Name);
        var session = new PlanSession(_ => Compiled.From<IProvider>(provider), parts.Options.Clock);
        var planned = await session.PlanAsync(
            new PlanRequest
            {
                Purpose = PlanPurpose.Destroy,
                Model = new RoutingModel([]),
                Configs = [config],
                InputDigest = compilation.Digest,
                ToolVersion = parts.Options.ToolVersion,
                Depth = ReadDepth.Shallow,
            },
            tokens.Stop);
        return await CarryOutAsync(compilation, gateway, planned, session, tokens);
    }

    private async Task<ReconcileResult> CarryOutAsync(
        Compilation compilation, ClusterObject gateway, Compiled<Plan> planned, PlanSession session, WorkTokens tokens)
    {
        if (planned is not { Succeeded: true, Value: { } plan })
        {
            await parts.Reporter.TellAsync(compilation.Slice, gateway.Id, planned.Diagnostics, tokens.Stop);
            return ReconcileResult.Failed("unplanned");
        }

        if (plan.Blocks.Count > 0)
        {
            var blocks = plan.Blocks.Select(block => ControllerDiagnostics.Blocked(gateway.Id.Name, block.Detail));
            await parts.Reporter.TellAsync(compilation.Slice, gateway.Id, blocks, tokens.Stop);
            return new ReconcileResult("blocked", TimeSpan.FromMinutes(5));
        }

        if (parts.Options.IsDryRun)
        {
            return new ReconcileResult("unchanged");
        }

        if (plan.HasChanges)
        {
            parts.Telemetry.Planned(plan.Steps.Count);
            // Nothing new about a Gateway that goes is worth an interruption.
            var run = await parts.Runs.RunAsync(
                plan, session.Providers, static _ => null, tokens with { Superseded = CancellationToken.None });
            if (!run.IsComplete)
            {
                var why = string.Join(' ', run.Failures.Select(failure => failure.Detail));
                await parts.Reporter.TellAsync(
                    compilation.Slice,
                    gateway.Id,
                    [.. run.Failures, ControllerDiagnostics.Incomplete(gateway.Id.Name, why)],
                    tokens.Stop);
                return ReconcileResult.Failed("incomplete");
            }

            var summary = PlanText.Summary(plan.Changes);
            await parts.Reporter.TellAsync(
                gateway, ControllerDiagnostics.RolledOut(gateway.Id.Name, summary), tokens.Stop);
        }

        return await LetGoAsync(gateway, "deleted", tokens);
    }

    private async Task<ReconcileResult> LetGoAsync(ClusterObject gateway, string word, WorkTokens tokens)
    {
        if (!parts.Options.IsDryRun)
        {
            await parts.Finalizers.RemoveAsync(gateway, tokens.Stop);
        }

        return new ReconcileResult(word);
    }
}
