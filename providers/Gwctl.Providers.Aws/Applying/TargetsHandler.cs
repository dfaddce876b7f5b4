using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>The targets registered in a group: the difference is registered and deregistered, nothing else is
/// touched.</summary>
internal sealed class TargetsHandler(ApplyContext context) : AwsHandler(context)
{
    /// <summary>AWS names no bound for one call; a hundred keeps a request small.</summary>
    public const int TargetsPerCallMax = 100;

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = after.TextOf("targetGroup");
        await RegisterAsync(arn, after.MapsOf("targets").Select(TargetGroupShape.ToTarget), cancellationToken);
        await WriteDigestAsync(arn, after, cancellationToken);
        return new StepOutcome($"{arn}/targets", AttributeMap.Empty);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = after.TextOf("targetGroup");
        var health = await TargetHealthWaits.ReadAsync(Context, arn, cancellationToken);
        Guard.Unchanged(call, TargetGroupShape.Targets(arn, health));
        var live = health.Where(TargetGroupShape.IsRegistered).Select(found => TargetGroupShape.From(found.Target))
            .ToHashSet();
        var wanted = after.MapsOf("targets").ToHashSet();
        var (added, removed) = (wanted.Except(live).ToList(), live.Except(wanted).ToList());
        await RegisterAsync(arn, added.Select(TargetGroupShape.ToTarget), cancellationToken);
        if (removed.Count > 0 && removed.Count == live.Count && added.Count > 0)
        {
            // All old targets go: the new ones take over first.
            await TargetHealthWaits.HealthyAsync(Context, call, arn, added.ToHashSet(), cancellationToken);
        }

        await DeregisterAsync(arn, removed.Select(TargetGroupShape.ToTarget), cancellationToken);
        await WriteDigestAsync(arn, after, cancellationToken);
        return new StepOutcome($"{arn}/targets", AttributeMap.Empty);
    }

    /// <summary>Where the group stays and gwctl shall not keep its targets any more.</summary>
    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = Before(call).TextOf("targetGroup");
        await DeregisterAsync(arn, Before(call).MapsOf("targets").Select(TargetGroupShape.ToTarget), cancellationToken);
    }

    /// <summary>Targets have no marks of their own: their group's are theirs.</summary>
    public override Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new StepOutcome(call.Step.LiveId, AttributeMap.Empty));

    public override Task ReadyAsync(StepCall call, CancellationToken cancellationToken) =>
        TargetHealthWaits.HealthyAsync(Context, call, GroupOf(call), only: null, cancellationToken);

    public override Task DrainedAsync(StepCall call, CancellationToken cancellationToken) =>
        TargetHealthWaits.DrainedAsync(Context, call, GroupOf(call), cancellationToken);

    private static string GroupOf(StepCall call) =>
        (call.After ?? call.Step.Before)?.TextOrNull("targetGroup")
        ?? call.Output(call.Step.Address with { Kind = Kinds.TargetGroup }, "arn")
        ?? throw ApplyFailures.Common.NotThere(call.Step.Address);

    private async Task RegisterAsync(
        string arn, IEnumerable<TargetDescription> targets, CancellationToken cancellationToken)
    {
        foreach (var batch in targets.Chunk(TargetsPerCallMax))
        {
            await Api.Elbv2.RegisterTargetsAsync(
                new() { TargetGroupArn = arn, Targets = [.. batch] }, cancellationToken);
        }
    }

    private async Task DeregisterAsync(
        string arn, IEnumerable<TargetDescription> targets, CancellationToken cancellationToken)
    {
        foreach (var batch in targets.Chunk(TargetsPerCallMax))
        {
            await Api.Elbv2.DeregisterTargetsAsync(
                new() { TargetGroupArn = arn, Targets = [.. batch] }, cancellationToken);
        }
    }

    /// <summary>After the registrations, so that the digest never promises what a crash prevented.</summary>
    private async Task WriteDigestAsync(string arn, AttributeMap after, CancellationToken cancellationToken)
    {
        var digest = Canonical.Digest(after["targets"] ?? Attr.List([]));
        await ElbTagging.AddAsync(
            Api, arn, new Tags([KeyValuePair.Create(Marks.TargetsDigest, digest)]), cancellationToken);
        Context.Ledger.Wrote(arn, Marks.TargetsDigest, digest);
    }
}
