using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Controller.Reconciliation;

/// <summary>What to remove: everything that a Gateway has in one place.</summary>
/// <param name="InputDigest">For the plan.</param>
internal sealed record RemovalOrder(
    ObjectName Gateway, ProviderConfigSpec Config, ScopeMemory Memory, string InputDigest)
{
    /// <summary>Cloud ids of objects that the Gateway has there and still needs: a zone's record may be reached from
    /// two places.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Asked before a plan with changes is carried out; null carries it out.</summary>
    public Func<Plan, Task<ReconcileResult?>> Ask { get; init; } = static _ => Task.FromResult<ReconcileResult?>(null);
}

/// <summary>What came of it.</summary>
/// <param name="Problem">Null where nothing is left there.</param>
/// <param name="Said">What there is to tell, also where it went well.</param>
internal sealed record RemovalResult(ReconcileResult? Problem, EquatableList<Diagnostic> Said)
{
    public static RemovalResult Failed(string word, params IEnumerable<Diagnostic> said) =>
        new(ReconcileResult.Failed(word), [.. said]);
}

/// <summary>Removes what a Gateway has in a cloud, in safe order.</summary>
internal sealed class Removal(ReconcilerParts parts)
{
    private static readonly TimeSpan BlockedAgain = TimeSpan.FromMinutes(5);

    public async Task<RemovalResult> RemoveAsync(RemovalOrder order, WorkTokens tokens)
    {
        order.Memory.Forget(order.Gateway);
        var provider = new GatewayProvider(order.Memory, order.Gateway) { Hidden = order.Kept };
        var session = new PlanSession(_ => Compiled.From<IProvider>(provider), parts.Options.Clock);
        var planned = await session.PlanAsync(
            new PlanRequest
            {
                Purpose = PlanPurpose.Destroy,
                Model = new RoutingModel([]),
                Configs = [order.Config],
                InputDigest = order.InputDigest,
                ToolVersion = parts.Options.ToolVersion,
                Depth = ReadDepth.Shallow,
            },
            tokens.Stop);
        if (planned is not { Succeeded: true, Value: { } plan })
        {
            return RemovalResult.Failed("unplanned", planned.Diagnostics);
        }

        if (plan.Blocks.Count > 0)
        {
            return new RemovalResult(
                new ReconcileResult("blocked", BlockedAgain),
                [.. plan.Blocks.Select(block => ControllerDiagnostics.Blocked(order.Gateway, block.Detail))]);
        }

        if (!plan.HasChanges)
        {
            return new RemovalResult(null, []);
        }

        if (parts.Options.IsDryRun)
        {
            parts.Reporter.TellDryRun(order.Gateway, plan);
            return new RemovalResult(new ReconcileResult("unchanged"), []);
        }

        return await order.Ask(plan) is { } answer
            ? new RemovalResult(answer, [])
            : await RunAsync(order, plan, session, tokens);
    }

    private async Task<RemovalResult> RunAsync(
        RemovalOrder order, Plan plan, PlanSession session, WorkTokens tokens)
    {
        parts.Telemetry.Planned(plan.Steps.Count);
        // Nothing new about a Gateway is worth an interruption: what goes is not wanted in any case.
        var run = await parts.Runs.RunAsync(
            plan, session.Providers, static _ => null, tokens with { Superseded = CancellationToken.None });
        order.Memory.Forget(order.Gateway);
        var why = string.Join(' ', run.Failures.Select(failure => failure.Detail));
        return run.IsComplete
            ? new RemovalResult(
                null, [ControllerDiagnostics.RolledOut(order.Gateway, PlanText.Summary(plan.Changes))])
            : RemovalResult.Failed(
                "incomplete", [.. run.Failures, ControllerDiagnostics.Incomplete(order.Gateway, why)]);
    }
}
