using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>Targets that are servers of their own, and their health.</summary>
public sealed class RealTargetTests
{
    private static CancellationToken Cancellation => SandboxFixture.Cancellation;

    [Fact]
    public async Task A_loopback_target_is_dialled_and_gets_the_body()
    {
        var requests = new ConcurrentQueue<string>();
        await using var backend = await BackendAsync("real", requests.Enqueue);
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", [$"{backend.EndPoint}"]);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://a.example.com/x/..%2F?y")
        {
            Content = new StringContent("some body"),
        };

        var echoed = await Echoed.SendAsync(client, request);

        Assert.Equal("real", echoed["service"]);
        Assert.Equal("a.example.com", echoed["host"]);
        Assert.Equal("/x/..%2F?y", echoed["path"]);
        Assert.Equal("9", echoed.Header("Content-Length"));
        Assert.Equal("http", echoed.Header("X-Forwarded-Proto"));
        Assert.Contains("POST /x/..%2F?y", requests);
    }

    [Fact]
    public async Task A_refused_connection_is_502_and_a_slow_target_504()
    {
        await using var backend = await BackendAsync("slow");
        await using var world = await LiveWorld.StartAsync();
        var dead = await world.GroupAsync("dead", [$"127.0.0.1:{ClosedPort()}"]);
        var slow = await world.GroupAsync("slow", [$"{backend.EndPoint}"]);
        var echo = await world.GroupAsync("echo", ["172.31.0.7"]);
        (await world.Sandbox.Elbv2(
            "ModifyLoadBalancerAttributes", ("LoadBalancerArn", world.LoadBalancer),
            ("Attributes.member.1.Key", "idle_timeout.timeout_seconds"), ("Attributes.member.1.Value", "1"))).Ok();
        var listener = await world.ForwardingListenerAsync(dead);
        (await world.Sandbox.CreateRuleAsync(listener, 1, "/slow", slow)).Ok();
        (await world.Sandbox.CreateRuleAsync(listener, 2, "/echo", echo)).Ok();
        using var client = await world.ClientAsync(listener);

        Assert.Equal(502, await StatusAsync(client, "/"));
        Assert.Equal(504, await StatusAsync(client, "/slow?delay=20s"));
        Assert.Equal(504, await StatusAsync(client, "/echo?delay=20s"));
    }

    [Fact]
    public async Task A_target_that_hangs_up_is_502()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var rude = Task.Run(async () =>
        {
            while (!Cancellation.IsCancellationRequested)
            {
                using var connection = await socket.AcceptAsync(Cancellation);
                await connection.ReceiveAsync(new byte[1024], Cancellation);
            }
        }, Cancellation);
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("rude", [$"{socket.LocalEndPoint}"]);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));

        using var response = await client.PostAsync(
            "http://a.example.com/", new StringContent("x"), Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.False(rude.IsFaulted);
    }

    [Fact]
    public async Task Health_checks_take_targets_out_and_in_again()
    {
        await using var good = await BackendAsync("good");
        await using var moody = await BackendAsync("moody");
        await using var world = await LiveWorld.StartAsync(
            new DataPlaneOptions
            {
                Backends = address => new Backend.Dial(
                    address.Id is "172.31.0.2" ? moody.EndPoint : good.EndPoint),
            },
            time: new HastyClock(20));
        var group = await world.GroupAsync(
            "app", ["172.31.0.1", "172.31.0.2"], ("HealthCheckIntervalSeconds", "5"),
            ("HealthCheckTimeoutSeconds", "4"), ("HealthyThresholdCount", "2"), ("HealthCheckPath", "/health"));
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));
        await WaitAsync(world, group, "healthy healthy");

        await moody.DisposeAsync();
        await WaitAsync(world, group, "healthy unhealthy");
        for (var turn = 0; turn < 10; turn++)
        {
            Assert.Equal("good", (await Echoed.GetAsync(client, "http://a.example.com/"))["service"]);
        }

        await using var again = await EchoServer.StartAsync(
            new EchoServerOptions { Identity = new EchoIdentity("", "moody", ""), Port = moody.EndPoint.Port },
            Cancellation);
        await WaitAsync(world, group, "healthy healthy");
    }

    [Fact]
    public async Task Echo_targets_are_as_healthy_as_the_test_says()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.1", "172.31.0.2"]);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));
        Assert.Equal("healthy healthy", await StatesAsync(world, group));

        world.Plane.SetHealth("172.31.0.2", healthy: false);
        Assert.Equal("healthy unhealthy", await StatesAsync(world, group));
        Assert.Equal(["172.31.0.1:80"], await PodsAsync(client));

        world.Plane.SetHealth("172.31.0.1:80", healthy: false);
        Assert.Equal(["172.31.0.1:80", "172.31.0.2:80"], await PodsAsync(client));
    }

    [Fact]
    public async Task A_draining_target_gets_no_more_requests()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.1", "172.31.0.2"]);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));

        (await world.Sandbox.Elbv2("DeregisterTargets", LiveWorld.Targets(group, ["172.31.0.1"]))).Ok();
        await world.Plane.SettleAsync(Cancellation);

        Assert.Equal(["172.31.0.2:80"], await PodsAsync(client));
    }

    private static Task<EchoServer> BackendAsync(string service, Action<string>? requested = null) =>
        EchoServer.StartAsync(
            new EchoServerOptions { Identity = new EchoIdentity("", service, ""), Requested = requested },
            Cancellation);

    private static async Task<int> StatusAsync(HttpClient client, string target)
    {
        using var response = await client.GetAsync($"http://a.example.com{target}", Cancellation);
        return (int)response.StatusCode;
    }

    private static async Task<IEnumerable<string>> PodsAsync(HttpClient client)
    {
        var pods = new SortedSet<string>(StringComparer.Ordinal);
        for (var turn = 0; turn < 8; turn++)
        {
            pods.Add((await Echoed.GetAsync(client, "http://a.example.com/"))["pod"]);
        }

        return pods;
    }

    private static async Task<string> StatesAsync(LiveWorld world, string group)
    {
        await world.Plane.SettleAsync(Cancellation);
        var answer = (await world.Sandbox.Elbv2("DescribeTargetHealth", ("TargetGroupArn", group))).Ok();
        return string.Join(' ', answer.All("State"));
    }

    private static async Task WaitAsync(LiveWorld world, string group, string states)
    {
        var found = "";
        for (var attempt = 0; attempt < 200 && found != states; attempt++)
        {
            await Task.Delay(25, Cancellation);
            found = await StatesAsync(world, group);
        }

        Assert.Equal(states, found);
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint?)socket.LocalEndPoint)?.Port ?? 0;
    }

    /// <summary>Real time, but so many times faster.</summary>
    private sealed class HastyClock(int factor) : TimeProvider
    {
        private readonly DateTimeOffset _start = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * factor);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

        private TimeSpan Hurried(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / factor;
    }
}
