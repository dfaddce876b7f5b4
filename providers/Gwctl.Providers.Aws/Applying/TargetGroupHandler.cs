using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Target groups, without their targets.</summary>
internal sealed class TargetGroupHandler(ApplyContext context) : AwsHandler(context)
{
    private const string GrpcVersion = "GRPC";

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var (group, isNew) = await CreateOrFindAsync(call, After(call), cancellationToken);
        if (!isNew)
        {
            await ModifyHealthCheckAsync(call, TargetGroupShape.From(group), group.TargetGroupArn, cancellationToken);
        }

        await ManagedAttributes.ApplyAsync(Context, call, group.TargetGroupArn, isNew: true, cancellationToken);
        return new StepOutcome(group.TargetGroupArn, TargetGroupShape.Outputs(group));
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = IdOf(call, "arn");
        var group = await FindAsync(new() { TargetGroupArns = [arn] }, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        var live = TargetGroupShape.From(group);
        Guard.Unchanged(call, live);
        await ModifyHealthCheckAsync(call, live, arn, cancellationToken);
        await ManagedAttributes.ApplyAsync(Context, call, arn, isNew: false, cancellationToken);
        await ElbTagging.UpdateAsync(Context, call, arn, After(call), cancellationToken);
        return new StepOutcome(arn, TargetGroupShape.Outputs(group));
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        if (!await ElbTagging.MayDeleteAsync(Context, call, arn, cancellationToken))
        {
            return;
        }

        await Context.UntilAsync(call, Context.Waits.UnusedMax, async stop =>
        {
            try
            {
                await Api.Elbv2.DeleteTargetGroupAsync(new() { TargetGroupArn = arn }, stop);
                return null;
            }
            catch (AwsApiException exception) when (exception.Code is "ResourceInUse")
            {
                return "target group still in use";
            }
        }, cancellationToken);
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        await ElbTagging.AddAsync(Api, arn, Marks.Of(Context.Scope.Owner, call.Step.Address), cancellationToken);
        return new StepOutcome(arn, AttributeMap.Empty.Put("arn", arn));
    }

    public override Task ReadyAsync(StepCall call, CancellationToken cancellationToken) =>
        TargetHealthWaits.HealthyAsync(Context, call, IdOf(call, "arn"), only: null, cancellationToken);

    public override Task DrainedAsync(StepCall call, CancellationToken cancellationToken) =>
        TargetHealthWaits.DrainedAsync(Context, call, IdOf(call, "arn"), cancellationToken);

    private async Task<(TargetGroup Group, bool IsNew)> CreateOrFindAsync(
        StepCall call, AttributeMap after, CancellationToken cancellationToken)
    {
        try
        {
            var created = await Api.Elbv2.CreateTargetGroupAsync(Request(call, after), cancellationToken);
            return (created.TargetGroups[0], true);
        }
        catch (AwsApiException exception)
            when (exception.OutcomeUnknown || exception.Code is "DuplicateTargetGroupName")
        {
            var found = await FindAsync(new() { Names = [after.TextOf("name")] }, cancellationToken)
                ?? throw AwsFailures.From(exception, $"creating {call.Step.Address}");
            var tags = await ElbTagging.ReadAsync(Api, found.TargetGroupArn, cancellationToken);
            return Context.Owns(tags, call.Step.Address)
                ? (found, false)
                : throw ApplyFailures.Common.InTheWay(call.Step.Address, found.TargetGroupArn, Marks.OwnerText(tags));
        }
    }

    private CreateTargetGroupRequest Request(StepCall call, AttributeMap after)
    {
        var check = after.MapOf("healthCheck");
        var tags = ManagedAttributes.Marked(Context.TagsOf(call.Step.Address, after), after);
        return new CreateTargetGroupRequest
        {
            Name = after.TextOf("name"),
            TargetType = after.TextOf("targetType"),
            Protocol = after.TextOf("protocol"),
            ProtocolVersion = after.TextOrNull("protocolVersion"),
            Port = after.NumberOf("port"),
            VpcId = after.TextOf("vpc"),
            IpAddressType = after.TextOrNull("ipAddressType"),
            HealthCheckProtocol = check.TextOrNull("protocol"),
            HealthCheckPath = check.TextOrNull("path"),
            HealthCheckPort = check.TextOrNull("port"),
            HealthCheckIntervalSeconds = check.NumberOrNull("intervalSeconds"),
            HealthCheckTimeoutSeconds = check.NumberOrNull("timeoutSeconds"),
            HealthyThresholdCount = check.NumberOrNull("healthyThreshold"),
            UnhealthyThresholdCount = check.NumberOrNull("unhealthyThreshold"),
            Matcher = ToMatcher(after, check),
            Tags = tags.ToElbv2(),
        };
    }

    private async Task ModifyHealthCheckAsync(
        StepCall call, AttributeMap live, string arn, CancellationToken cancellationToken)
    {
        var after = After(call);
        if (!Guard.Differs(live, after, "healthCheck"))
        {
            return;
        }

        var check = after.MapOf("healthCheck");
        await Api.Elbv2.ModifyTargetGroupAsync(
            new()
            {
                TargetGroupArn = arn,
                HealthCheckProtocol = check.TextOrNull("protocol"),
                HealthCheckPath = check.TextOrNull("path"),
                HealthCheckPort = check.TextOrNull("port"),
                HealthCheckIntervalSeconds = check.NumberOrNull("intervalSeconds"),
                HealthCheckTimeoutSeconds = check.NumberOrNull("timeoutSeconds"),
                HealthyThresholdCount = check.NumberOrNull("healthyThreshold"),
                UnhealthyThresholdCount = check.NumberOrNull("unhealthyThreshold"),
                Matcher = ToMatcher(after, check),
            },
            cancellationToken);
    }

    private static Matcher? ToMatcher(AttributeMap after, AttributeMap check) => check.TextOrNull("matcher") switch
    {
        null => null,
        var codes when after.TextOrNull("protocolVersion") is GrpcVersion => new Matcher { GrpcCode = codes },
        var codes => new Matcher { HttpCode = codes },
    };

    private async Task<TargetGroup?> FindAsync(DescribeTargetGroupsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Api.Elbv2.DescribeTargetGroupsAsync(request, cancellationToken);
            return answer.TargetGroups is [var found, ..] ? found : null;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }
}
