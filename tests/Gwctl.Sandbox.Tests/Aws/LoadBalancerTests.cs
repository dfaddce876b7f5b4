using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class LoadBalancerTests
{
    [Fact]
    public async Task A_load_balancer_is_provisioning_and_then_active()
    {
        var delays = AwsDelays.None with { LoadBalancerProvisioning = TimeSpan.FromMinutes(2) };
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions { Delays = delays });
        var created = (await sandbox.CreateLoadBalancerAsync("web")).Ok();
        var arn = created["LoadBalancerArn"];

        Assert.Equal("provisioning", created["Code"]);
        Assert.Matches(@"^web-\d+\.us-east-1\.elb\.amazonaws\.com$", created["DNSName"]);
        Assert.Equal("Z35SXDOTRQ7X7K", created["CanonicalHostedZoneId"]);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        var described = (await sandbox.Elbv2("DescribeLoadBalancers", ("LoadBalancerArns.member.1", arn))).Ok();
        Assert.Equal("active", described["Code"]);
    }

    [Fact]
    public async Task Creating_again_is_the_same_only_with_the_same_settings_and_tags()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        (string, string)[] tag = [("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "us")];
        var first = (await sandbox.CreateLoadBalancerAsync("web", tag)).Ok();

        var again = (await sandbox.CreateLoadBalancerAsync("web", tag)).Ok();
        Assert.Equal(first["LoadBalancerArn"], again["LoadBalancerArn"]);
        (await sandbox.CreateLoadBalancerAsync("web")).Fails("DuplicateLoadBalancerName");
        (await sandbox.CreateLoadBalancerAsync("web", [("Scheme", "internal"), .. tag]))
            .Fails("DuplicateLoadBalancerName");
    }

    [Theory]
    [InlineData("internal-web")]
    [InlineData("-web")]
    [InlineData("web-")]
    [InlineData("we_b")]
    [InlineData("a23456789012345678901234567890123")]
    public async Task Names_are_checked(string name)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        (await sandbox.CreateLoadBalancerAsync(name)).Fails("ValidationError");
    }

    [Fact]
    public async Task An_application_load_balancer_needs_two_zones_of_one_network()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var subnets = await sandbox.SubnetsAsync();

        (await sandbox.Elbv2("CreateLoadBalancer", ("Name", "a"))).Fails("ValidationError");
        (await sandbox.Elbv2("CreateLoadBalancer", ("Name", "a"), ("Subnets.member.1", subnets[0])))
            .Fails("ValidationError");
        (await sandbox.Elbv2("CreateLoadBalancer", ("Name", "a"), ("Subnets.member.1", "subnet-1")))
            .Fails("SubnetNotFound");
        (await sandbox.CreateLoadBalancerAsync("a", ("SecurityGroups.member.1", "sg-1"))).Fails("InvalidSecurityGroup");
    }

    [Fact]
    public async Task Deletion_protection_holds_until_it_is_switched_off()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var arn = await sandbox.LoadBalancerAsync();
        await Protect("true");

        (await sandbox.Elbv2("DeleteLoadBalancer", ("LoadBalancerArn", arn))).Fails("OperationNotPermitted");
        await Protect("false");
        (await sandbox.Elbv2("DeleteLoadBalancer", ("LoadBalancerArn", arn))).Ok();
        (await sandbox.Elbv2("DescribeLoadBalancers", ("LoadBalancerArns.member.1", arn)))
            .Fails("LoadBalancerNotFound");

        async Task Protect(string value) => (await sandbox.Elbv2(
            "ModifyLoadBalancerAttributes", ("LoadBalancerArn", arn),
            ("Attributes.member.1.Key", "deletion_protection.enabled"), ("Attributes.member.1.Value", value))).Ok();
    }

    [Fact]
    public async Task Deleting_takes_listeners_and_rules_along_and_frees_the_target_groups()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var arn = await sandbox.LoadBalancerAsync();
        var listener = await sandbox.ListenerAsync(arn);
        var group = await sandbox.TargetGroupAsync("g");
        (await sandbox.CreateRuleAsync(listener, 1, "/a", group)).Ok();
        (await sandbox.Elbv2("DeleteTargetGroup", ("TargetGroupArn", group))).Fails("ResourceInUse");

        (await sandbox.Elbv2("DeleteLoadBalancer", ("LoadBalancerArn", arn))).Ok();

        (await sandbox.Elbv2("DescribeListeners", ("ListenerArns.member.1", listener))).Fails("ListenerNotFound");
        (await sandbox.Elbv2("DeleteTargetGroup", ("TargetGroupArn", group))).Ok();
        Assert.DoesNotContain("elbv2", sandbox.Cloud.Aws.Snapshot(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "1", "ValidationError")]
    [InlineData("dns_record.client_routing_policy", "any_availability_zone", "InvalidConfigurationRequest")]
    [InlineData("idle_timeout.timeout_seconds", "4001", "ValidationError")]
    [InlineData("routing.http2.enabled", "yes", "InvalidConfigurationRequest")]
    [InlineData("access_logs.s3.enabled", "true", "InvalidConfigurationRequest")]
    public async Task Attributes_are_checked_and_nothing_of_a_bad_call_is_kept(string key, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var arn = await sandbox.LoadBalancerAsync();
        var before = sandbox.Cloud.Aws.Snapshot();

        (await sandbox.Elbv2(
            "ModifyLoadBalancerAttributes", ("LoadBalancerArn", arn),
            ("Attributes.member.1.Key", "waf.fail_open.enabled"), ("Attributes.member.1.Value", "true"),
            ("Attributes.member.2.Key", key), ("Attributes.member.2.Value", value))).Fails(code);

        Assert.Equal(before, sandbox.Cloud.Aws.Snapshot());
    }

    [Fact]
    public async Task Pages_hold_every_load_balancer_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        foreach (var index in Enumerable.Range(0, 7))
        {
            await sandbox.LoadBalancerAsync($"web{index}");
        }

        var names = new List<string>();
        var marker = "";
        do
        {
            (string, string)[] from = marker is "" ? [] : [("Marker", marker)];
            var page = (await sandbox.Elbv2("DescribeLoadBalancers", [("PageSize", "3"), .. from])).Ok();
            names.AddRange(page.All("LoadBalancerName"));
            marker = page["NextMarker"];
        }
        while (marker is not "");

        Assert.Equal(Enumerable.Range(0, 7).Select(index => $"web{index}"), names.Order(StringComparer.Ordinal));
        (await sandbox.Elbv2("DescribeLoadBalancers", ("Marker", "?"))).Fails("ValidationError");
    }

    [Fact]
    public async Task Regions_do_not_see_each_other()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.LoadBalancerAsync();

        sandbox.Region = "eu-west-1";
        Assert.Empty((await sandbox.Elbv2("DescribeLoadBalancers")).Ok().All("LoadBalancerArn"));
        var here = (await sandbox.CreateLoadBalancerAsync("web")).Ok();
        Assert.Equal("Z32O12XQLNTSW2", here["CanonicalHostedZoneId"]);
    }

    [Fact]
    public async Task Quotas_are_told_and_kept()
    {
        var options = new AwsOptions { Quotas = new AwsQuotas { LoadBalancersPerRegion = 1 } };
        await using var sandbox = await SandboxFixture.StartAsync(options);
        await sandbox.LoadBalancerAsync("one");

        (await sandbox.CreateLoadBalancerAsync("two")).Fails("TooManyLoadBalancers");
        var limits = (await sandbox.Elbv2("DescribeAccountLimits")).Ok();
        Assert.Equal("application-load-balancers", limits.All("Name")[0]);
        Assert.Equal("1", limits.All("Max")[0]);
    }

    [Fact]
    public async Task Tags_are_at_most_fifty_and_their_keys_not_twice()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var arn = await sandbox.LoadBalancerAsync();
        var many = Enumerable.Range(1, 51).SelectMany(index => new[]
        {
            ($"Tags.member.{index}.Key", $"k{index}"), ($"Tags.member.{index}.Value", "v"),
        });

        (await sandbox.Elbv2("AddTags", [("ResourceArns.member.1", arn), .. many])).Fails("TooManyTags");
        (await sandbox.Elbv2(
            "AddTags", ("ResourceArns.member.1", arn), ("Tags.member.1.Key", "k"), ("Tags.member.2.Key", "k")))
            .Fails("DuplicateTagKeys");
        (await sandbox.Elbv2(
            "AddTags", ("ResourceArns.member.1", arn), ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v"))).Ok();
        Assert.Equal(["k"], (await sandbox.Elbv2("DescribeTags", ("ResourceArns.member.1", arn))).Ok().All("Key"));
        (await sandbox.Elbv2("RemoveTags", ("ResourceArns.member.1", arn), ("TagKeys.member.1", "k"))).Ok();
        Assert.Empty((await sandbox.Elbv2("DescribeTags", ("ResourceArns.member.1", arn))).Ok().All("Key"));
    }
}
