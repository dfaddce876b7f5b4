using System.Net;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

public sealed class ForwardTests
{
    [Fact]
    public async Task A_listener_forwards_to_the_echo_and_says_so_in_headers()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7:8080"]);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));

        var echoed = await Echoed.GetAsync(
            client, "http://shop.example.com/cart?id=7", ("X-Amzn-Trace-Id", "Root=1-2-3"),
            ("X-Forwarded-For", "1.2.3.4"));

        Assert.Equal("/cart?id=7", echoed["path"]);
        Assert.Equal("shop.example.com", echoed["host"]);
        Assert.Equal("HTTP/1.1", echoed["proto"]);
        Assert.Equal("app", echoed["service"]);
        Assert.Equal("172.31.0.7:8080", echoed["pod"]);
        Assert.StartsWith("1.2.3.4, 127.", echoed.Header("X-Forwarded-For"), StringComparison.Ordinal);
        Assert.Equal("http", echoed.Header("X-Forwarded-Proto"));
        Assert.Equal("80", echoed.Header("X-Forwarded-Port"));
        Assert.Matches("^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-2-3$", echoed.Header("X-Amzn-Trace-Id"));
    }

    [Fact]
    public async Task Rules_decide_and_changes_take_effect()
    {
        await using var world = await LiveWorld.StartAsync();
        var app = await world.GroupAsync("app", ["172.31.0.7"]);
        var api = await world.GroupAsync("api", ["172.31.0.8"]);
        var listener = await world.ForwardingListenerAsync(app);
        using var client = await world.ClientAsync(listener);
        Assert.Equal("app", (await Echoed.GetAsync(client, "http://x.example.com/api/1"))["service"]);

        (await world.Sandbox.CreateRuleAsync(listener, 5, "/api/*", api)).Ok();
        await world.Plane.SettleAsync(SandboxFixture.Cancellation);

        Assert.Equal("api", (await Echoed.GetAsync(client, "http://x.example.com/api/1"))["service"]);
        Assert.Equal("app", (await Echoed.GetAsync(client, "http://x.example.com/apis"))["service"]);
    }

    [Fact]
    public async Task A_deleted_listener_stops_listening_and_a_new_one_takes_its_port()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        var listener = await world.ForwardingListenerAsync(group, 8099);
        var before = await world.AddressAsync(listener);

        (await world.Sandbox.Elbv2("DeleteListener", ("ListenerArn", listener))).Ok();
        var again = await world.ForwardingListenerAsync(group, 8099);
        var after = await world.AddressAsync(again);

        Assert.Equal(before, after);
        Assert.Equal(8099, after.Port);
        using var client = await world.ClientAsync(again);
        Assert.Equal("x.example.com:8099", (await Echoed.GetAsync(client, "http://x.example.com/"))["host"]);
    }

    [Fact]
    public async Task No_targets_are_503_and_no_weight_is_503()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", []);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));

        var response = await client.GetAsync("http://x.example.com/", SandboxFixture.Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("awselb/2.0", response.Headers.Server.ToString());
    }
}
