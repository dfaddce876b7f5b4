using System.Net;
using System.Net.Sockets;
using System.Text;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

public sealed class TcpTests
{
    [Fact]
    public async Task The_echo_names_the_target_and_sends_bytes_back_until_the_client_has_finished()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7:9000"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        await using var client = await world.ConnectAsync(listener);

        var line = await client.LineAsync();
        await client.SendAsync("hello");

        Assert.Equal(("app", "172.31.0.7:9000", "TCP"), (Text("service"), Text("pod"), Text("protocol")));
        Assert.Equal("hello", await client.ReadAsync(5));
        client.Finish();
        Assert.Equal("", await client.ReadAsync(1));

        string? Text(string name) => line.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_server_gets_the_bytes_and_may_finish_before_the_client()
    {
        await using var world = await LiveWorld.StartAsync();
        await using var server = StreamServer.Start(async socket =>
        {
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.UTF8.GetBytes("bye"), SandboxFixture.Cancellation);
            socket.Shutdown(SocketShutdown.Send);
            using var rest = new StreamReader(stream);

            // Health checks connect as well, and say nothing.
            if (await rest.ReadToEndAsync(SandboxFixture.Cancellation) is { Length: > 0 } heard)
            {
                Heard.SetResult(heard);
            }
        });
        var group = await world.GroupAsync("app", [$"127.0.0.1:{server.Port}"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        await using var client = await world.ConnectAsync(listener);

        Assert.Equal("bye", await client.ReadAsync(100));
        await client.SendAsync("still here");
        client.Finish();

        Assert.Equal("still here", await Heard.Task.WaitAsync(TimeSpan.FromSeconds(10), SandboxFixture.Cancellation));
    }

    [Fact]
    public async Task Weights_share_connections_out()
    {
        await using var world = await LiveWorld.StartAsync();
        var few = await world.GroupAsync("few", ["172.31.0.1"], ("Protocol", "TCP"));
        var many = await world.GroupAsync("many", ["172.31.0.2", "172.31.0.3"], ("Protocol", "TCP"));
        var none = await world.GroupAsync("none", ["172.31.0.4"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(
            await world.NetworkAsync(), "TCP", [(few, 10), (many, 30), (none, 0)]);

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var turn = 0; turn < 200; turn++)
        {
            var pod = await world.PodAsync(listener);
            counts[pod] = counts.GetValueOrDefault(pod) + 1;
        }

        Assert.Equal(["172.31.0.1:80", "172.31.0.2:80", "172.31.0.3:80"], counts.Keys.Order(StringComparer.Ordinal));

        // A quarter, and three eighths each; the bounds are four standard deviations wide.
        Assert.InRange(counts["172.31.0.1:80"], 25, 75);
        Assert.InRange(counts["172.31.0.2:80"], 48, 102);
    }

    [Fact]
    public async Task Who_has_nobody_to_answer_is_reset()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", [], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        var address = await world.AddressAsync(listener);

        // The reset may overtake the connection's own success.
        var error = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, SandboxFixture.Cancellation);
            await socket.ReceiveAsync(new byte[1], SandboxFixture.Cancellation);
        });

        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public async Task Unhealthy_targets_take_connections_only_where_there_is_no_other()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.1", "172.31.0.2"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        world.Plane.SetHealth("172.31.0.1", false);
        for (var turn = 0; turn < 12; turn++)
        {
            Assert.Equal("172.31.0.2:80", await world.PodAsync(listener));
        }

        world.Plane.SetHealth("172.31.0.2", false);

        Assert.StartsWith("172.31.0.", await world.PodAsync(listener), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sticky_client_stays_with_its_target_when_others_come()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.1", "172.31.0.2"], ("Protocol", "TCP"));
        (await world.Sandbox.SetGroupAttributeAsync(group, "stickiness.enabled", "true")).Ok();
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        var first = await world.PodAsync(listener);

        string[] more = [.. Enumerable.Range(3, 20).Select(number => $"172.31.0.{number}")];
        (await world.Sandbox.Elbv2("RegisterTargets", LiveWorld.Targets(group, more))).Ok();
        for (var turn = 0; turn < 12; turn++)
        {
            Assert.Equal(first, await world.PodAsync(listener));
        }

        world.Plane.SetHealth(first.Split(':')[0], false);
        Assert.NotEqual(first, await world.PodAsync(listener));
    }

    [Fact]
    public async Task The_proxy_protocol_header_tells_the_server_its_client()
    {
        await using var world = await LiveWorld.StartAsync();
        await using var server = StreamServer.Start(async socket =>
        {
            var header = new byte[28];
            await using var stream = new NetworkStream(socket);
            await stream.ReadExactlyAsync(header, SandboxFixture.Cancellation);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(header)));
        });
        var group = await world.GroupAsync("app", [$"127.0.0.1:{server.Port}"], ("Protocol", "TCP"));
        (await world.Sandbox.SetGroupAttributeAsync(group, "proxy_protocol_v2.enabled", "true")).Ok();
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        var address = await world.AddressAsync(listener);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, SandboxFixture.Cancellation);
        await using var client = new StreamClient(new NetworkStream(socket), socket);

        var header = await client.ReadAsync(56);

        var own = Assert.IsType<IPEndPoint>(socket.LocalEndPoint);
        var source = Convert.ToHexStringLower(own.Address.MapToIPv4().GetAddressBytes());
        var destination = Convert.ToHexStringLower(address.Address.GetAddressBytes());
        Assert.Equal(
            $"0d0a0d0a000d0a515549540a2111000c{source}{destination}{own.Port:x4}{address.Port:x4}", header);
    }

    [Fact]
    public async Task New_connections_follow_a_change_and_old_ones_stay()
    {
        await using var world = await LiveWorld.StartAsync();
        var old = await world.GroupAsync("old", ["172.31.0.1"], ("Protocol", "TCP"));
        var next = await world.GroupAsync("next", ["172.31.0.2"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(old, 1)]);
        await using var client = await world.ConnectAsync(listener);
        await client.LineAsync();

        (await world.Sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener), ("DefaultActions.member.1.Type", "forward"),
            ("DefaultActions.member.1.TargetGroupArn", next))).Ok();

        Assert.Equal("172.31.0.2:80", await world.PodAsync(listener));
        await client.SendAsync("ping");
        Assert.Equal("ping", await client.ReadAsync(4));
    }

    [Fact]
    public async Task A_quiet_connection_is_broken()
    {
        await using var world = await LiveWorld.StartAsync(
            new DataPlaneOptions { StreamIdleTimeout = TimeSpan.FromMilliseconds(500) });
        var group = await world.GroupAsync("app", ["172.31.0.7"], ("Protocol", "TCP"));
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        await using var client = await world.ConnectAsync(listener);
        await client.LineAsync();
        await client.SendAsync("x");
        Assert.Equal("x", await client.ReadAsync(1));

        await Assert.ThrowsAsync<IOException>(() => client.ReadAsync(1));
    }

    [Fact]
    public async Task An_application_load_balancer_can_be_the_target()
    {
        await using var world = await LiveWorld.StartAsync();
        var app = await world.GroupAsync("app", ["172.31.0.7"]);
        await world.ForwardingListenerAsync(app, 8081);
        var group = await world.GroupAsync("front", [], ("Protocol", "TCP"), ("TargetType", "alb"), ("Port", "8081"));
        (await world.Sandbox.Elbv2(
            "RegisterTargets", ("TargetGroupArn", group), ("Targets.member.1.Id", world.LoadBalancer))).Ok();
        var listener = await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);

        using var client = await world.ClientAsync(listener);

        Assert.Equal("app", (await Echoed.GetAsync(client, "http://shop.example.com/"))["service"]);
    }

    [Fact]
    public async Task Real_targets_are_checked_by_connecting()
    {
        await using var world = await LiveWorld.StartAsync();
        await using var server = StreamServer.Start(_ => Task.CompletedTask);
        var group = await world.GroupAsync(
            "app", [$"127.0.0.1:{server.Port}"], ("Protocol", "TCP"), ("HealthCheckIntervalSeconds", "5"),
            ("HealthCheckTimeoutSeconds", "2"));
        await world.StreamAsync(await world.NetworkAsync(), "TCP", [(group, 1)]);
        await world.Plane.SettleAsync(SandboxFixture.Cancellation);

        Assert.Equal("healthy", await StateAsync("healthy"));
        server.StopListening();
        Assert.Equal("unhealthy", await StateAsync("unhealthy"));

        async Task<string> StateAsync(string awaited)
        {
            var state = "";
            for (var turn = 0; turn < 200 && state != awaited; turn++)
            {
                await Task.Delay(100, SandboxFixture.Cancellation);
                state = (await world.Sandbox.Elbv2("DescribeTargetHealth", ("TargetGroupArn", group))).Ok()["State"];
            }

            return state;
        }
    }

    private TaskCompletionSource<string> Heard { get; } = new();
}
