namespace Gwctl.Sandbox.Tests.Aws;

public sealed class ListenerTests
{
    [Fact]
    public async Task Ports_are_taken_once_and_the_same_create_is_the_same_listener()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var loadBalancer = await sandbox.LoadBalancerAsync();
        var listener = await sandbox.ListenerAsync(loadBalancer);

        Assert.Equal(listener, await sandbox.ListenerAsync(loadBalancer));
        (await sandbox.Elbv2(
            "CreateListener", ("LoadBalancerArn", loadBalancer), ("Protocol", "HTTP"), ("Port", "80"),
            ("DefaultActions.member.1.Type", "fixed-response"),
            ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "500"))).Fails("DuplicateListener");
    }

    [Theory]
    [InlineData("TCP", "ValidationError")]
    [InlineData("HTTPS", "ValidationError")]
    public async Task An_application_listener_is_http_or_has_a_certificate(string protocol, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var loadBalancer = await sandbox.LoadBalancerAsync();

        (await sandbox.Elbv2(
            "CreateListener", ("LoadBalancerArn", loadBalancer), ("Protocol", protocol), ("Port", "80"),
            ("DefaultActions.member.1.Type", "fixed-response"),
            ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "404"))).Fails(code);
    }

    [Fact]
    public async Task Certificates_must_exist_and_are_in_use_while_a_listener_has_them()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var loadBalancer = await sandbox.LoadBalancerAsync();
        var first = await sandbox.ImportAsync("a.example.com");
        var second = await sandbox.ImportAsync("b.example.com");
        (await Secure(loadBalancer.Replace("000000000000", "111111111111", StringComparison.Ordinal)))
            .Fails("LoadBalancerNotFound");
        (await Secure(loadBalancer, "arn:aws:acm:us-east-1:000000000000:certificate/none"))
            .Fails("CertificateNotFound");

        var listener = (await Secure(loadBalancer, first)).Ok();
        Assert.Equal("ELBSecurityPolicy-2016-08", listener["SslPolicy"]);
        Assert.Equal("off", listener["Mode"]);
        (await Sni("AddListenerCertificates", second)).Ok();
        var listed = (await sandbox.Elbv2(
            "DescribeListenerCertificates", ("ListenerArn", listener["ListenerArn"]))).Ok();
        Assert.Equal([first, second], listed.All("CertificateArn"));
        Assert.Equal(["true", "false"], listed.All("IsDefault"));

        (await sandbox.Acm("DeleteCertificate", $$"""{"CertificateArn":"{{second}}"}"""))
            .Fails("ResourceInUseException");
        (await Sni("RemoveListenerCertificates", first)).Fails("OperationNotPermitted");
        (await Sni("RemoveListenerCertificates", second)).Ok();
        (await sandbox.Acm("DeleteCertificate", $$"""{"CertificateArn":"{{second}}"}""")).Ok();

        Task<Answer> Sni(string action, string certificate) => sandbox.Elbv2(
            action, ("ListenerArn", listener["ListenerArn"]), ("Certificates.member.1.CertificateArn", certificate));

        Task<Answer> Secure(string arn, string? certificate = null) => sandbox.Elbv2(
            "CreateListener", ("LoadBalancerArn", arn), ("Protocol", "HTTPS"), ("Port", "443"),
            ("Certificates.member.1.CertificateArn", certificate ?? first),
            ("DefaultActions.member.1.Type", "fixed-response"),
            ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "404"));
    }

    [Fact]
    public async Task Tls_policies_are_the_predefined_ones()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Contains(
            "ELBSecurityPolicy-TLS13-1-2-2021-06", (await sandbox.Elbv2("DescribeSSLPolicies")).Ok().All("Name"));
        (await sandbox.Elbv2("DescribeSSLPolicies", ("Names.member.1", "x"))).Fails("SSLPolicyNotFound");
    }

    [Fact]
    public async Task A_network_listener_forwards_to_groups_of_its_kind()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var network = (await sandbox.CreateLoadBalancerAsync("net", ("Type", "network"))).Ok();
        var http = await sandbox.TargetGroupAsync("http");
        var tcp = (await sandbox.CreateTargetGroupAsync("tcp", ("Protocol", "TCP"))).Ok()["TargetGroupArn"];
        Assert.Matches(@"^net-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$", network["DNSName"]);

        (await Listen(http)).Fails("IncompatibleProtocols");
        var listener = (await Listen(tcp)).Ok();
        var attributes = (await sandbox.Elbv2(
            "DescribeListenerAttributes", ("ListenerArn", listener["ListenerArn"]))).Ok();
        Assert.Equal(["tcp.idle_timeout.seconds"], attributes.All("Key"));

        Task<Answer> Listen(string group) => sandbox.Elbv2(
            "CreateListener", ("LoadBalancerArn", network["LoadBalancerArn"]), ("Protocol", "TCP"), ("Port", "443"),
            ("DefaultActions.member.1.Type", "forward"), ("DefaultActions.member.1.TargetGroupArn", group));
    }

    [Fact]
    public async Task Unknown_members_and_actions_are_errors()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        (await sandbox.Elbv2("DescribeRules", ("Bogus", "1"))).Fails("ValidationError");
        (await sandbox.Elbv2("MakeCoffee")).Fails("InvalidAction");
        var answer = await sandbox.Elbv2("DescribeLoadBalancers");
        Assert.Equal(answer.RequestId, answer["RequestId"]);
    }
}
