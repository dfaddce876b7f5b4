namespace Gwctl.Sandbox.Tests.Aws;

public sealed class Ec2Tests
{
    [Fact]
    public async Task The_default_network_has_three_zones_with_a_public_and_a_private_subnet_each()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(6, (await sandbox.Ec2("DescribeSubnets")).Ok().All("subnetId").Count);
        Assert.Equal(3, (await sandbox.SubnetsAsync()).Count);
        Assert.Equal(
            ["us-east-1a", "us-east-1b", "us-east-1c"],
            (await sandbox.Ec2("DescribeAvailabilityZones")).Ok().All("zoneName"));
        Assert.Equal("172.31.0.0/16", (await sandbox.Ec2("DescribeVpcs")).Ok()["cidrBlock"]);
        (await sandbox.Ec2("DescribeSubnets", ("SubnetId.1", "subnet-0"))).Fails("InvalidSubnetID.NotFound");
        (await sandbox.Ec2("DescribeSubnets", ("Filter.1.Name", "colour"), ("Filter.1.Value.1", "x")))
            .Fails("InvalidParameterValue");
        (await sandbox.Ec2("DescribeSubnets", ("Colour", "x"))).Fails("UnknownParameter");
    }

    [Fact]
    public async Task A_security_group_has_rules_with_ids_of_their_own()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = (await Create(sandbox, "web")).Ok()["groupId"];
        (await Create(sandbox, "web")).Fails("InvalidGroup.Duplicate");

        var added = (await Allow(sandbox, group, "tcp", 80, "10.1.2.3/8")).Ok();
        Assert.Equal("10.0.0.0/8", added["cidrIpv4"]);
        (await Allow(sandbox, group, "tcp", 80, "10.0.0.0/8")).Fails("InvalidPermission.Duplicate");
        (await Allow(sandbox, group, "tcp", 80, "10.0.0.0/33")).Fails("InvalidParameterValue");
        (await Allow(sandbox, "sg-1", "tcp", 80, "10.0.0.0/8")).Fails("InvalidGroup.NotFound");

        var described = (await sandbox.Ec2("DescribeSecurityGroups", ("GroupId.1", group))).Ok();
        Assert.Equal(["10.0.0.0/8", "0.0.0.0/0"], described.All("cidrIp").Order(StringComparer.Ordinal).Reverse());
        (await sandbox.Ec2(
            "RevokeSecurityGroupIngress", ("GroupId", group), ("SecurityGroupRuleId.1", added["securityGroupRuleId"])))
            .Ok();
        (await sandbox.Ec2(
            "RevokeSecurityGroupIngress", ("GroupId", group), ("SecurityGroupRuleId.1", added["securityGroupRuleId"])))
            .Fails("InvalidSecurityGroupRuleId.NotFound");
        var rules = (await sandbox.Ec2(
            "DescribeSecurityGroupRules", ("Filter.1.Name", "group-id"), ("Filter.1.Value.1", group))).Ok();
        Assert.Equal(["true"], rules.All("isEgress"));
    }

    [Fact]
    public async Task A_group_in_use_cannot_be_deleted()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = (await Create(sandbox, "web")).Ok()["groupId"];
        var loadBalancer = (await sandbox.CreateLoadBalancerAsync("web", ("SecurityGroups.member.1", group))).Ok();

        (await sandbox.Ec2("DeleteSecurityGroup", ("GroupId", group))).Fails("DependencyViolation");
        var interfaces = (await sandbox.Ec2(
            "DescribeNetworkInterfaces", ("Filter.1.Name", "group-id"), ("Filter.1.Value.1", group))).Ok();
        Assert.Equal(2, interfaces.All("networkInterfaceId").Count);
        (await sandbox.Elbv2("DeleteLoadBalancer", ("LoadBalancerArn", loadBalancer["LoadBalancerArn"]))).Ok();
        (await sandbox.Ec2("DeleteSecurityGroup", ("GroupId", group), ("DryRun", "true"))).Fails("DryRunOperation");
        (await sandbox.Ec2("DeleteSecurityGroup", ("GroupId", group))).Ok();
        (await sandbox.Ec2("DeleteSecurityGroup", ("GroupId", group))).Fails("InvalidGroup.NotFound");
    }

    [Fact]
    public async Task The_default_group_can_be_changed_but_not_deleted()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = (await sandbox.Ec2("DescribeSecurityGroups", ("GroupName.1", "default"))).Ok()["groupId"];

        (await sandbox.Ec2("DeleteSecurityGroup", ("GroupId", group))).Fails("CannotDelete");
        (await Allow(sandbox, group, "udp", 53, "0.0.0.0/0")).Ok();
        var rules = (await sandbox.Ec2("DescribeSecurityGroupRules")).Ok();
        Assert.Equal(3, rules.All("securityGroupRuleId").Count);
    }

    [Fact]
    public async Task Groups_are_tagged_when_created_and_found_by_tag()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = (await sandbox.Ec2(
            "CreateSecurityGroup", ("GroupName", "web"), ("GroupDescription", "d"),
            ("TagSpecification.1.ResourceType", "security-group"), ("TagSpecification.1.Tag.1.Key", "owner"),
            ("TagSpecification.1.Tag.1.Value", "us"))).Ok()["groupId"];

        Assert.Equal([group], await Find("u?"));
        (await sandbox.Ec2(
            "CreateTags", ("ResourceId.1", group), ("Tag.1.Key", "owner"), ("Tag.1.Value", "them"))).Ok();
        Assert.Empty(await Find("us"));
        (await sandbox.Ec2("DeleteTags", ("ResourceId.1", group), ("Tag.1.Key", "owner"))).Ok();
        Assert.Empty(await Find("*"));
        (await sandbox.Ec2("CreateTags", ("ResourceId.1", "sg-0"), ("Tag.1.Key", "a"))).Fails("InvalidGroup.NotFound");

        async Task<IReadOnlyList<string>> Find(string value) => (await sandbox.Ec2(
            "DescribeSecurityGroups", ("Filter.1.Name", "tag:owner"), ("Filter.1.Value.1", value))).Ok().All("groupId");
    }

    private static Task<Answer> Create(SandboxFixture sandbox, string name) =>
        sandbox.Ec2("CreateSecurityGroup", ("GroupName", name), ("GroupDescription", "d"));

    private static Task<Answer> Allow(SandboxFixture sandbox, string group, string protocol, int port, string cidr) =>
        sandbox.Ec2(
            "AuthorizeSecurityGroupIngress", ("GroupId", group), ("IpPermissions.1.IpProtocol", protocol),
            ("IpPermissions.1.FromPort", $"{port}"), ("IpPermissions.1.ToPort", $"{port}"),
            ("IpPermissions.1.IpRanges.1.CidrIp", cidr));
}
