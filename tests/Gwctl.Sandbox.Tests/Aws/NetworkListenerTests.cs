namespace Gwctl.Sandbox.Tests.Aws;

public sealed class NetworkListenerTests
{
    [Theory]
    [InlineData("TCP", "TCP", "")]
    [InlineData("TCP", "TCP_UDP", "")]
    [InlineData("TCP", "UDP", "IncompatibleProtocols")]
    [InlineData("TCP", "TLS", "IncompatibleProtocols")]
    [InlineData("UDP", "UDP", "")]
    [InlineData("UDP", "TCP_UDP", "")]
    [InlineData("UDP", "TCP", "IncompatibleProtocols")]
    [InlineData("TCP_UDP", "TCP_UDP", "")]
    [InlineData("TCP_UDP", "TCP", "IncompatibleProtocols")]
    [InlineData("TLS", "TLS", "")]
    [InlineData("TLS", "TCP", "")]
    [InlineData("TLS", "UDP", "IncompatibleProtocols")]
    [InlineData("TCP", "HTTP", "IncompatibleProtocols")]
    [InlineData("HTTP", "HTTP", "ValidationError")]
    [InlineData("QUIC", "UDP", "ValidationError")]
    public async Task A_listener_forwards_to_groups_of_a_fitting_protocol(string protocol, string group, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var target = await sandbox.TargetGroupAsync("g", group);
        (string, string)[] certificate = protocol is "TLS"
            ? [("Certificates.member.1.CertificateArn", await sandbox.ImportAsync("a.example.com"))]
            : [];

        var answer = await sandbox.CreateNetworkListenerAsync(network, protocol, 443, [target], certificate);

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task Two_protocols_on_one_port_are_one_listener()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var tcp = await sandbox.TargetGroupAsync("tcp", "TCP");
        var udp = await sandbox.TargetGroupAsync("udp", "UDP");
        (await sandbox.CreateNetworkListenerAsync(network, "TCP", 53, [tcp])).Ok();

        var refused = (await sandbox.CreateNetworkListenerAsync(network, "UDP", 53, [udp])).Fails("DuplicateListener");

        Assert.Equal(
            $"A listener already exists on this port for this load balancer '{network}'", refused.Message);
    }

    [Fact]
    public async Task Weights_are_taken_and_only_forwarding_is()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var (first, second) = (await sandbox.TargetGroupAsync("a", "TCP"), await sandbox.TargetGroupAsync("b", "TCP"));
        const string Groups = "DefaultActions.member.1.ForwardConfig.TargetGroups.member";
        const string Sticky = "DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig";

        var made = (await sandbox.CreateNetworkListenerAsync(
            network, "TCP", 80, [first, second], ($"{Groups}.1.Weight", "0"), ($"{Groups}.2.Weight", "999"),
            ($"{Sticky}.Enabled", "true"))).Ok();

