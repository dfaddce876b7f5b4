using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task A_client_of_the_same_process_needs_no_socket()
    {
        await using var sandbox = await SandboxFixture.StartAsync(inProcess: true);

        var created = (await sandbox.CreateLoadBalancerAsync("web")).Ok();

        Assert.Equal(created.RequestId, created["RequestId"]);
        (await sandbox.Route53("GET", "hostedzone/Z%2F0")).Fails("NoSuchHostedZone");
        sandbox.Cloud.Aws.Faults.Plan = _ => new Fault.LoseConnection();
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Elbv2("DescribeLoadBalancers"));
    }

    [Fact]
    public async Task The_endpoint_is_on_loopback_only()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal("127.0.0.1", sandbox.Cloud.Endpoint.Host);
    }
}
