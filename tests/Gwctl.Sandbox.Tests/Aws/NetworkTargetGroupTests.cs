namespace Gwctl.Sandbox.Tests.Aws;

public sealed class NetworkTargetGroupTests
{
    [Theory]
    [InlineData("TCP", null, "TCP", "10", "", "")]
    [InlineData("TLS", null, "TCP", "10", "", "")]
    [InlineData("UDP", null, "TCP", "10", "", "")]
    [InlineData("TCP_UDP", null, "TCP", "10", "", "")]
    [InlineData("TCP", "HTTP", "HTTP", "6", "/", "200-399")]
    [InlineData("UDP", "HTTPS", "HTTPS", "10", "/", "200-399")]
    [InlineData("HTTP", null, "HTTP", "5", "/", "200")]
    public async Task Health_checks_have_their_protocols_defaults(
        string protocol, string? asked, string checks, string timeout, string path, string matcher)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        (string, string)[] wanted = asked is null ? [] : [("HealthCheckProtocol", asked)];

        var group = (await sandbox.CreateTargetGroupAsync("g", [("Protocol", protocol), .. wanted])).Ok();

        Assert.Equal(checks, group["HealthCheckProtocol"]);
        Assert.Equal(timeout, group["HealthCheckTimeoutSeconds"]);
        Assert.Equal(path, group["HealthCheckPath"]);
        Assert.Equal(matcher, group["HttpCode"]);
        Assert.Equal("30", group["HealthCheckIntervalSeconds"]);
        Assert.Equal("5", group["HealthyThresholdCount"]);
        Assert.Equal("2", group["UnhealthyThresholdCount"]);
    }

    [Theory]
    [InlineData("HealthCheckProtocol", "UDP", "ValidationError")]
    [InlineData("HealthCheckProtocol", "TLS", "ValidationError")]
    [InlineData("HealthCheckPath", "/x", "InvalidConfigurationRequest")]
    [InlineData("Matcher.HttpCode", "200", "InvalidConfigurationRequest")]
    [InlineData("HealthCheckTimeoutSeconds", "1", "ValidationError")]
    [InlineData("HealthyThresholdCount", "11", "ValidationError")]
    [InlineData("HealthCheckEnabled", "false", "ValidationError")]
    [InlineData("ProtocolVersion", "HTTP1", "ValidationError")]
    [InlineData("Protocol", "GENEVE", "ValidationError")]
    public async Task Settings_are_checked(string field, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        (string, string)[] fields = field is "Protocol" ? [(field, value)] : [("Protocol", "TCP"), (field, value)];

        (await sandbox.CreateTargetGroupAsync("g", fields)).Fails(code);
    }

    [Fact]
    public async Task Checks_can_go_to_http_and_back()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g", "TCP");

        var http = (await Modify(("HealthCheckProtocol", "HTTP"), ("HealthCheckPath", "/ready"))).Ok();
        Assert.Equal(("/ready", "200-399"), (http["HealthCheckPath"], http["HttpCode"]));
        var tcp = (await Modify(("HealthCheckProtocol", "TCP"))).Ok();
        Assert.Empty(tcp.All("HealthCheckPath"));
        Assert.Empty(tcp.All("Matcher"));

        Task<Answer> Modify(params (string, string)[] fields) =>
            sandbox.Elbv2("ModifyTargetGroup", [("TargetGroupArn", group), .. fields]);
    }

    [Theory]
    [InlineData("TCP", "ip", "false", "false", "true")]
    [InlineData("TLS", "ip", "false", "false", "true")]
    [InlineData("TCP", "instance", "true", "false", "true")]
    [InlineData("UDP", "ip", "true", "true", "false")]
    [InlineData("TCP_UDP", "instance", "true", "true", "false")]
    public async Task Attributes_default_by_protocol_and_target_type(
        string protocol, string type, string preserves, string terminates, string terminatesUnhealthy)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g", protocol, ("TargetType", type));

        var answer = (await sandbox.Elbv2("DescribeTargetGroupAttributes", ("TargetGroupArn", group))).Ok();
        var values = answer.All("Key").Zip(answer.All("Value")).ToDictionary(pair => pair.First, pair => pair.Second);

        Assert.Equal(preserves, values["preserve_client_ip.enabled"]);
        Assert.Equal(terminates, values["deregistration_delay.connection_termination.enabled"]);
        Assert.Equal(terminatesUnhealthy, values["target_health_state.unhealthy.connection_termination.enabled"]);
        Assert.Equal("source_ip", values["stickiness.type"]);
        Assert.Equal("false", values["proxy_protocol_v2.enabled"]);
        Assert.False(values.ContainsKey("load_balancing.algorithm.type"));
    }

    [Theory]
    [InlineData("TCP", "stickiness.type", "source_ip", "")]
    [InlineData("TCP", "stickiness.type", "lb_cookie", "InvalidConfigurationRequest")]
    [InlineData("TCP", "stickiness.type", "source_ip_dest_ip", "InvalidConfigurationRequest")]
    [InlineData("TLS", "stickiness.enabled", "true", "InvalidConfigurationRequest")]
    [InlineData("TCP", "preserve_client_ip.enabled", "true", "")]
    [InlineData("UDP", "preserve_client_ip.enabled", "false", "InvalidConfigurationRequest")]
    [InlineData("TCP", "proxy_protocol_v2.enabled", "true", "")]
    [InlineData("UDP", "target_health_state.unhealthy.connection_termination.enabled", "true",
        "InvalidConfigurationRequest")]
    [InlineData("TCP", "target_health_state.unhealthy.draining_interval_seconds", "360001", "ValidationError")]
    [InlineData("TCP", "slow_start.duration_seconds", "30", "InvalidConfigurationRequest")]
    [InlineData("TCP", "no.such.key", "1", "ValidationError")]
    public async Task Attributes_are_checked(string protocol, string key, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g", protocol);

        var answer = await sandbox.SetGroupAttributeAsync(group, key, value);

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task A_wrong_kind_of_stickiness_is_refused_in_the_clouds_words()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = await sandbox.TargetGroupAsync("g", "TCP");

        Assert.Equal(
            "Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol",
            (await sandbox.SetGroupAttributeAsync(group, "stickiness.type", "lb_cookie")).Message);
    }
}