        Assert.Equal(["0", "999"], made.All("Weight"));
        Assert.Equal("true", made["Enabled"]);
        (await sandbox.CreateNetworkListenerAsync(network, "TCP", 81, [first], ($"{Groups}.1.Weight", "1000")))
            .Fails("ValidationError");
        (await sandbox.CreateListenerAsync(network, 82)).Fails("ValidationError");
        (await sandbox.Elbv2(
            "CreateListener", ("LoadBalancerArn", network), ("Protocol", "TCP"), ("Port", "82"),
            ("DefaultActions.member.1.Type", "fixed-response"),
            ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "404"))).Fails("InvalidLoadBalancerAction");
        (await sandbox.CreateRuleAsync(made["ListenerArn"], 1, "/a", first)).Fails("UnsupportedProtocol");
    }

    [Fact]
    public async Task Sticky_groups_need_a_sticky_action_and_no_tls()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var (first, second) = (await sandbox.TargetGroupAsync("a", "TCP"), await sandbox.TargetGroupAsync("b", "TCP"));
        var secure = await sandbox.TargetGroupAsync("c", "TLS");
        (string, string) certificate = ("Certificates.member.1.CertificateArn", await sandbox.ImportAsync("a.test"));
        (string, string) sticky =
            ("DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled", "true");
        (await Tls(first, secure)).Fails("InvalidConfigurationRequest");
        (await Tls(second)).Fails("InvalidConfigurationRequest");

        (await sandbox.SetGroupAttributeAsync(first, "stickiness.enabled", "true")).Ok();
        (await sandbox.SetGroupAttributeAsync(secure, "stickiness.enabled", "true"))
            .Fails("InvalidConfigurationRequest");

        (await sandbox.CreateNetworkListenerAsync(network, "TCP", 80, [first, second]))
            .Fails("InvalidConfigurationRequest");
        (await sandbox.CreateNetworkListenerAsync(network, "TCP", 80, [first, second], sticky)).Ok();

        Task<Answer> Tls(params string[] groups) => sandbox.CreateNetworkListenerAsync(
            network, "TLS", 443, groups, groups.Length > 1 ? [certificate] : [certificate, sticky]);
    }

    [Fact]
    public async Task A_tls_listener_has_a_certificate_a_policy_and_an_alpn_policy()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var group = await sandbox.TargetGroupAsync("g", "TLS");
        var certificate = ("Certificates.member.1.CertificateArn", await sandbox.ImportAsync("a.example.com"));
        var alpn = ("AlpnPolicy.member.1", "HTTP2Preferred");

        (await sandbox.CreateNetworkListenerAsync(network, "TLS", 443, [group])).Fails("ValidationError");
        (await Tls(("AlpnPolicy.member.1", "h2"))).Fails("ALPNPolicyNotFound");
        (await Tls(alpn, ("AlpnPolicy.member.2", "None"))).Fails("ValidationError");
        (await Tls(("MutualAuthentication.Mode", "off"))).Fails("ValidationError");
        var made = (await Tls(alpn, ("SslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06"))).Ok();

        Assert.Equal("HTTP2Preferred", made["AlpnPolicy"]);
        Assert.Equal("ELBSecurityPolicy-TLS13-1-2-2021-06", made["SslPolicy"]);
        Assert.Empty(made.All("MutualAuthentication"));
        var tcp = await sandbox.TargetGroupAsync("t", "TCP");
        (await sandbox.CreateNetworkListenerAsync(network, "TCP", 80, [tcp], alpn)).Fails("ValidationError");

        var changed = await sandbox.Elbv2("ModifyListener", ("ListenerArn", made["ListenerArn"]), ("Protocol", "TCP"));
        changed.Fails("IncompatibleProtocols");
        var after = (await sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", made["ListenerArn"]), ("Protocol", "TCP"),
            ("DefaultActions.member.1.Type", "forward"), ("DefaultActions.member.1.TargetGroupArn", tcp))).Ok();
        Assert.Empty(after.All("SslPolicy"));
        Assert.Empty(after.All("AlpnPolicy"));

        Task<Answer> Tls(params (string, string)[] more) =>
            sandbox.CreateNetworkListenerAsync(network, "TLS", 443, [group], [certificate, .. more]);
    }

    [Theory]
    [InlineData("59", "ValidationError")]
    [InlineData("60", "")]
    [InlineData("6001", "ValidationError")]
    public async Task The_idle_timeout_of_tcp_is_set_on_the_listener(string seconds, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var group = await sandbox.TargetGroupAsync("g", "TCP");
        var made = (await sandbox.CreateNetworkListenerAsync(network, "TCP", 80, [group])).Ok()["ListenerArn"];

        var answer = await sandbox.Elbv2(
            "ModifyListenerAttributes", ("ListenerArn", made), ("Attributes.member.1.Key", "tcp.idle_timeout.seconds"),
            ("Attributes.member.1.Value", seconds));

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task Udp_on_a_dual_stack_load_balancer_needs_ipv6_targets()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var dual = (await sandbox.CreateNetworkAsync("dual", ("IpAddressType", "dualstack"))).Ok()["LoadBalancerArn"];
        var four = await sandbox.TargetGroupAsync("four", "UDP");
        var six = await sandbox.TargetGroupAsync("six", "UDP", ("IpAddressType", "ipv6"));

        (await sandbox.CreateNetworkListenerAsync(dual, "UDP", 53, [four])).Fails("InvalidConfigurationRequest");
        (await sandbox.CreateNetworkListenerAsync(dual, "UDP", 53, [six])).Ok();
    }

    [Fact]
    public async Task An_application_load_balancer_is_a_target_of_tcp()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var application = await sandbox.LoadBalancerAsync();
        var network = (await sandbox.CreateNetworkAsync("net")).Ok()["LoadBalancerArn"];
        var group = await sandbox.TargetGroupAsync("g", "TCP", ("TargetType", "alb"));

        (await Register(application)).Fails("InvalidTarget");
        (await Register(network)).Fails("InvalidTarget");
        await sandbox.ListenerAsync(application);
        (await Register(application)).Ok();
        (await sandbox.CreateNetworkListenerAsync(network, "TCP", 80, [group])).Ok();

        var second = await sandbox.LoadBalancerAsync("other");
        await sandbox.ListenerAsync(second);
        (await Register(second)).Fails("TooManyTargets");

        Task<Answer> Register(string id) =>
            sandbox.Elbv2("RegisterTargets", ("TargetGroupArn", group), ("Targets.member.1.Id", id));
    }

    [Theory]
    [InlineData("GRPC")]
    [InlineData("HTTP2")]
    public async Task Groups_of_http2_need_an_https_listener(string version)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var application = await sandbox.LoadBalancerAsync();
        var group = await sandbox.TargetGroupAsync("g", "HTTP", ("ProtocolVersion", version));
        (string, string)[] forward =
            [("DefaultActions.member.1.Type", "forward"), ("DefaultActions.member.1.TargetGroupArn", group)];

        (await Listen("HTTP")).Fails("ValidationError");
        (await Listen("HTTPS", ("Certificates.member.1.CertificateArn", await sandbox.ImportAsync("a.test")))).Ok();

        Task<Answer> Listen(string protocol, params (string, string)[] more) => sandbox.Elbv2(
            "CreateListener",
            [("LoadBalancerArn", application), ("Protocol", protocol), ("Port", "443"), .. forward, .. more]);
    }
}
