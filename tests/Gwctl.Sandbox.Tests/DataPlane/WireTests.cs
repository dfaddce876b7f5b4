using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>What clients get from a listener, over sockets.</summary>
public sealed class WireTests
{
    private static CancellationToken Cancellation => SandboxFixture.Cancellation;

    [Fact]
    public async Task Fixed_responses_and_redirects()
    {
        await using var world = await LiveWorld.StartAsync();
        var listener = await world.Sandbox.ListenerAsync(world.LoadBalancer, 8081);
        (await world.Sandbox.Elbv2(
            "CreateRule", ("ListenerArn", listener), ("Priority", "1"),
            ("Conditions.member.1.Field", "path-pattern"), ("Conditions.member.1.Values.member.1", "/old/*"),
            ("Actions.member.1.Type", "redirect"), ("Actions.member.1.RedirectConfig.StatusCode", "HTTP_301"),
            ("Actions.member.1.RedirectConfig.Protocol", "HTTPS"),
            ("Actions.member.1.RedirectConfig.Port", "443"))).Ok();
        (await world.Sandbox.Elbv2(
            "CreateRule", ("ListenerArn", listener), ("Priority", "2"),
            ("Conditions.member.1.Field", "path-pattern"), ("Conditions.member.1.Values.member.1", "/maintenance"),
            ("Actions.member.1.Type", "fixed-response"),
            ("Actions.member.1.FixedResponseConfig.StatusCode", "503"),
            ("Actions.member.1.FixedResponseConfig.ContentType", "application/json"),
            ("Actions.member.1.FixedResponseConfig.MessageBody", "{}"))).Ok();
        using var client = await world.ClientAsync(listener);

        var redirect = await client.GetAsync("http://a.example.com/old/x?y=z", Cancellation);
        Assert.Equal(HttpStatusCode.MovedPermanently, redirect.StatusCode);
        Assert.Equal("https://a.example.com:443/old/x?y=z", $"{redirect.Headers.NonValidated["Location"]}");

        var fixedResponse = await client.GetAsync("http://a.example.com/maintenance", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, fixedResponse.StatusCode);
        Assert.Equal("application/json; charset=utf-8", $"{fixedResponse.Content.Headers.ContentType}");
        Assert.Equal("{}", await fixedResponse.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(
            HttpStatusCode.NotFound, (await client.GetAsync("http://a.example.com/", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Transforms_change_what_the_target_gets_and_not_what_rules_see()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        var listener = await world.Sandbox.ListenerAsync(world.LoadBalancer);
        (await world.Sandbox.Elbv2(
            "CreateRule", ("ListenerArn", listener), ("Priority", "1"),
            ("Conditions.member.1.Field", "path-pattern"), ("Conditions.member.1.Values.member.1", "/api/*"),
            ("Actions.member.1.Type", "forward"), ("Actions.member.1.TargetGroupArn", group),
            ("Transforms.member.1.Type", "url-rewrite"),
            ("Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Regex", "^/api/(.*)$"),
            ("Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Replace", "/$1"),
            ("Transforms.member.2.Type", "host-header-rewrite"),
            ("Transforms.member.2.HostHeaderRewriteConfig.Rewrites.member.1.Regex", @"^(.*)\.example\.com$"),
            ("Transforms.member.2.HostHeaderRewriteConfig.Rewrites.member.1.Replace", "$1.internal"))).Ok();
        using var client = await world.ClientAsync(listener);

        var echoed = await Echoed.GetAsync(client, "http://shop.example.com/api/cart?x=%2F");

        Assert.Equal("/cart?x=%2F", echoed["path"]);
        Assert.Equal("shop.internal", echoed["host"]);
    }

    [Fact]
    public async Task Paths_arrive_as_they_were_sent()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        var address = await world.AddressAsync(await world.ForwardingListenerAsync(group));

        var answer = await RawAsync(
            address, "GET /a%2Fb/../c//d?x=%41 HTTP/1.1\r\nHost: a.example.com\r\nConnection: close\r\n\r\n");

        Assert.Contains("\"path\": \"/a%2Fb/../c//d?x=%41\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hop_by_hop_headers_end_at_the_load_balancer()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        var address = await world.AddressAsync(await world.ForwardingListenerAsync(group));

        var answer = await RawAsync(
            address,
            "GET / HTTP/1.1\r\nHost: a.example.com\r\nConnection: X-Secret\r\nX-Secret: 1\r\nTE: gzip\r\n"
            + "X-Open: 2\r\n\r\nGET /status/204 HTTP/1.1\r\nHost: a.example.com\r\nConnection: close\r\n\r\n");

        Assert.Contains("X-Open", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Secret", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Te\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Connection\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_load_balancer_refuses_itself()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        var address = await world.AddressAsync(await world.ForwardingListenerAsync(group));
        var addresses = string.Join(", ", Enumerable.Repeat("192.0.2.1", 31));

        Assert.StartsWith("HTTP/1.1 405", await RawAsync(
            address, "TRACE / HTTP/1.1\r\nHost: a.example.com\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 463", await RawAsync(
            address,
            $"GET / HTTP/1.1\r\nHost: a.example.com\r\nX-Forwarded-For: {addresses}\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(
            address, "GET / HTTP/1.1\r\nHost: a.example.com\r\nbad header\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_of_load_balancer_and_listener_are_obeyed()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        var listener = await world.ForwardingListenerAsync(group, 8082);
        (await world.Sandbox.Elbv2(
            "ModifyLoadBalancerAttributes", ("LoadBalancerArn", world.LoadBalancer),
            ("Attributes.member.1.Key", "routing.http.preserve_host_header.enabled"),
            ("Attributes.member.1.Value", "true"),
            ("Attributes.member.2.Key", "routing.http.xff_header_processing.mode"),
            ("Attributes.member.2.Value", "remove"),
            ("Attributes.member.3.Key", "routing.http.drop_invalid_header_fields.enabled"),
            ("Attributes.member.3.Value", "true"))).Ok();
        (await world.Sandbox.Elbv2(
            "ModifyListenerAttributes", ("ListenerArn", listener),
            ("Attributes.member.1.Key", "routing.http.response.x_frame_options.header_value"),
            ("Attributes.member.1.Value", "DENY"))).Ok();
        using var client = await world.ClientAsync(listener);

        var echoed = await Echoed.GetAsync(
            client, "http://a.example.com:1234/", ("X-Forwarded-For", "192.0.2.1"), ("bad_name", "x"));

        Assert.Equal("a.example.com:1234", echoed["host"]);
        Assert.Equal("", echoed.Header("X-Forwarded-For"));
        Assert.Equal("", echoed.Header("Bad_name"));
        Assert.Equal("DENY", echoed.Response.Headers.GetValues("X-Frame-Options").Single());
    }

    [Fact]
    public async Task Echo_features()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.7"]);
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group));

        var echoed = await Echoed.GetAsync(
            client, "http://a.example.com/?delay=10ms", ("X-Echo-Set-Header", "X-One:1, X-Two:2,X-One:3"));
        Assert.Equal("1,3", echoed.Response.Headers.GetValues("X-One").Single());
        Assert.Equal("2", echoed.Response.Headers.GetValues("X-Two").Single());
        Assert.Equal(418, (int)(await client.GetAsync("http://a.example.com/status/418", Cancellation)).StatusCode);
        Assert.Equal("OK", await client.GetStringAsync("http://a.example.com/health", Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebSockets_are_tunnelled(bool real)
    {
        await using var backend = await EchoServer.StartAsync(
            new EchoServerOptions { Identity = new EchoIdentity("ns", "app", "pod") }, Cancellation);
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", [real ? $"{backend.EndPoint}" : "172.31.0.7"]);
        var address = await world.AddressAsync(await world.ForwardingListenerAsync(group));
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new Uri($"ws://{address}/ws"), Cancellation);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        var buffer = new byte[64];
        var part = await socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, part.Count));
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    private static async Task<string> RawAsync(IPEndPoint address, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, Cancellation);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
