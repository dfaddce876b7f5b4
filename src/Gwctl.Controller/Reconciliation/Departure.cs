using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Removes what a Gateway has where it was before it moved to another ProviderConfig: after it is served at
/// the new place, and after those who still know the old addresses had time to learn of it.</summary>
internal sealed class Departure(ReconcilerParts parts)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly ControllerOptions _options = parts.Options;

    /// <summary>Of a Gateway whose new place is as it should be.</summary>
    /// <returns>Null where nothing is left anywhere else.</returns>
    public async Task<ReconcileResult?> LeaveAsync(GatewayReconciler.Work work, CloudPlace here)
    {
        var places = CloudPlaces.Of(work.Gateway);
        if (_options.IsDryRun || places.All(place => place.Scope == here.Scope))
        {
            return null;
        }

        var left = new List<CloudPlace>();
        var again = (TimeSpan?)null;
        foreach (var place in places.Where(place => place.Scope != here.Scope))
        {
            var since = place.Left ?? _options.Clock.GetUtcNow();
            var wait = since + _options.LeaveAfter - _options.Clock.GetUtcNow();
            if (place.Left is null)
            {
                await TellAsync(
                    work, ControllerDiagnostics.Moved(work.Name, place.Scope, here.Scope, _options.LeaveAfter));
            }

            var pause = wait > TimeSpan.Zero ? wait : await RemoveAsync(work, place);
            if (pause is { } soon)
            {
                left.Add(place with { Left = since });
                again = again is { } sooner && sooner < soon ? sooner : soon;
            }
        }

        await parts.Places.WriteAsync(work.Gateway, CloudPlaces.With(left, here), work.Tokens.Stop);
        return again is null ? null : new ReconcileResult("leaving", again);
    }

    /// <returns>Null where nothing is left there; else when to look again.</returns>
    private async Task<TimeSpan?> RemoveAsync(GatewayReconciler.Work work, CloudPlace place)
    {
        if (work.Gateway.Annotation(ControllerAnnotations.DeletionPolicy) is "retain")
        {
            await TellAsync(work, ControllerDiagnostics.Retained(work.Name));
            return null;
        }

        if (await parts.Reach.FindAsync(place, work.Tokens.Stop) is not { } cloud)
        {
            await TellAsync(work, ControllerDiagnostics.OutOfReach(work.Name, place.Config, place.Scope));
            return LookAgain;
        }

        if (_options.Manages.Count < Enum.GetValues<KindConcern>().Length)
        {
            await TellAsync(
                work, ControllerDiagnostics.LeftToOthers(work.Name, $"Everything to destroy in {place.Scope}"));
            return LookAgain;
        }

        var order = new RemovalOrder(work.Name, cloud.Config, cloud.Memory, work.Compilation.Digest)
        {
            Kept = work.Memory.Remembered(work.Name).Select(item => item.Id).ToHashSet(StringComparer.Ordinal),
            Ask = plan => AskAsync(work, plan),
        };
        var result = await new Removal(parts).RemoveAsync(order, work.Tokens);
        foreach (var said in result.Said)
        {
            await TellAsync(work, said);
        }

        return result.Problem is { } problem
            ? problem.Again == TimeSpan.Zero ? RetryAfter : problem.Again ?? LookAgain
            : null;
    }

    private async Task<ReconcileResult?> AskAsync(GatewayReconciler.Work work, Plan plan)
    {
        if (!_options.NeedsApproval)
        {
            return null;
        }

        var digest = PlanText.DigestOf(plan);
        if (work.Gateway.Annotation(ControllerAnnotations.Approve) == digest)
        {
            await parts.Approvals.WithdrawAsync(work.Gateway, work.Tokens.Stop);
            return null;
        }

        await parts.Approvals.PostAsync(work.Gateway, plan, digest, work.Tokens.Stop);
        await TellAsync(work, ControllerDiagnostics.AwaitsApproval(work.Name, digest, PlanText.Summary(plan.Changes)));
        return new ReconcileResult("unapproved", LookAgain);
    }

    private Task TellAsync(GatewayReconciler.Work work, Diagnostic said) =>
        parts.Reporter.TellStateAsync(work.Gateway, said, work.Tokens.Stop);
}
