using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Waits on a target group's targets.</summary>
internal static class TargetHealthWaits
{
    private const string DelayAttribute = "deregistration_delay.timeout_seconds";
    private const int ReasonsShownMax = 5;

    /// <summary>Until every registered target is healthy. A group without targets passes, and so does one that no listener uses:
    /// nobody checks its targets, so that waiting would never end.</summary>
    public static Task HealthyAsync(ApplyContext context, StepCall call, string arn, CancellationToken cancellationToken) =>
        Poll.UntilAsync(context, call, context.Waits.TargetsHealthyMax, async stop =>
        {
            var registered = (await ReadAsync(context, arn, stop)).Where(TargetGroupShape.IsRegistered).ToList();
            var pending = registered
                .Where(target => target.TargetHealth.State is not (TargetHealthStateEnum.Healthy or TargetHealthStateEnum.Unused))
                .Where(target => target.TargetHealth.State is not TargetHealthStateEnum.Unavailable
                    || target.TargetHealth.Reason is not TargetHealthReasonEnum.TargetHealthCheckDisabled)
                .ToList();
            return pending.Count == 0
                ? null
                : $"{registered.Count - pending.Count} of {registered.Count} targets healthy ({Reasons(pending)})";
        }, cancellationToken);

    /// <summary>Takes the targets out and waits for their last requests. AWS ends the delay early for a target that has none.
    /// Only for groups that nothing refers to any more.</summary>
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
        await Poll.UntilAsync(context, call, delay + context.Waits.DrainedSlackMax, async stop =>
        {
            var draining = (await ReadAsync(context, arn, stop)).Count(target => !TargetGroupShape.IsRegistered(target));
            return draining == 0 ? null : $"{draining} targets draining";
        }, cancellationToken);
    }

    public static async Task<EquatableList<TargetHealthDescription>> ReadAsync(
        ApplyContext context, string arn, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await context.Api.Elbv2.DescribeTargetHealthAsync(new() { TargetGroupArn = arn }, cancellationToken);
            return answer.TargetHealthDescriptions;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return [];
        }
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
