using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Simulation.Tests;

/// <summary>What other people have in the account: a load balancer with a listener and a target group, a security
/// group, and
/// records. No run may change any of it.</summary>
internal static class Foreigners
{
    public static async Task MakeAsync(
        Uri endpoint, AwsCredentialsSource credentials, CancellationToken cancellationToken)
    {
        using var api = new AwsApi(new AwsApiOptions
        {
            Region = "us-east-1",
            Clock = TimeProvider.System,
            Random = () => 0.5,
            EndpointUrl = endpoint,
            Credentials = credentials,
            LimitsRate = false,
        });
        var vpc = (await api.Ec2.DescribeVpcsAsync(new DescribeVpcsRequest(), cancellationToken)).Vpcs[0].VpcId;
        var subnets = await api.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest(), cancellationToken);
        var group = await api.Elbv2.CreateTargetGroupAsync(
            new CreateTargetGroupRequest
            {
                Name = "theirs",
                Protocol = "HTTP",
                Port = 80,
                VpcId = vpc,
                TargetType = "ip",
            },
            cancellationToken);
        var zones = subnets.Subnets.DistinctBy(subnet => subnet.AvailabilityZone).Take(2)
            .Select(subnet => subnet.SubnetId ?? "");
        var balancer = await api.Elbv2.CreateLoadBalancerAsync(
            new CreateLoadBalancerRequest
            {
                Name = "theirs",
                Subnets = [.. zones],
            },
            cancellationToken);
        var forward = new Gwctl.Providers.Aws.Api.Elbv2.Action
        {
            Type = "forward",
            TargetGroupArn = group.TargetGroups[0].TargetGroupArn,
        };
        await api.Elbv2.CreateListenerAsync(
            new CreateListenerRequest
            {
                LoadBalancerArn = balancer.LoadBalancers[0].LoadBalancerArn ?? "",
                Protocol = "HTTP",
                Port = 80,
                DefaultActions = [forward],
            },
            cancellationToken);
        await api.Ec2.CreateSecurityGroupAsync(
            new CreateSecurityGroupRequest { GroupName = "theirs", Description = "made by somebody else", VpcId = vpc },
            cancellationToken);
        await MakeRecordAsync(api, cancellationToken);
    }

    private static async Task MakeRecordAsync(AwsApi api, CancellationToken cancellationToken)
    {
        var zones = await api.Route53.ListHostedZonesAsync(new ListHostedZonesRequest(), cancellationToken);
        var record = new ResourceRecordSet
        {
            Name = "theirs.example.com.",
            Type = "A",
            TTL = 60,
            ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
        };
        await api.Route53.ChangeResourceRecordSetsAsync(
            new ChangeResourceRecordSetsRequest
            {
                HostedZoneId = zones.HostedZones[0].Id,
                ChangeBatch = new ChangeBatch
                {
                    Changes = [new Change { Action = "CREATE", ResourceRecordSet = record }],
                },
            },
            cancellationToken);
    }
}
