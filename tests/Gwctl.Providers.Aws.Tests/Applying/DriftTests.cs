using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;
using Change = Gwctl.Engine.Diff.Change;
using RecordChange = Gwctl.Providers.Aws.Api.Route53.Change;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: whatever somebody changes by hand on an object of ours is found by a deep reading, and mended by
/// the next apply without touching anything else.</summary>
public sealed class DriftTests
{
    public static TheoryData<string, string> Hands => new()
    {
        { "rule actions", Kinds.Rule },
        { "rule conditions", Kinds.Rule },
        { "rule transforms", Kinds.Rule },
        { "rule priority", Kinds.Rule },
        { "rule deleted", Kinds.Rule },
        { "listener default action", Kinds.Listener },
        { "listener deleted", Kinds.Listener },
        { "listener certificate removed", Kinds.ListenerCertificate },
        { "target registered", Kinds.Targets },
        { "target deregistered", Kinds.Targets },
        { "health check", Kinds.TargetGroup },
        { "target group attribute", Kinds.TargetGroup },
        { "load balancer attribute", Kinds.LoadBalancer },
        { "load balancer security groups", Kinds.LoadBalancer },
        { "user's tag", Kinds.LoadBalancer },
        { "ingress opened", Kinds.SecurityGroup },
        { "ingress closed", Kinds.SecurityGroup },
        { "address record changed", Kinds.DnsRecord },
        { "address record deleted", Kinds.DnsRecord },
        { "validation record deleted", Kinds.RequestedCertificate },
    };

    [Theory]
    [MemberData(nameof(Hands))]
    public async Task A_change_by_hand_is_found_and_mended(string hand, string kind)
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        await Hand.ActAsync(hand, bench);

        var plan = await bench.PlanAsync();
        Assert.Contains(plan.Changes, change => change.Address.Kind == kind);
        await bench.ApplyAsync(plan);
        await bench.AssertNoChangesAsync();
    }

    /// <summary>The write that meets a change by hand after the plan is refused as stale, and changes
    /// nothing.</summary>
    [Theory]
    [InlineData("health check")]
    [InlineData("target registered")]
    [InlineData("rule actions")]
    [InlineData("listener default action")]
    [InlineData("ingress opened")]
    [InlineData("address record changed")]
    public async Task A_change_after_the_plan_makes_its_write_stale(string hand)
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        var before = await bench.ReadAsync();
        await Hand.ActAsync(hand, bench);
        var changed = (await bench.PlanAsync()).Changes.OfType<Change.Update>().Single(change => before.Resources
            .Any(resource => resource.Id == change.Before.Id && resource.Fingerprint != change.Before.Fingerprint));
        var planned = before.Resources.Single(resource => resource.Id == changed.Before.Id);
        var after = new AttributeMap(planned.Attributes.Fields.Select(field => Different(field)));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => bench.StepAsync(
            Engine.Planning.StepAction.Update, planned.Address, planned, after));

        Assert.Equal(ProviderFailure.Stale, failure.Failure);
    }

    [Fact]
    public async Task A_shallow_reading_sees_what_the_lists_tell()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        await Hand.ActAsync("rule actions", bench);

        Assert.True((await bench.PlanAsync(ReadDepth.Shallow)).HasChanges);
    }

    /// <summary>Some other value of the same shape, so that neither the planned nor the changed state is what is
    /// wanted.</summary>
    private static AttributeField Different(AttributeField field) => field switch
    {
        ("healthCheck", AttributeValue.Map(var check)) => field with
        {
            Value = new AttributeValue.Map(check.With("path", new AttributeValue.Text("/third"))),
        },
        ("targets" or "ingress", _) => field with { Value = new AttributeValue.List([]) },
        _ => field,
    };
}

/// <summary>What somebody does in the console.</summary>
internal static class Hand
{
    public static async Task ActAsync(string hand, Bench bench)
    {
        var live = (await bench.ReadAsync()).Resources;
        string Id(string kind, Func<LiveResource, bool>? which = null) =>
            live.First(resource => resource.Address.Kind == kind && (which is null || which(resource))).Id;
        var act = hand.StartsWith("rule", StringComparison.Ordinal) ? OnRules(hand, bench, live)
            : hand.Contains("record", StringComparison.Ordinal) ? OnRecords(hand, bench, live)
            : hand.Contains("ingress", StringComparison.Ordinal) ? OnIngress(hand, bench, Id(Kinds.SecurityGroup))
            : OnOthers(hand, bench, Id);
        await act;
    }

    private static Task OnRules(string hand, Bench bench, EquatableList<LiveResource> live)
    {
        var rule = live.First(resource => resource.Address.Kind is Kinds.Rule && resource.Attributes["transforms"] is
            AttributeValue.List { Items.Count: > 0 });
        var elb = bench.Api.Elbv2;
        EquatableList<Action> fixedResponse =
            [new Action { Type = "fixed-response", FixedResponseConfig = new() { StatusCode = "503" } }];
        return hand switch
        {
            "rule actions" => elb.ModifyRuleAsync(
                new() { RuleArn = rule.Id, Actions = fixedResponse, ResetTransforms = true }),
            "rule conditions" => elb.ModifyRuleAsync(new()
            {
                RuleArn = rule.Id,
                Conditions =
                [
                    new RuleCondition { Field = "path-pattern", PathPatternConfig = new() { Values = ["/other"] } },
                ],
            }),
            "rule transforms" => elb.ModifyRuleAsync(new() { RuleArn = rule.Id, ResetTransforms = true }),
            "rule priority" => elb.SetRulePrioritiesAsync(
                new() { RulePriorities = [new RulePriorityPair { RuleArn = rule.Id, Priority = 49_999 }] }),
            "rule deleted" => elb.DeleteRuleAsync(new() { RuleArn = rule.Id }),
            _ => throw new ArgumentOutOfRangeException(nameof(hand), hand, "unknown"),
        };
    }

