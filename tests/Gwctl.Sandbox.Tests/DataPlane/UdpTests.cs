using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gwctl.Sandbox.DataPlane;

namespace Gwctl.Sandbox.Tests.DataPlane;

public sealed class UdpTests
{
    [Fact]
    public async Task The_echo_answers_each_datagram_with_its_name_and_what_it_heard()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("dns", ["172.31.0.7:53"], ("Protocol", "UDP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "UDP", [(group, 1)]);
        using var client = new UdpClient(AddressFamily.InterNetwork);

        var answer = await client.AskAsync(await world.AddressAsync(listener), "who?");

        var json = JsonDocument.Parse(answer).RootElement;
        Assert.Equal("172.31.0.7:53", json.GetProperty("pod").GetString());
        Assert.Equal("who?", json.GetProperty("payload").GetString());
        Assert.Equal("UDP", json.GetProperty("protocol").GetString());
    }

    [Fact]
    public async Task A_flow_keeps_its_target_and_flows_are_shared_out()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("dns", ["172.31.0.1", "172.31.0.2"], ("Protocol", "UDP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "UDP", [(group, 1)]);
        var address = await world.AddressAsync(listener);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var turn = 0; turn < 24; turn++)
        {
            using var client = new UdpClient(AddressFamily.InterNetwork);
            var first = Pod(await client.AskAsync(address, "1"));
            Assert.Equal(first, Pod(await client.AskAsync(address, "2")));
            seen.Add(first);
        }

        Assert.Equal(2, seen.Count);

        static string Pod(string answer) =>
            JsonDocument.Parse(answer).RootElement.GetProperty("pod").GetString() ?? "";
    }

    [Fact]
    public async Task Datagrams_of_a_server_come_back_to_the_client_that_asked()
    {
        await using var world = await LiveWorld.StartAsync();
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)(server.Client.LocalEndPoint ?? throw new InvalidOperationException())).Port;
        var served = ServeAsync(server);
        var group = await world.GroupAsync("dns", [$"127.0.0.1:{port}"], ("Protocol", "UDP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "UDP", [(group, 1)]);
        var address = await world.AddressAsync(listener);
        using var first = new UdpClient(AddressFamily.InterNetwork);
        using var second = new UdpClient(AddressFamily.InterNetwork);

        Assert.Equal("re: a", await first.AskAsync(address, "a"));
        Assert.Equal("re: b", await second.AskAsync(address, "b"));
        Assert.Equal("re: c", await first.AskAsync(address, "c"));
        var sources = await served;
        Assert.Equal(sources[0], sources[2]);
        Assert.NotEqual(sources[0], sources[1]);

        static async Task<List<IPEndPoint>> ServeAsync(UdpClient server)
        {
            var sources = new List<IPEndPoint>();
            while (sources.Count < 3)
            {
                var received = await server.ReceiveAsync(SandboxFixture.Cancellation);
                sources.Add(received.RemoteEndPoint);
                byte[] answer = [.. "re: "u8, .. received.Buffer];
                await server.SendAsync(answer, received.RemoteEndPoint, SandboxFixture.Cancellation);
            }

            return sources;
        }
    }

    [Fact]
    public async Task Both_protocols_are_served_on_one_port()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("dns", ["172.31.0.7"], ("Protocol", "TCP_UDP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP_UDP", [(group, 1)]);
        using var client = new UdpClient(AddressFamily.InterNetwork);

        Assert.Equal("172.31.0.7:80", await world.PodAsync(listener));
        Assert.Contains(
            "172.31.0.7:80", await client.AskAsync(await world.AddressAsync(listener), "x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_changes_its_protocol_and_keeps_its_port()
    {
        await using var world = await LiveWorld.StartAsync();
        var tcp = await world.GroupAsync("tcp", ["172.31.0.1"], ("Protocol", "TCP"));
        var udp = await world.GroupAsync("udp", ["172.31.0.2"], ("Protocol", "UDP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(tcp, 1)]);
        var before = await world.AddressAsync(listener);

        (await world.Sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener), ("Protocol", "UDP"),
            ("DefaultActions.member.1.Type", "forward"), ("DefaultActions.member.1.TargetGroupArn", udp))).Ok();

        Assert.Equal(before, await world.AddressAsync(listener));
        using var client = new UdpClient(AddressFamily.InterNetwork);
        Assert.Contains("172.31.0.2:80", await client.AskAsync(before, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_flow_ends_and_the_next_datagram_begins_another()
    {
        await using var world = await LiveWorld.StartAsync(
            new DataPlaneOptions { StreamIdleTimeout = TimeSpan.FromMilliseconds(200) });
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)(server.Client.LocalEndPoint ?? throw new InvalidOperationException())).Port;
        var group = await world.GroupAsync("dns", [$"127.0.0.1:{port}"], ("Protocol", "UDP"));
        var address = await world.AddressAsync(
            await world.StreamAsync(await world.NetworkAsync(), "UDP", [(group, 1)]));
        using var client = new UdpClient(AddressFamily.InterNetwork);

        var first = await SourceAsync("1");
        var second = await SourceAsync("2");
        await Task.Delay(TimeSpan.FromMilliseconds(1500), SandboxFixture.Cancellation);
        var late = await SourceAsync("3");

        Assert.Equal(first, second);
        Assert.NotEqual(first, late);

        async Task<IPEndPoint> SourceAsync(string text)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(text), address, SandboxFixture.Cancellation);
            return (await server.ReceiveAsync(SandboxFixture.Cancellation)).RemoteEndPoint;
        }
    }

    [Fact]
    public async Task Datagrams_for_nobody_are_lost()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("dns", [], ("Protocol", "UDP"));
        var address = await world.AddressAsync(
            await world.StreamAsync(await world.NetworkAsync(), "UDP", [(group, 1)]));
        using var client = new UdpClient(AddressFamily.InterNetwork);
        await client.SendAsync(Encoding.UTF8.GetBytes("early"), address, SandboxFixture.Cancellation);
        await Task.Delay(TimeSpan.FromMilliseconds(300), SandboxFixture.Cancellation);

        (await world.Sandbox.Elbv2("RegisterTargets", LiveWorld.Targets(group, ["172.31.0.7"]))).Ok();
        await world.Plane.SettleAsync(SandboxFixture.Cancellation);

        Assert.Contains("\"late\"", await client.AskAsync(address, "late"), StringComparison.Ordinal);
        Assert.Equal(0, client.Available);
    }
}
