using System.Diagnostics;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Tests.Aws;
using Gwctl.Sandbox.Tests.DataPlane;
using static Gwctl.Sandbox.Tests.Aws.Route53World;

namespace Gwctl.Sandbox.Tests.Dns;

// Goal: Route 53's health checks really ask the endpoints within the sandbox, and answers follow what they find.
public sealed class EndpointCheckTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Answers_leave_out_what_does_not_answer_its_check_and_take_it_back()
    {
        await using var live = await StartAsync();
        var group = await live.GroupAsync("shop", ["172.31.0.10"]);
        var listener = await live.ForwardingListenerAsync(group);
        var address = await live.AddressAsync(listener);
        var name = (await live.Sandbox.Elbv2("DescribeLoadBalancers")).Ok()["DNSName"];
        var check = await CheckAsync(live, "http", Config("HTTP", name, 80));
        await AnswerWithAsync(live, address.Address.ToString(), check);
        await UntilAsync(async () => (await StatusAsync(live, check)).Contains("Success: HTTP Status Code 200"));
        Assert.Equal([address.Address.ToString()], await AskAsync(live));

        (await live.Sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener), ("DefaultActions.member.1.Type", "fixed-response"),
            ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "503"))).Ok();
        await UntilAsync(async () => (await StatusAsync(live, check)).Contains("Failure: HTTP Status Code 503"));
        await UntilAsync(async () => (await AskAsync(live)) is ["192.0.2.9"]);

        (await live.Sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener), ("DefaultActions.member.1.Type", "forward"),
            ("DefaultActions.member.1.TargetGroupArn", group))).Ok();
        await UntilAsync(async () => (await AskAsync(live)) is [var only] && only == address.Address.ToString());
    }

    [Fact]
    public async Task Each_kind_of_check_finds_what_is_there()
    {
        await using var live = await StartAsync();
        var group = await live.GroupAsync("shop", ["172.31.0.10"]);
        await live.AddressAsync(await live.ForwardingListenerAsync(group));
        var name = (await live.Sandbox.Elbv2("DescribeLoadBalancers")).Ok()["DNSName"];
        var open = await CheckAsync(live, "open", Config("TCP", name, 80));
        var closed = await CheckAsync(live, "closed", Config("TCP", name, 81));
        var inverted = await CheckAsync(live, "inverted", Config("TCP", name, 81) + "<Inverted>true</Inverted>");
        var missing = await CheckAsync(live, "missing", Config("HTTP", "nothing.example.com", 80));
        var elsewhere = await CheckAsync(live, "elsewhere", Config("HTTP", "www.example.net", 80));
        var disabled = await CheckAsync(live, "disabled", Config("TCP", name, 81) + "<Disabled>true</Disabled>");

        await UntilAsync(async () => (await StatusAsync(live, open)).Contains("Success: TCP"));
        await UntilAsync(async () => (await StatusAsync(live, closed)).Contains("Failure: The health checker"));
        await UntilAsync(async () => (await StatusAsync(live, inverted)).Contains("Failure: The health checker"));
        await UntilAsync(async () => (await StatusAsync(live, missing)).Contains("DNS resolution failed"));
        await UntilAsync(async () => (await StatusAsync(live, disabled)).Contains("disabled"));
        Assert.DoesNotContain("StatusReport", await StatusAsync(live, elsewhere), StringComparison.Ordinal);
        await AnswerWithAsync(live, "192.0.2.1", closed);
        await UntilAsync(async () => await AskAsync(live) is ["192.0.2.9"]);
        foreach (var (id, expected) in new[]
        {
            (open, "192.0.2.1"), (inverted, "192.0.2.1"), (elsewhere, "192.0.2.1"), (disabled, "192.0.2.1"),
            (missing, "192.0.2.9"),
        })
        {
            await ReplaceAsync(live, id);
            await UntilAsync(async () => await AskAsync(live) is [var only] && only == expected);
        }
    }

    private static Task<LiveWorld> StartAsync() => LiveWorld.StartAsync(
        time: TimeProvider.System,
        dns: new DnsOptions { HealthCheckInterval = TimeSpan.FromMilliseconds(20) });

    private static string Config(string type, string host, int port) =>
        $"<Port>{port}</Port><Type>{type}</Type><FullyQualifiedDomainName>{host}</FullyQualifiedDomainName>"
        + "<RequestInterval>10</RequestInterval><FailureThreshold>2</FailureThreshold>";

    private static async Task<string> CheckAsync(LiveWorld live, string reference, string config) =>
        (await HealthCheckTests.CreateAsync(live.Sandbox, reference, config)).Ok()["Id"];

    private static async Task<string> StatusAsync(LiveWorld live, string id) =>
        (await live.Sandbox.Route53("GET", $"healthcheck/{id}/status")).Ok().Text;

    /// <summary>The checked record has all the weight, and one beside it none.</summary>
    private static async Task AnswerWithAsync(LiveWorld live, string address, string check) => (await live.Sandbox
        .ChangeAsync(
            await live.Sandbox.ZoneAsync(),
            ("CREATE", Checked(address, check)),
            ("CREATE", Weighted("w.example.com", "other", 0, 30, "192.0.2.9")))).Ok();

    private static async Task ReplaceAsync(LiveWorld live, string check) => (await live.Sandbox.ChangeAsync(
        await live.Sandbox.ZoneAsync(), ("UPSERT", Checked("192.0.2.1", check)))).Ok();

    private static string Checked(string address, string check) =>
        Weighted("w.example.com", "checked", 10, 30, address) + $"<HealthCheckId>{check}</HealthCheckId>";

    private static async Task<string[]> AskAsync(LiveWorld live)
    {
        var server = live.Sandbox.Cloud.Dns ?? throw new InvalidOperationException("no name server");
        return [.. (await Resolver.AskAsync(server.EndPoint, "w.example.com", Resolver.A, 1232)).Values];
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "waited too long");
            await Task.Delay(20, SandboxFixture.Cancellation);
        }
    }
}
