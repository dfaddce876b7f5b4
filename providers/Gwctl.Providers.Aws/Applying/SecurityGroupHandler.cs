using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>The managed security group. Its outbound rules are EC2's default, everything, and are not
/// managed.</summary>
internal sealed class SecurityGroupHandler(ApplyContext context) : AwsHandler(context)
{
    private const string ResourceType = "security-group";

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var id = await CreateOrFindAsync(call, after, cancellationToken);
        var group = await FindAsync(id, cancellationToken);
        await UpdateIngressAsync(call, id, group, after, cancellationToken);
        return Outcome(id);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var id = IdOf(call, "id");
        var group = await FindAsync(id, cancellationToken) ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        Guard.Unchanged(call, SecurityGroupShape.From(group));
        await UpdateIngressAsync(call, id, group, after, cancellationToken);
        await TagChange.Between(Before(call), after).MakeAsync(
            removed => Api.Ec2.DeleteTagsAsync(
                new() { Resources = [id], Tags = [.. removed.Select(name => new Tag { Key = name })] },
                cancellationToken),
            added => Api.Ec2.CreateTagsAsync(
                new() { Resources = [id], Tags = added.ToEc2() }, cancellationToken));
        return Outcome(id);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var id = call.Step.LiveId;
        if (await FindAsync(id, cancellationToken) is not { } group)
        {
            return;
        }

        Deletion.Check(Context, call, id, Tags.From(group.Tags));
        await Context.UntilAsync(call, Context.Waits.UnusedMax, async stop =>
        {
            try
            {
                await Api.Ec2.DeleteSecurityGroupAsync(new() { GroupId = id }, stop);
                return null;
            }
            catch (AwsApiException exception) when (exception.Code is "DependencyViolation")
            {
                // A deleted load balancer's network interfaces go some time after it.
                return "security group still in use by network interfaces";
            }
            catch (AwsApiException exception) when (exception.NotFound)
            {
                return null;
            }
        }, cancellationToken);
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address);
        await Api.Ec2.CreateTagsAsync(
            new() { Resources = [call.Step.LiveId], Tags = marks.ToEc2() }, cancellationToken);
        return Outcome(call.Step.LiveId);
    }

    private static StepOutcome Outcome(string id) => new(id, AttributeMap.Empty.Put("id", id));

    private async Task<string> CreateOrFindAsync(StepCall call, AttributeMap after, CancellationToken cancellationToken)
    {
        var (name, vpc) = (after.TextOf("name"), after.TextOf("vpc"));
        try
        {
            var created = await Api.Ec2.CreateSecurityGroupAsync(
                new()
                {
                    GroupName = name,
                    Description = after.TextOf("description"),
                    VpcId = vpc,
                    TagSpecifications =
                    [
                        new TagSpecification
                        {
                            ResourceType = ResourceType,
                            Tags = Context.TagsOf(call.Step.Address, after).ToEc2(),
                        },
                    ],
                },
                cancellationToken);
            return created.GroupId;
        }
        catch (AwsApiException exception) when (exception.OutcomeUnknown || exception.Code is "InvalidGroup.Duplicate")
        {
            EquatableList<Filter> filters =
            [
                new Filter { Name = "group-name", Values = [name] }, new Filter { Name = "vpc-id", Values = [vpc] },
            ];
            var found = await Api.Ec2.DescribeSecurityGroupsAsync(new() { Filters = filters }, cancellationToken);
            var group = found.SecurityGroups is [var first, ..]
                ? first
                : throw AwsFailures.From(exception, $"creating {call.Step.Address}");
            var tags = Tags.From(group.Tags);
            return Context.Owns(tags, call.Step.Address)
                ? group.GroupId
                : throw ApplyFailures.Common.InTheWay(call.Step.Address, group.GroupId, Marks.OwnerText(tags));
        }
    }

    /// <summary>Opens before it closes, so that no client is shut out in between.</summary>
    private async Task UpdateIngressAsync(
        StepCall call, string id, SecurityGroup? group, AttributeMap after, CancellationToken cancellationToken)
    {
        var live = group is null ? [] : SecurityGroupShape.From(group).MapsOf("ingress").ToHashSet();
        var wanted = after.MapsOf("ingress").ToHashSet();
        var added = wanted.Except(live).Select(SecurityGroupShape.ToPermission).ToEquatableList();
        var removed = live.Except(wanted).Select(SecurityGroupShape.ToPermission).ToEquatableList();
        if (added.Count > 0)
        {
            await AuthorizeAsync(call, id, added, cancellationToken);
        }

        if (removed.Count > 0)
        {
            await Api.Ec2.RevokeSecurityGroupIngressAsync(
                new() { GroupId = id, IpPermissions = removed }, cancellationToken);
        }
    }

    /// <summary>One rule that is there already fails a whole call: then they go one by one.</summary>
    private async Task AuthorizeAsync(
        StepCall call, string id, EquatableList<IpPermission> permissions, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.KnownAsync(
                Context,
                call,
                exception => exception.NotFound,
                stop => Api.Ec2.AuthorizeSecurityGroupIngressAsync(
                    new() { GroupId = id, IpPermissions = permissions }, stop),
                cancellationToken);
        }
        catch (AwsApiException exception) when (exception.Code is "InvalidPermission.Duplicate")
        {
            foreach (var permission in permissions.Count > 1 ? permissions : [])
            {
                await AuthorizeAsync(call, id, [permission], cancellationToken);
            }
        }
    }

    private async Task<SecurityGroup?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Api.Ec2.DescribeSecurityGroupsAsync(new() { GroupIds = [id] }, cancellationToken);
            return answer.SecurityGroups is [var found, ..] ? found : null;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }
}