    private static async Task OnRecords(string hand, Bench bench, EquatableList<LiveResource> live)
    {
        var zone = live.First(resource => resource.Address.Kind is Kinds.DnsRecord).Id.Split('/')[0];
        var records = await bench.Api.Route53.ListAllResourceRecordSetsAsync(new() { HostedZoneId = zone })
            .ToListAsync();
        var type = hand.StartsWith("validation", StringComparison.Ordinal) ? RRType.CNAME : RRType.A;
        var record = records.First(found => found.Type == type);
        var delete = new RecordChange { Action = ChangeAction.DELETE, ResourceRecordSet = record };
        var upsert = new RecordChange
        {
            Action = ChangeAction.UPSERT,
            ResourceRecordSet = record with
            {
                AliasTarget = null,
                TTL = 60,
                ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
            },
        };
        await bench.Api.Route53.ChangeResourceRecordSetsAsync(new()
        {
            HostedZoneId = zone,
            ChangeBatch = new ChangeBatch { Changes = [hand is "address record changed" ? upsert : delete] },
        });
    }

    private static Task OnIngress(string hand, Bench bench, string group)
    {
        EquatableList<IpPermission> Tcp(int port) =>
        [
            new IpPermission
            {
                IpProtocol = "tcp", FromPort = port, ToPort = port, IpRanges = [new IpRange { CidrIp = "0.0.0.0/0" }],
            },
        ];
        return hand is "ingress opened"
            ? bench.Api.Ec2.AuthorizeSecurityGroupIngressAsync(new() { GroupId = group, IpPermissions = Tcp(22) })
            : bench.Api.Ec2.RevokeSecurityGroupIngressAsync(new() { GroupId = group, IpPermissions = Tcp(443) });
    }

    private static async Task OnOthers(string hand, Bench bench, Func<string, Func<LiveResource, bool>?, string> idOf)
    {
        var elb = bench.Api.Elbv2;
        var group = idOf(Kinds.TargetGroup, null);
        var balancer = idOf(Kinds.LoadBalancer, null);
        var target =
            (await elb.DescribeTargetHealthAsync(new() { TargetGroupArn = group })).TargetHealthDescriptions[0].Target;
        Task act = hand switch
        {
            "listener default action" => elb.ModifyListenerAsync(new()
            {
                ListenerArn = idOf(Kinds.Listener, null),
                DefaultActions =
                    [new Action { Type = "fixed-response", FixedResponseConfig = new() { StatusCode = "500" } }],
            }),
            "listener deleted" => elb.DeleteListenerAsync(new() { ListenerArn = idOf(Kinds.Listener, null) }),
            "listener certificate removed" => elb.RemoveListenerCertificatesAsync(new()
            {
                ListenerArn = idOf(Kinds.ListenerCertificate, null).Split('|')[0],
                Certificates =
                    [new Certificate { CertificateArn = idOf(Kinds.ListenerCertificate, null).Split('|')[1] }],
            }),
            "target registered" => elb.RegisterTargetsAsync(
                new() { TargetGroupArn = group, Targets = [target with { Id = "172.31.9.9" }] }),
            "target deregistered" => elb.DeregisterTargetsAsync(new() { TargetGroupArn = group, Targets = [target] }),
            "health check" => elb.ModifyTargetGroupAsync(new() { TargetGroupArn = group, HealthCheckPath = "/other" }),
            "target group attribute" => elb.ModifyTargetGroupAttributesAsync(new()
            {
                TargetGroupArn = group,
                Attributes = [new TargetGroupAttribute { Key = "deregistration_delay.timeout_seconds", Value = "7" }],
            }),
            "load balancer attribute" => elb.ModifyLoadBalancerAttributesAsync(new()
            {
                LoadBalancerArn = balancer,
                Attributes = [new LoadBalancerAttribute { Key = "idle_timeout.timeout_seconds", Value = "7" }],
            }),
            "load balancer security groups" => elb.SetSecurityGroupsAsync(
                new() { LoadBalancerArn = balancer, SecurityGroups = [await DefaultGroupAsync(bench)] }),
            "user's tag" => elb.AddTagsAsync(
                new() { ResourceArns = [balancer], Tags = [new() { Key = "team", Value = "other" }] }),
            _ => throw new ArgumentOutOfRangeException(nameof(hand), hand, "unknown"),
        };
        await act;
    }

    private static async Task<string> DefaultGroupAsync(Bench bench) =>
        (await bench.Api.Ec2.DescribeSecurityGroupsAsync(
            new() { Filters = [new Filter { Name = "group-name", Values = ["default"] }] })).SecurityGroups[0].GroupId;
}
