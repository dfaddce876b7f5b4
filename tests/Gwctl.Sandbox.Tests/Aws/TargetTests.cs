using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class TargetTests
{
    private static readonly AwsDelays Settling = AwsDelays.None with { TargetSettling = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task Health_goes_from_unused_over_initial_to_healthy_and_out_by_draining()
    {
        await using var sandbox = await SandboxFixture.StartAsync(
            new AwsOptions { Delays = Settling, UnhealthyTargets = ["172.31.0.9"] });
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var group = await sandbox.TargetGroupAsync("g");
        (await Targets("RegisterTargets", group, "172.31.0.8", "172.31.0.9")).Ok();
        Assert.Equal(["unused", "unused"], await States());

        (await sandbox.CreateRuleAsync(listener, 1, "/a", group)).Ok();
        Assert.Equal(["initial", "initial"], await States());
        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["healthy", "unhealthy"], await States());

        (await Targets("DeregisterTargets", group, "172.31.0.8")).Ok();
        Assert.Equal(["draining", "unhealthy"], await States());
        sandbox.Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(["unhealthy"], await States());

        async Task<IReadOnlyList<string>> States() =>
            (await sandbox.Elbv2("DescribeTargetHealth", ("TargetGroupArn", group))).Ok().All("State");

        Task<Answer> Targets(string action, string arn, params string[] ids) => sandbox.Elbv2(
            action,
            [("TargetGroupArn", arn), .. ids.Select((id, index) => ($"Targets.member.{index + 1}.Id", id))]);
    }

    [Theory]
    [InlineData("8.8.8.8", "all", "InvalidTarget")]
    [InlineData("10.1.2.3", null, "InvalidTarget")]
    [InlineData("10.1.2.3", "all", "")]
    [InlineData("300.1.2.3", null, "ValidationError")]
    [InlineData("::1", null, "ValidationError")]
    public async Task Addresses_are_in_the_network_or_said_not_to_be(string id, string? zone, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g");
        (string, string)[] place = zone is null ? [] : [("Targets.member.1.AvailabilityZone", zone)];

        var answer = await sandbox.Elbv2(
            "RegisterTargets", [("TargetGroupArn", group), ("Targets.member.1.Id", id), .. place]);

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task The_same_name_with_other_settings_is_a_duplicate()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g");

        Assert.Equal(group, await sandbox.TargetGroupAsync("g"));
        (await sandbox.CreateTargetGroupAsync("g", ("Port", "81"))).Fails("DuplicateTargetGroupName");
    }

    [Theory]
    [InlineData("HealthCheckTimeoutSeconds", "30", "ValidationError")]
    [InlineData("HealthCheckIntervalSeconds", "4", "ValidationError")]
    [InlineData("HealthCheckPath", "no-slash", "ValidationError")]
    [InlineData("HealthCheckPort", "0", "ValidationError")]
    [InlineData("Matcher.HttpCode", "600", "ValidationError")]
    [InlineData("Matcher.GrpcCode", "0", "ValidationError")]
    [InlineData("ProtocolVersion", "HTTP3", "ValidationError")]
    [InlineData("VpcId", "vpc-1", "ValidationError")]
    public async Task Settings_are_checked(string field, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        (await sandbox.CreateTargetGroupAsync("g", (field, value))).Fails(code);
    }

    [Fact]
    public async Task Health_checks_can_be_modified_and_default_by_protocol()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var grpc = (await sandbox.CreateTargetGroupAsync("grpc", ("ProtocolVersion", "GRPC"))).Ok();
        Assert.Equal("/AWS.ALB/healthcheck", grpc["HealthCheckPath"]);
        Assert.Equal("12", grpc["GrpcCode"]);
        var tcp = (await sandbox.CreateTargetGroupAsync("tcp", ("Protocol", "TCP"))).Ok();
        Assert.Empty(tcp.All("HealthCheckPath"));

        var after = (await sandbox.Elbv2(
            "ModifyTargetGroup", ("TargetGroupArn", grpc["TargetGroupArn"]), ("HealthCheckPath", "/x"))).Ok();
        Assert.Equal("/x", after["HealthCheckPath"]);
        Assert.Equal("30", after["HealthCheckIntervalSeconds"]);
    }

    [Theory]
    [InlineData("stickiness.type", "source_ip", "InvalidConfigurationRequest")]
    [InlineData("slow_start.duration_seconds", "29", "ValidationError")]
    [InlineData("slow_start.duration_seconds", "0", "")]
    [InlineData("proxy_protocol_v2.enabled", "true", "InvalidConfigurationRequest")]
    public async Task Attributes_are_checked(string key, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g");

        var answer = await sandbox.Elbv2(
            "ModifyTargetGroupAttributes", ("TargetGroupArn", group), ("Attributes.member.1.Key", key),
            ("Attributes.member.1.Value", value));

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task Instances_must_be_the_accounts()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions
        {
            Instances = [new AwsInstance("i-0123456789abcdef0", "172.31.0.4", "subnet-x")],
        });
        var group = (await sandbox.CreateTargetGroupAsync("g", ("TargetType", "instance"))).Ok()["TargetGroupArn"];

        (await Register("i-0123456789abcdef1")).Fails("InvalidTarget");
        (await Register("i-0123456789abcdef0")).Ok();
        Assert.Equal(["i-0123456789abcdef0"], (await sandbox.Ec2("DescribeInstances")).Ok().All("instanceId"));

        Task<Answer> Register(string id) =>
            sandbox.Elbv2("RegisterTargets", ("TargetGroupArn", group), ("Targets.member.1.Id", id));
    }
}
