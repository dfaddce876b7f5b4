using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class NetworkLoadBalancerTests
{
    [Fact]
    public async Task Names_zones_and_defaults_are_a_network_load_balancers_own()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var subnets = await sandbox.SubnetsAsync();

        var made = (await sandbox.Elbv2(
            "CreateLoadBalancer", ("Name", "net"), ("Type", "network"), ("Subnets.member.1", subnets[0]),
            ("Scheme", "internal"))).Ok();

        Assert.Matches(@"^net-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$", made["DNSName"]);
        Assert.Equal("Z26RNL4JYFTOTI", made["CanonicalHostedZoneId"]);
        Assert.Contains(":loadbalancer/net/net/", made["LoadBalancerArn"], StringComparison.Ordinal);
        Assert.Empty(made.All("SecurityGroups"));
        var attributes = (await sandbox.Elbv2(
            "DescribeLoadBalancerAttributes", ("LoadBalancerArn", made["LoadBalancerArn"]))).Ok();
        Assert.Contains("dns_record.client_routing_policy", attributes.All("Key"));
        Assert.DoesNotContain("idle_timeout.timeout_seconds", attributes.All("Key"));
    }

    [Fact]
    public async Task Security_groups_are_decided_at_creation()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = (await sandbox.Ec2("DescribeSecurityGroups")).Ok()["groupId"];
        var without = (await sandbox.CreateNetworkAsync("a")).Ok();
        var with = (await sandbox.CreateNetworkAsync("b", ("SecurityGroups.member.1", group))).Ok();

        Assert.Equal("on", with["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"]);
        (await Set(without, ("SecurityGroups.member.1", group))).Fails("InvalidConfigurationRequest");
        (await Set(with, ("SecurityGroups", ""))).Fails("ValidationError");
        var changed = (await Set(
            with, ("SecurityGroups.member.1", group),
            ("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "off"))).Ok();
        Assert.Equal("off", changed["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"]);

        Task<Answer> Set(Answer made, params (string, string)[] fields) =>
            sandbox.Elbv2("SetSecurityGroups", [("LoadBalancerArn", made["LoadBalancerArn"]), .. fields]);
    }

    [Fact]
    public async Task Mappings_give_fixed_addresses()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions
        {
            Delays = AwsDelays.None,
            ElasticIps = [new AwsElasticIp("eipalloc-0123456789abcdef0", "198.51.100.7")],
        });

        var facing = (await Create(
                sandbox, "a", "network", "internet-facing", ("AllocationId", "eipalloc-0123456789abcdef0")))
            .Ok();
        Assert.Equal("198.51.100.7", facing["IpAddress"]);
        var subnet = (await sandbox.SubnetsAsync())[0];
        var block = (await sandbox.Ec2("DescribeSubnets", ("SubnetId.1", subnet))).Ok()["cidrBlock"];
        var address = block.Replace(".0/20", ".9", StringComparison.Ordinal);
        var inside = (await Create(sandbox, "b", "network", "internal", ("PrivateIPv4Address", address))).Ok();
        Assert.Equal(address, inside["PrivateIPv4Address"]);
    }

    [Theory]
    [InlineData("network", "internal", "AllocationId", "eipalloc-0123456789abcdef0", "InvalidConfigurationRequest")]
    [InlineData("network", "internet-facing", "AllocationId", "eipalloc-x", "AllocationIdNotFound")]
    [InlineData("network", "internet-facing", "PrivateIPv4Address", "172.31.0.9", "InvalidConfigurationRequest")]
    [InlineData("network", "internal", "PrivateIPv4Address", "10.0.0.1", "InvalidConfigurationRequest")]
    [InlineData("network", "internet-facing", "IPv6Address", "2001:db8::1", "InvalidConfigurationRequest")]
    [InlineData("application", "internal", "PrivateIPv4Address", "172.31.0.9", "ValidationError")]
    public async Task Addresses_that_do_not_fit_are_refused(
        string type, string scheme, string member, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        (await Create(sandbox, "a", type, scheme, (member, value))).Fails(code);
    }

    [Fact]
    public async Task An_application_load_balancer_has_no_fixed_addresses()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var subnets = await sandbox.SubnetsAsync();

        (await sandbox.Elbv2(
            "CreateLoadBalancer", ("Name", "a"), ("SubnetMappings.member.1.SubnetId", subnets[0]),
            ("SubnetMappings.member.2.SubnetId", subnets[1]),
            ("SubnetMappings.member.2.AllocationId", "eipalloc-0123456789abcdef0")))
            .Fails("InvalidConfigurationRequest");
    }

    [Theory]
    [InlineData("dualstack", "")]
    [InlineData("dualstack-without-public-ipv4", "ValidationError")]
    public async Task Address_types_are_checked(string addresses, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var answer = await sandbox.CreateNetworkAsync("a", ("IpAddressType", addresses));

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task Limits_have_a_network_load_balancers_names_and_its_quota_counts_alone()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions
        {
            Delays = AwsDelays.None,
            Quotas = new AwsQuotas { NetworkLoadBalancersPerRegion = 1 },
        });
        await sandbox.LoadBalancerAsync();
        (await sandbox.CreateNetworkAsync("a")).Ok();

        (await sandbox.CreateNetworkAsync("b")).Fails("TooManyLoadBalancers");
        var names = (await sandbox.Elbv2("DescribeAccountLimits")).Ok().All("Name");
        Assert.Contains("listeners-per-network-load-balancer", names);
        Assert.Contains("target-groups-per-action-on-network-load-balancer", names);
        Assert.Contains("targets-per-availability-zone-per-network-load-balancer", names);
    }

    private static async Task<Answer> Create(
        SandboxFixture sandbox, string name, string type, string scheme, (string Name, string Value) mapping)
    {
        var subnets = await sandbox.SubnetsAsync();
        return await sandbox.Elbv2(
            "CreateLoadBalancer", ("Name", name), ("Type", type), ("Scheme", scheme),
            ("SubnetMappings.member.1.SubnetId", subnets[0]),
            ($"SubnetMappings.member.1.{mapping.Name}", mapping.Value));
    }
}
