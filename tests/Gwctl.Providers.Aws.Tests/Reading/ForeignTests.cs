using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Tests.Applying;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Providers.Aws.Tests.Reading;

/// <summary>Goal: what is not ours is never touched: it is passed over, or named as being in the way.</summary>
public sealed class ForeignTests
{
    [Fact]
    public async Task A_rule_of_somebody_elses_on_our_listener_stays_and_keeps_its_priority()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        await bench.ApplyAsync();
        var live = await bench.ReadAsync();
        var listener = live.Resources.Single(resource => resource.Address.Kind is Kinds.Listener);
        var made = await bench.Api.Elbv2.CreateRuleAsync(
            new()
            {
                ListenerArn = listener.Id,
                Priority = 3,
                Conditions =
                    [new RuleCondition { Field = "path-pattern", PathPatternConfig = new() { Values = ["/theirs"] } }],
                Actions = [new() { Type = "fixed-response", FixedResponseConfig = new() { StatusCode = "200" } }],
            },
            TestContext.Current.CancellationToken);
        var foreign = (await bench.ReadAsync()).Resources.Single(resource => resource.Id == made.Rules[0].RuleArn);

        Assert.Equal(Ownership.Foreign, foreign.Ownership);
        await bench.AssertNoChangesAsync();
        bench.Want(Shop.Http(route: "/v2"));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var there = await bench.Api.Elbv2.DescribeRulesAsync(
            new() { RuleArns = [foreign.Id] }, TestContext.Current.CancellationToken);
        Assert.Equal("3", there.Rules[0].Priority);
    }

    [Fact]
    public async Task A_record_without_our_ownership_text_is_in_the_way_until_it_is_adopted()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        var zone = (await bench.Api.Route53.ListHostedZonesAsync(
            new(), TestContext.Current.CancellationToken)).HostedZones[0].Id;
        await bench.Api.Route53.ChangeResourceRecordSetsAsync(
            new()
            {
                HostedZoneId = zone,
                ChangeBatch = new ChangeBatch
                {
                    Changes =
                    [
                        new Change
                        {
                            Action = ChangeAction.CREATE,
                            ResourceRecordSet = new ResourceRecordSet
                            {
                                Name = "shop.example.com",
                                Type = RRType.A,
                                TTL = 60,
                                ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
                            },
                        },
                    ],
                },
            },
            TestContext.Current.CancellationToken);

        var planned = await bench.Session.PlanAsync(bench.Request(), TestContext.Current.CancellationToken);
        Assert.True(planned.HasErrors);
        var address = new ResourceAddress("test", Kinds.DnsRecord, new ObjectName("shop", "web"), "shop.example.com");
        await bench.ApplyAsync(await bench.PlanAsync(bench.Request() with
        {
            Purpose = PlanPurpose.Adopt,
            Adopt = [address.ToString()],
        }));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
    }

    [Fact]
    public async Task Objects_that_bear_no_mark_or_another_owners_outlive_a_destroy()
    {
        await using var bench = await Bench.StartAsync();
        var group = await bench.Api.Elbv2.CreateTargetGroupAsync(
            new()
            {
                Name = "theirs-0123456789",
                Protocol = "HTTP",
                Port = 80,
                VpcId =
                    (await bench.Api.Ec2.DescribeVpcsAsync(new(), TestContext.Current.CancellationToken)).Vpcs[0].VpcId,
                Tags = [new() { Key = "gwctl.dev/owner", Value = "others" }],
            },
            TestContext.Current.CancellationToken);
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));

        var left = await bench.Api.Elbv2.DescribeTargetGroupsAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal(group.TargetGroups[0].TargetGroupArn, Assert.Single(left.TargetGroups).TargetGroupArn);
    }

    [Fact]
    public async Task A_mark_or_deletion_protection_keeps_the_load_balancer()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        await bench.ApplyAsync();
        var arn = (await bench.ReadAsync()).Resources.Single(found => found.Address.Kind is Kinds.LoadBalancer).Id;
        await bench.Api.Elbv2.AddTagsAsync(
            new() { ResourceArns = [arn], Tags = [new() { Key = "gwctl.dev/protect", Value = "true" }] },
            TestContext.Current.CancellationToken);
        Assert.NotEmpty((await bench.PlanAsync(purpose: PlanPurpose.Destroy)).Blocks);
        await bench.Api.Elbv2.RemoveTagsAsync(
            new() { ResourceArns = [arn], TagKeys = ["gwctl.dev/protect"] }, TestContext.Current.CancellationToken);
        Assert.Empty((await bench.PlanAsync(purpose: PlanPurpose.Destroy)).Blocks);
        await bench.Api.Elbv2.ModifyLoadBalancerAttributesAsync(
            new()
            {
                LoadBalancerArn = arn,
                Attributes = [new LoadBalancerAttribute { Key = "deletion_protection.enabled", Value = "true" }],
            },
            TestContext.Current.CancellationToken);
        Assert.NotEmpty((await bench.PlanAsync(purpose: PlanPurpose.Destroy)).Blocks);
    }

    /// <summary>The names are known before anything is made: whoever has one of them already is named, and left
    /// alone.</summary>
    [Theory]
    [InlineData(Kinds.LoadBalancer)]
    [InlineData(Kinds.TargetGroup)]
    [InlineData(Kinds.SecurityGroup)]
    public async Task A_name_that_is_taken_is_reported(string kind)
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        var node = bench.Desired().Nodes.First(found => found.Address.Kind == kind);
        await TakeAsync(bench, kind, ((AttributeValue.Text?)node.Attributes["name"])?.Value ?? "");
        var before = bench.Cloud.Aws.Snapshot();

        var planned = await bench.Session.PlanAsync(bench.Request(), TestContext.Current.CancellationToken);

        Assert.Contains(planned.Diagnostics, found => found.Severity is Severity.Error && found.Help.Contains("adopt"));
        Assert.Equal(before, bench.Cloud.Aws.Snapshot());
    }

    private static async Task TakeAsync(Bench bench, string kind, string name)
    {
        var stop = TestContext.Current.CancellationToken;
        var vpc = (await bench.Api.Ec2.DescribeVpcsAsync(new(), stop)).Vpcs[0].VpcId;
        var subnets = (await bench.Api.Ec2.DescribeSubnetsAsync(new(), stop)).Subnets;
        await (kind switch
        {
            Kinds.LoadBalancer => bench.Api.Elbv2.CreateLoadBalancerAsync(
                new() { Name = name, Subnets = [subnets[0].SubnetId, subnets[1].SubnetId] }, stop),
            Kinds.TargetGroup => (Task)bench.Api.Elbv2.CreateTargetGroupAsync(
                new() { Name = name, Protocol = "HTTP", Port = 80, VpcId = vpc }, stop),
            _ => bench.Api.Ec2.CreateSecurityGroupAsync(
                new() { GroupName = name, Description = "theirs", VpcId = vpc }, stop),
        });
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Http());
        bench.Cloud.Aws.Faults.Plan = call => call.Operation is "DescribeLoadBalancers"
            ? new Fault.Fail("AccessDenied", "User is not authorized to perform it.", 403)
            : null;

        var planned = await bench.Session.PlanAsync(bench.Request(), TestContext.Current.CancellationToken);

        Assert.Null(planned.Value);
        var error = Assert.Single(planned.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Contains("elasticloadbalancing:DescribeLoadBalancers", error.Help);
    }

    [Fact]
    public async Task A_rotated_certificate_keeps_its_arn()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        var before =
            (await bench.ReadAsync()).Resources.Single(found => found.Address.Kind is Kinds.ImportedCertificate);
        bench.Want(Shop.Https(rotated: true));
        await bench.ApplyAsync();
        var after =
            (await bench.ReadAsync()).Resources.Single(found => found.Address.Kind is Kinds.ImportedCertificate);

        Assert.Equal(before.Id, after.Id);
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
        await bench.AssertNoChangesAsync();
    }
}
