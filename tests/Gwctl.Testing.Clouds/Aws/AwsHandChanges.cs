using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;

namespace Gwctl.Testing.Clouds.Aws;

/// <summary>What people do by hand to our objects in an account.</summary>
internal static class AwsHandChanges
{
    public static readonly EquatableList<HandChange> All =
    [
        new("a rule answers by itself", AnswerByRuleAsync),
        new("a health check takes its time", SlowCheckAsync),
        new("a target is registered", RegisterAsync),
        new("a security group opens a port", OpenPortAsync),
        new("a record is deleted", DeleteRecordAsync),
    ];

    private static async Task<bool> AnswerByRuleAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        if (await OurFirstAsync(api, place, ":listener-rule/app/", cancellationToken) is not { } rule)
        {
            return false;
        }

        var answer = new Action { Type = "fixed-response", FixedResponseConfig = new() { StatusCode = "418" } };
        await api.Elbv2.ModifyRuleAsync(new() { RuleArn = rule, Actions = [answer] }, cancellationToken);
        return true;
    }

    private static async Task<bool> SlowCheckAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        if (await OurFirstAsync(api, place, ":targetgroup/", cancellationToken) is not { } group)
        {
            return false;
        }

        await api.Elbv2.ModifyTargetGroupAsync(
            new() { TargetGroupArn = group, HealthCheckIntervalSeconds = 123 }, cancellationToken);
        return true;
    }

    private static async Task<bool> RegisterAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        if (await OurFirstAsync(api, place, ":targetgroup/", cancellationToken) is not { } group)
        {
            return false;
        }

        await api.Elbv2.RegisterTargetsAsync(
            new() { TargetGroupArn = group, Targets = [new() { Id = "172.31.9.9", Port = 9999 }] }, cancellationToken);
        return true;
    }

    private static async Task<bool> OpenPortAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        var groups = await api.Ec2.DescribeSecurityGroupsAsync(
            new() { Filters = [new() { Name = $"tag:{MarkNames.Owner}", Values = [place.Owner] }] }, cancellationToken);
        if (groups.SecurityGroups.Count is 0)
        {
            return false;
        }

        await api.Ec2.AuthorizeSecurityGroupIngressAsync(
            new()
            {
                GroupId = groups.SecurityGroups[0].GroupId ?? "",
                IpPermissions =
                [
                    new()
                    {
                        IpProtocol = "tcp",
                        FromPort = 22,
                        ToPort = 22,
                        IpRanges = [new() { CidrIp = "0.0.0.0/0" }],
                    },
                ],
            },
            cancellationToken);
        return true;
    }

    private static async Task<bool> DeleteRecordAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        if (await AwsForeigners.ZoneIdAsync(api, place, cancellationToken) is not { } zone)
        {
            return false;
        }

        // Ours are aliases; whose the others are does not matter.
        var record = await api.Route53.ListAllResourceRecordSetsAsync(new() { HostedZoneId = zone }, cancellationToken)
            .FirstOrDefaultAsync(found => found.AliasTarget is not null, cancellationToken);
        if (record is null)
        {
            return false;
        }

        var change = new Change { Action = ChangeAction.DELETE, ResourceRecordSet = record };
        await api.Route53.ChangeResourceRecordSetsAsync(
            new() { HostedZoneId = zone, ChangeBatch = new() { Changes = [change] } }, cancellationToken);
        return true;
    }

    /// <param name="part">Of an ARN: what kind of object it is.</param>
    private static async Task<string?> OurFirstAsync(
        AwsApi api, Place place, string part, CancellationToken cancellationToken)
    {
        var ours = new List<string>();
        var request = new Gwctl.Providers.Aws.Api.Tagging.GetResourcesRequest
        {
            TagFilters = [new() { Key = MarkNames.Owner, Values = [place.Owner] }],
        };
        await foreach (var resource in api.Tagging.GetAllResourcesAsync(request, cancellationToken))
        {
            if (resource.ResourceARN?.Contains(part, StringComparison.Ordinal) is true)
            {
                ours.Add(resource.ResourceARN);
            }
        }

        return ours.Order(StringComparer.Ordinal).FirstOrDefault();
    }
}
