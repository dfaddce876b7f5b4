using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Load balancers.</summary>
internal sealed class LoadBalancerHandler(ApplyContext context) : AwsHandler(context)
{
    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var balancer = await CreateOrFindAsync(call, after, cancellationToken);
        await ManagedAttributes.ApplyAsync(Context, call, balancer.LoadBalancerArn, isNew: true, cancellationToken);
        return new StepOutcome(balancer.LoadBalancerArn, LoadBalancerShape.Outputs(balancer));
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = IdOf(call, "arn");
        var balancer = await FindAsync(new() { LoadBalancerArns = [arn] }, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        var live = LoadBalancerShape.From(balancer);
        Guard.Unchanged(call, live);
        if (Guard.Differs(live, after, "securityGroups"))
        {
            await Api.Elbv2.SetSecurityGroupsAsync(
                new() { LoadBalancerArn = arn, SecurityGroups = after.TextsOf("securityGroups") }, cancellationToken);
        }

        await UpdateNetworkAsync(arn, live, after, cancellationToken);
        await ManagedAttributes.ApplyAsync(Context, call, arn, isNew: false, cancellationToken);
        await ElbTagging.UpdateAsync(Context, call, arn, after, cancellationToken);
        return new StepOutcome(arn, LoadBalancerShape.Outputs(balancer));
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        if (!await ElbTagging.MayDeleteAsync(Context, call, arn, cancellationToken))
        {
            return;
        }

        var attributes = await AttributeCalls.DescribeAsync(Api.Elbv2, arn, cancellationToken);
        if (attributes[LiveElb.DeletionProtection] is "true")
        {
            throw ApplyFailures.Common.Protected(call.Step.Address, $"{arn} has deletion protection");
        }

        await Api.Elbv2.DeleteLoadBalancerAsync(new() { LoadBalancerArn = arn }, cancellationToken);
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        await ElbTagging.AddAsync(Api, arn, Marks.Of(Context.Scope.Owner, call.Step.Address), cancellationToken);
        var balancer = await FindAsync(new() { LoadBalancerArns = [arn] }, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        return new StepOutcome(arn, LoadBalancerShape.Outputs(balancer));
    }

    public override Task ReadyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = IdOf(call, "arn");
        return Context.UntilAsync(call, Context.Waits.LoadBalancerMax, async stop =>
        {
            var balancer = await FindAsync(new() { LoadBalancerArns = [arn] }, stop)
                ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
            return balancer.State.Code switch
            {
                LoadBalancerStateEnum.Active => null,
                LoadBalancerStateEnum.Failed => throw ApplyFailures.Common.GivenUp(
                    call.Step.Address,
                    $"the load balancer failed: {balancer.State.Reason}",
                    "Delete it after its cause is mended, and apply again."),
                var state => $"load balancer {state}",
            };
        }, cancellationToken);
    }

    private async Task<LoadBalancer> CreateOrFindAsync(
        StepCall call, AttributeMap after, CancellationToken cancellationToken)
    {
        var name = after.TextOf("name");
        var tags = ManagedAttributes.Marked(Context.TagsOf(call.Step.Address, after), after);
        try
        {
            // The call is idempotent for equal settings, so a name that a stranger holds has to be looked at first:
            // with equal settings AWS would hand out the stranger's load balancer as if it were new.
            if (await FindAsync(new() { Names = [name] }, cancellationToken) is { } existing)
            {
                return await OwnAsync(call, existing, cancellationToken);
            }

            var mappings = MappingsOf(after);
            var request = new CreateLoadBalancerRequest
            {
                Name = name,
                Type = after.TextOrNull("type") ?? LoadBalancerTypeEnum.Application,
                Scheme = after.TextOf("scheme"),
                IpAddressType = after.TextOrNull("ipAddressType"),
                Subnets = mappings.Count is 0 ? after.TextsOf("subnets") : [],
                SubnetMappings = mappings,
                SecurityGroups = after.TextsOf("securityGroups"),
                Tags = tags.ToElbv2(),
            };
            var created = await Eventually.KnownAsync(
                Context,
                call,
                exception => exception.Code is "InvalidSecurityGroup",
                stop => Api.Elbv2.CreateLoadBalancerAsync(request, stop),
                cancellationToken);
            return created.LoadBalancers[0];
        }
        catch (AwsApiException exception)
            when (exception.OutcomeUnknown || exception.Code is "DuplicateLoadBalancerName")
        {
            var found = await FindAsync(new() { Names = [name] }, cancellationToken);
            return found is null ? throw AwsFailures.From(exception, "creating a load balancer")
                : await OwnAsync(call, found, cancellationToken);
        }
    }

    /// <summary>An elastic address for each subnet; empty where AWS chooses the addresses.</summary>
    private static EquatableList<SubnetMapping> MappingsOf(AttributeMap after) =>
        after["eipAllocations"] is null
            ? []
            : [.. after.TextsOf("subnets").Zip(after.TextsOf("eipAllocations"), (subnet, allocation) =>
                new SubnetMapping { SubnetId = subnet, AllocationId = allocation })];

    private async Task<LoadBalancer> OwnAsync(StepCall call, LoadBalancer found, CancellationToken cancellationToken)
    {
        var tags = await ElbTagging.ReadAsync(Api, found.LoadBalancerArn, cancellationToken);
        return Context.Owns(tags, call.Step.Address)
            ? found
            : throw ApplyFailures.Common.InTheWay(call.Step.Address, found.LoadBalancerArn, Marks.OwnerText(tags));
    }

    private async Task UpdateNetworkAsync(
        string arn, AttributeMap live, AttributeMap after, CancellationToken cancellationToken)
    {
        var ipAddressType = after.TextOrNull("ipAddressType");
        if (Guard.Differs(live, after, "subnets"))
        {
            var request = new SetSubnetsRequest
            {
                LoadBalancerArn = arn,
                Subnets = after.TextsOf("subnets"),
                IpAddressType = ipAddressType,
            };
            await Api.Elbv2.SetSubnetsAsync(request, cancellationToken);
        }
        else if (ipAddressType is not null && Guard.Differs(live, after, "ipAddressType"))
        {
            await Api.Elbv2.SetIpAddressTypeAsync(
                new() { LoadBalancerArn = arn, IpAddressType = ipAddressType }, cancellationToken);
        }
    }

    private async Task<LoadBalancer?> FindAsync(
        DescribeLoadBalancersRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Api.Elbv2.DescribeLoadBalancersAsync(request, cancellationToken);
            return answer.LoadBalancers is [var found, ..] ? found : null;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }
}
