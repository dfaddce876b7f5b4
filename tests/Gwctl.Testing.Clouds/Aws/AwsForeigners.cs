using System.Text.Json;
using Gwctl.Engine.Marks;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Api.Route53;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;

namespace Gwctl.Testing.Clouds.Aws;

/// <summary>What other people have in an account: a load balancer with a listener and a target group, which another
/// owner of gwctl's has marked, a security group, and a record.</summary>
internal static class AwsForeigners
{
    private static readonly JsonSerializerOptions s_lines = new() { WriteIndented = true };

    public static async Task MakeAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        var vpc = await VpcAsync(api, cancellationToken);
        var group = await api.Elbv2.CreateTargetGroupAsync(
            new() { Name = Place.Theirs, Protocol = "HTTP", Port = 80, VpcId = vpc, TargetType = "ip" },
            cancellationToken);
        var arn = group.TargetGroups[0].TargetGroupArn;
        await api.Elbv2.AddTagsAsync(
            new() { ResourceArns = [arn], Tags = [new() { Key = MarkNames.Owner, Value = Place.Theirs }] },
            cancellationToken);
        var subnets = await api.Ec2.DescribeSubnetsAsync(
            new() { Filters = [new() { Name = "vpc-id", Values = [vpc] }] }, cancellationToken);
        var balancer = await api.Elbv2.CreateLoadBalancerAsync(
            new()
            {
                Name = Place.Theirs,
                Subnets =
                [
                    .. subnets.Subnets.DistinctBy(subnet => subnet.AvailabilityZone).Take(2)
                        .Select(subnet => subnet.SubnetId ?? ""),
                ],
            },
            cancellationToken);
        await api.Elbv2.CreateListenerAsync(
            new()
            {
                LoadBalancerArn = balancer.LoadBalancers[0].LoadBalancerArn ?? "",
                Protocol = "HTTP",
                Port = 80,
                DefaultActions = [new Action { Type = "forward", TargetGroupArn = arn }],
            },
            cancellationToken);
        await api.Ec2.CreateSecurityGroupAsync(
            new() { GroupName = Place.Theirs, Description = "made by somebody else", VpcId = vpc }, cancellationToken);
        await ChangeRecordAsync(api, place, "CREATE", cancellationToken);
    }

    public static async Task<string> ShowAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        var balancers = await api.Elbv2.DescribeLoadBalancersAsync(new() { Names = [Place.Theirs] }, cancellationToken);
        var balancer = balancers.LoadBalancers[0].LoadBalancerArn ?? "";
        var listeners = await api.Elbv2.DescribeListenersAsync(new() { LoadBalancerArn = balancer }, cancellationToken);
        var rules = await api.Elbv2.DescribeRulesAsync(
            new() { ListenerArn = listeners.Listeners[0].ListenerArn }, cancellationToken);
        var groups = await api.Elbv2.DescribeTargetGroupsAsync(new() { Names = [Place.Theirs] }, cancellationToken);
        var group = groups.TargetGroups[0].TargetGroupArn;
        return JsonSerializer.Serialize(
            new object?[]
            {
                balancers.LoadBalancers, listeners.Listeners, rules.Rules, groups.TargetGroups,
                (await api.Elbv2.DescribeLoadBalancerAttributesAsync(
                    new() { LoadBalancerArn = balancer }, cancellationToken)).Attributes,
                (await api.Elbv2.DescribeTargetGroupAttributesAsync(
                    new() { TargetGroupArn = group }, cancellationToken)).Attributes,
                (await api.Elbv2.DescribeTagsAsync(new() { ResourceArns = [balancer, group] }, cancellationToken))
                    .TagDescriptions,
                (await SecurityGroupsAsync(api, cancellationToken)).SecurityGroups,
                await RecordAsync(api, place, cancellationToken),
            },
            s_lines);
    }

    public static async Task DeleteAsync(Place place, CancellationToken cancellationToken)
    {
        using var api = AwsUnderTest.ApiAt(place);
        await foreach (var balancer in api.Elbv2.DescribeAllLoadBalancersAsync(new(), cancellationToken))
        {
            if (balancer.LoadBalancerName is Place.Theirs)
            {
                await api.Elbv2.DeleteLoadBalancerAsync(
                    new() { LoadBalancerArn = balancer.LoadBalancerArn ?? "" }, cancellationToken);
            }
        }

        await foreach (var group in api.Elbv2.DescribeAllTargetGroupsAsync(new(), cancellationToken))
        {
            if (group.TargetGroupName is Place.Theirs)
            {
                await api.Elbv2.DeleteTargetGroupAsync(
                    new() { TargetGroupArn = group.TargetGroupArn }, cancellationToken);
            }
        }

        foreach (var group in (await SecurityGroupsAsync(api, cancellationToken)).SecurityGroups)
        {
            await api.Ec2.DeleteSecurityGroupAsync(new() { GroupId = group.GroupId ?? "" }, cancellationToken);
        }

        if (await RecordAsync(api, place, cancellationToken) is not null)
        {
            await ChangeRecordAsync(api, place, "DELETE", cancellationToken);
        }
    }

    /// <summary>The zone's id; null where the suite has none.</summary>
    public static async Task<string?> ZoneIdAsync(AwsApi api, Place place, CancellationToken cancellationToken)
    {
        var zones = await api.Route53.ListHostedZonesAsync(new(), cancellationToken);
        return zones.HostedZones.FirstOrDefault(zone => zone.Name.TrimEnd('.') == place.Zone)?.Id;
    }

    private static async Task<string> VpcAsync(AwsApi api, CancellationToken cancellationToken)
    {
        var vpcs = await api.Ec2.DescribeVpcsAsync(
            new() { Filters = [new() { Name = "is-default", Values = ["true"] }] }, cancellationToken);
        return vpcs.Vpcs[0].VpcId ?? "";
    }

    private static Task<DescribeSecurityGroupsResponse> SecurityGroupsAsync(
        AwsApi api, CancellationToken cancellationToken) => api.Ec2.DescribeSecurityGroupsAsync(
        new() { Filters = [new() { Name = "group-name", Values = [Place.Theirs] }] }, cancellationToken);

    private static async Task<ResourceRecordSet?> RecordAsync(
        AwsApi api, Place place, CancellationToken cancellationToken) =>
        await ZoneIdAsync(api, place, cancellationToken) is not { } zone ? null
        : await api.Route53.ListAllResourceRecordSetsAsync(new() { HostedZoneId = zone }, cancellationToken)
            .FirstOrDefaultAsync(record => record.Name == $"{Place.Theirs}.{place.Zone}.", cancellationToken);

    private static async Task ChangeRecordAsync(
        AwsApi api, Place place, string action, CancellationToken cancellationToken)
    {
        if (await ZoneIdAsync(api, place, cancellationToken) is { } zone)
        {
            var record = new ResourceRecordSet
            {
                Name = $"{Place.Theirs}.{place.Zone}.",
                Type = "A",
                TTL = 60,
                ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
            };
            await api.Route53.ChangeResourceRecordSetsAsync(
                new()
                {
                    HostedZoneId = zone,
                    ChangeBatch = new() { Changes = [new Change { Action = action, ResourceRecordSet = record }] },
                },
                cancellationToken);
        }
    }
}
