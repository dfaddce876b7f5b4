using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Waits on a target group's targets.</summary>
internal static class TargetHealthWaits
{
    private const string DelayAttribute = "deregistration_delay.timeout_seconds";
    private const int ReasonsShownMax = 5;

    /// <summary>After a group's first use AWS may call its targets unused for some seconds more. Targets in a zone
    /// that the load balancer does not serve are called so for good: they are not waited for longer than
    /// this.</summary>
    private static readonly TimeSpan UnusedGrace = TimeSpan.FromSeconds(30);

    /// <summary>Until the first checks of all registered targets have ended, and one target is healthy: a broken
    /// endpoint among good ones gets no traffic and is told, but holds nothing up. A group without targets passes, and
    /// so does one that no listener uses: nobody checks its targets, so that waiting would never end.</summary>
    /// <param name="context">Clock, limits, clients.</param>
    /// <param name="call">Whose progress is told.</param>
    /// <param name="arn">The target group.</param>
    /// <param name="only">The targets to wait for; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task HealthyAsync(
        ApplyContext context,
        StepCall call,
        string arn,
        IReadOnlySet<AttributeMap>? only,
        CancellationToken cancellationToken)
    {
        var startedAt = context.Clock.GetTimestamp();
        return context.UntilAsync(call, context.Waits.TargetsHealthyMax, async stop =>
        {
            var registered = (await ReadAsync(context, arn, stop))
                .Where(target => TargetGroupShape.IsRegistered(target)
                    && only?.Contains(TargetGroupShape.From(target.Target)) is not false)
                .ToList();
            var mayBeUnused = context.Clock.GetElapsedTime(startedAt) >= UnusedGrace
                || !registered.Exists(IsUnused)
                || !await IsUsedAsync(context, arn, stop);
            var pending = registered.FindAll(target => !(IsUnused(target) ? mayBeUnused : IsReady(target)));
            if (pending.Count == 0)
            {
                return null;
            }

            var ready = registered.Count - pending.Count;
            var found = $"{ready} of {registered.Count} targets healthy ({Reasons(pending)})";
            if (pending.Exists(IsUndecided) || !registered.Exists(IsReady))
            {
                return found;
            }

            call.Warn(ApplyFailures.Common.Unhealthy(call.Step.Address, "Targets", found));
            return null;
        }, cancellationToken);
    }

    /// <summary>Takes the targets out and waits for their last requests. AWS ends the delay early for a target that
    /// has none. Only for groups that nothing refers to any more.</summary>
    public static async Task DrainedAsync(
        ApplyContext context, StepCall call, string arn, CancellationToken cancellationToken)
    {
        var targets = await ReadAsync(context, arn, cancellationToken);
        if (targets.Count == 0)
        {
            return;
        }

        var registered = targets.Where(TargetGroupShape.IsRegistered);
        foreach (var batch in registered.Select(found => found.Target).Chunk(TargetsHandler.TargetsPerCallMax))
        {
            await context.Api.Elbv2.DeregisterTargetsAsync(
                new() { TargetGroupArn = arn, Targets = [.. batch] }, cancellationToken);
        }

        var attributes = await AttributeCalls.DescribeAsync(context.Api.Elbv2, arn, cancellationToken);
        var delay = TimeSpan.FromSeconds(int.TryParse(attributes[DelayAttribute], out var seconds) ? seconds : 0);
        await context.UntilAsync(call, delay + context.Waits.DrainedSlackMax, async stop =>
        {
            var draining = (await ReadAsync(context, arn, stop))
                .Count(target => !TargetGroupShape.IsRegistered(target));
            return draining == 0 ? null : $"{draining} targets draining";
        }, cancellationToken);
    }

    public static async Task<EquatableList<TargetHealthDescription>> ReadAsync(
        ApplyContext context, string arn, CancellationToken cancellationToken)
    {
        try
        {
            var answer =
                await context.Api.Elbv2.DescribeTargetHealthAsync(new() { TargetGroupArn = arn }, cancellationToken);
            return answer.TargetHealthDescriptions;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return [];
        }
    }

    private static bool IsUnused(TargetHealthDescription target) =>
        target.TargetHealth.State is TargetHealthStateEnum.Unused;

    /// <summary>Not yet checked often enough, or not yet in use.</summary>
    private static bool IsUndecided(TargetHealthDescription target) =>
        target.TargetHealth.State is TargetHealthStateEnum.Initial or TargetHealthStateEnum.Unused;

    private static bool IsReady(TargetHealthDescription target) => target.TargetHealth is
    { State: TargetHealthStateEnum.Healthy }
        or { State: TargetHealthStateEnum.Unavailable, Reason: TargetHealthReasonEnum.TargetHealthCheckDisabled };

    private static async Task<bool> IsUsedAsync(ApplyContext context, string arn, CancellationToken cancellationToken)
    {
        var found =
            await context.Api.Elbv2.DescribeTargetGroupsAsync(new() { TargetGroupArns = [arn] }, cancellationToken);
        return found.TargetGroups is [{ LoadBalancerArns.Count: > 0 }, ..];
    }

    private static string Reasons(List<TargetHealthDescription> pending)
    {
        var shown = pending
            .OrderBy(target => target.Target.Id, StringComparer.Ordinal)
            .Take(ReasonsShownMax)
            .Select(target => $"{target.Target.Id}:{target.Target.Port} {target.TargetHealth.State}"
                + (target.TargetHealth.Reason is { } reason ? $", {reason}" : "")
                + (target.TargetHealth.Description is { Length: > 0 } text ? $", {text.TrimEnd('.')}" : ""));
        var more = pending.Count > ReasonsShownMax ? $"; and {pending.Count - ReasonsShownMax} more" : "";
        return string.Join("; ", shown) + more;
    }
}
