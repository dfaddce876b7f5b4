using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.Tests.DataPlane;

namespace Gwctl.Sandbox.Tests.Gcp.DataPlane;

/// <summary>Backends that are servers of their own.</summary>
public sealed class RealBackendTests
{
    private const string All = "\"matchRules\":[{\"prefixMatch\":\"/\"}],\"service\":\"global/backendServices/web\"";

    [Fact]
    public async Task Endpoints_get_requests_once_a_probe_has_succeeded()
    {
        await using var backend = await BackendAsync("real");
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("web", [$"{backend.EndPoint}", $"127.0.0.1:{ClosedPort()}"]);
        await world.MapAsync("");
        using var client = await world.ClientAsync();
        await UntilAsync(async () => await HealthAsync(world) is "HEALTHY UNHEALTHY");

        for (var turn = 0; turn < 6; turn++)
        {
            Assert.Equal("real", (await Echoed.GetAsync(client, "http://a.example.com/"))["service"]);
        }
    }

    [Fact]
    public async Task A_failed_connection_is_tried_again_where_the_policy_says_so()
    {
        await using var backend = await BackendAsync("real");
        await using var world = await ProxyWorld.StartAsync();
        await world.UncheckedServiceAsync("web", [$"{backend.EndPoint}", $"127.0.0.1:{ClosedPort()}"]);
        await world.MapAsync($$$"""
            {"priority":1,"matchRules":[{"prefixMatch":"/again"}],"service":"global/backendServices/web",
            "routeAction":{"retryPolicy":{"numRetries":2,"retryConditions":["connect-failure"]}} }
            """);
        using var client = await world.ClientAsync();

        var (again, once) = (new SortedSet<int>(), new SortedSet<int>());
        for (var turn = 0; turn < 6; turn++)
        {
            using var content = new StringContent("some body");
            using var response = await client.PostAsync(
                "http://a.example.com/again", content, ProxyWorld.Cancellation);
            again.Add((int)response.StatusCode);
        }

        for (var turn = 0; turn < 6; turn++)
        {
            once.Add((await ProxyWorld.AskAsync(client, "/once")).Status);
        }

        Assert.Equal([200], again);
        Assert.Equal([200, 503], once);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_504()
    {
        await using var backend = await BackendAsync("slow");
        await using var world = await ProxyWorld.StartAsync();
        await world.UncheckedServiceAsync("web", [$"{backend.EndPoint}"]);
        await world.MapAsync($$$"""
            {"priority":1,{{{All}}},"routeAction":{"timeout":{"seconds":"0","nanos":200000000} } }
            """);
        using var client = await world.ClientAsync();

        Assert.Equal(504, (await ProxyWorld.AskAsync(client, "/?delay=20s")).Status);
        Assert.Equal(200, (await ProxyWorld.AskAsync(client, "/")).Status);
    }

    [Fact]
    public async Task A_mirror_gets_a_copy_that_nobody_waits_for()
    {
        var copies = new ConcurrentQueue<string>();
        await using var backend = await BackendAsync("real");
        await using var mirror = await BackendAsync("mirror", copies.Enqueue);
        await using var world = await ProxyWorld.StartAsync();
        await world.UncheckedServiceAsync("web", [$"{backend.EndPoint}"]);
        await world.UncheckedServiceAsync("copy", [$"{mirror.EndPoint}"]);
        await world.MapAsync($$$"""
            {"priority":1,{{{All}}},"routeAction":{"requestMirrorPolicy":{
            "backendService":"global/backendServices/copy"} } }
            """);
        using var client = await world.ClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://a.example.com/x?y")
        {
            Content = new StringContent("some body"),
        };

        var echoed = await Echoed.SendAsync(client, request);

        Assert.Equal(("real", "9"), (echoed["service"], echoed.Header("Content-Length")));
        await UntilAsync(() => Task.FromResult(copies.Contains("POST /x?y")));
    }

    private static async Task<string> HealthAsync(ProxyWorld world)
    {
        var group = GcpFixture.Link("zones/us-central1-a/networkEndpointGroups/web");
        var health = (await world.Gcp.Compute(
            "POST", "global/backendServices/web/getHealth", $$"""{"group":"{{group}}"}""")).Ok();
        return string.Join(
            ' ', (health["healthStatus"]?.AsArray() ?? []).Select(item => $"{item?["healthState"]}").Order());
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var look = 0; !await isSo(); look++)
        {
            Assert.True(look < 200, "It did not come to pass within ten seconds.");
            await Task.Delay(50, ProxyWorld.Cancellation);
        }
    }

    private static Task<EchoServer> BackendAsync(string service, Action<string>? requested = null) =>
        EchoServer.StartAsync(
            new EchoServerOptions { Identity = new EchoIdentity("", service, ""), Requested = requested },
            ProxyWorld.Cancellation);

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint?)socket.LocalEndPoint)?.Port ?? 0;
    }
}
