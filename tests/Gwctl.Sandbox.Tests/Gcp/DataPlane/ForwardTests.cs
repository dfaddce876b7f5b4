using System.Collections.Concurrent;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Tests.DataPlane;

namespace Gwctl.Sandbox.Tests.Gcp.DataPlane;

/// <summary>What a forwarding rule does with requests, by its URL map.</summary>
public sealed class ForwardTests
{
    private const string All = "\"matchRules\":[{\"prefixMatch\":\"/\"}]";

    [Fact]
    public async Task A_request_is_rewritten_and_says_which_way_it_came()
    {
        var log = new ConcurrentQueue<AccessLogEntry>();
        await using var world = await ProxyWorld.StartAsync(new DataPlaneOptions { AccessLog = log.Enqueue });
        await world.ServiceAsync("web", ["10.0.0.1:8080"]);
        await world.MapAsync("""
            {"priority":1,"matchRules":[{"prefixMatch":"/old"}],"service":"global/backendServices/web",
            "routeAction":{"urlRewrite":{"pathPrefixRewrite":"/new","hostRewrite":"b.example.com"}},
            "headerAction":{"requestHeadersToRemove":["X-Gone"],
            "requestHeadersToAdd":[{"headerName":"X-Set","headerValue":"s","replace":true},
            {"headerName":"X-Add","headerValue":"a","replace":false}],
            "responseHeadersToAdd":[{"headerName":"X-Back","headerValue":"b","replace":true}]}}
            """);
        using var client = await world.ClientAsync();

        var echoed = await Echoed.GetAsync(
            client, "http://a.example.com/old/x?y=1", ("X-Gone", "1"), ("X-Set", "0"), ("X-Add", "0"),
            ("X-Cloud-Trace-Context", "abc/1"), ("X-Forwarded-For", "1.2.3.4"));

        Assert.Equal("/new/x?y=1", echoed["path"]);
        Assert.Equal("b.example.com", echoed["host"]);
        Assert.Equal(("", "s"), (echoed.Header("X-Gone"), echoed.Header("X-Set")));
        Assert.Equal("0,a", echoed.Header("X-Add").Replace('|', ','));
        Assert.Equal("1.1 google", echoed.Header("Via"));
        Assert.Equal("http", echoed.Header("X-Forwarded-Proto"));
        var address = world.Plane.Endpoints.Single().DnsName;
        Assert.Equal($"1.2.3.4,127.0.0.1,{address}", echoed.Header("X-Forwarded-For").Replace(", ", ","));
        Assert.Equal("b", echoed.Response.Headers.GetValues("X-Back").Single());
        Assert.Equal("1.1 google", echoed.Response.Headers.Via.ToString());
        var entry = Assert.Single(log);
        Assert.Equal("abc/1", entry.TraceId);
        Assert.Equal($"{GcpFixture.Link("global/urlMaps/map")}#pathMatchers[0].routeRules[0]", entry.RuleId);
        Assert.Equal(("web", "10.0.0.1", 8080), (entry.Target?.TargetGroupName, entry.Target?.Id, entry.Target?.Port));
    }

    [Fact]
    public async Task Weights_share_the_requests_and_zero_takes_none()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("web", ["10.0.0.1:80"]);
        await world.ServiceAsync("next", ["10.0.0.2:80"]);
        await world.ServiceAsync("never", ["10.0.0.3:80"]);
        await world.MapAsync($$$"""
            {"priority":1,{{{All}}},"routeAction":{"weightedBackendServices":[
            {"backendService":"global/backendServices/web","weight":1},
            {"backendService":"global/backendServices/next","weight":1},
            {"backendService":"global/backendServices/never","weight":0}]}}
            """);
        using var client = await world.ClientAsync();

        var seen = new SortedSet<string>(StringComparer.Ordinal);
        for (var turn = 0; turn < 60; turn++)
        {
            seen.Add((await Echoed.GetAsync(client, "http://a.example.com/"))["service"]);
        }

        Assert.Equal(["next", "web"], seen);
    }

    [Theory]
    [InlineData("""{"httpsRedirect":true}""", 301, "https://a.example.com/old/x?y")]
    [InlineData(
        """{"hostRedirect":"b.example.com","redirectResponseCode":"FOUND"}""", 302, "http://b.example.com/old/x?y")]
    [InlineData(
        """{"pathRedirect":"/n","stripQuery":true,"redirectResponseCode":"SEE_OTHER"}""", 303,
        "http://a.example.com/n")]
    [InlineData(
        """{"prefixRedirect":"/new","redirectResponseCode":"TEMPORARY_REDIRECT"}""", 307,
        "http://a.example.com/new/x?y")]
    [InlineData(
        """{"pathRedirect":"/n","redirectResponseCode":"PERMANENT_REDIRECT"}""", 308, "http://a.example.com/n?y")]
    public async Task A_redirect_is_answered_at_once(string redirect, int status, string location)
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("web", ["10.0.0.1:80"]);
        await world.MapAsync(
            $$$"""{"priority":1,"matchRules":[{"prefixMatch":"/old"}],"urlRedirect":{{{redirect}}}}""");
        using var client = await world.ClientAsync();

        var (got, _, response) = await ProxyWorld.AskAsync(client, "/old/x?y");

        Assert.Equal((status, location), (got, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Faults_are_injected_before_a_backend_is_asked()
    {
        var log = new ConcurrentQueue<AccessLogEntry>();
        await using var world = await ProxyWorld.StartAsync(new DataPlaneOptions { AccessLog = log.Enqueue });
        await world.ServiceAsync("web", ["10.0.0.1:80"]);
        await world.MapAsync($$$"""
            {"priority":1,{{{All}}},"service":"global/backendServices/web","routeAction":{"faultInjectionPolicy":{
            "abort":{"httpStatus":404,"percentage":100},
            "delay":{"fixedDelay":{"seconds":"0","nanos":50000000},"percentage":100}} }}
            """);
        using var client = await world.ClientAsync();
        var startedAt = TimeProvider.System.GetTimestamp();

        var (status, body, _) = await ProxyWorld.AskAsync(client, "/");

        Assert.Equal((404, "fault filter abort"), (status, body));
        Assert.True(TimeProvider.System.GetElapsedTime(startedAt) >= TimeSpan.FromMilliseconds(45));
        Assert.Null(Assert.Single(log).Target);
    }

    [Theory]
    [InlineData("EXTERNAL_MANAGED", 503, "no healthy upstream")]
    [InlineData("EXTERNAL", 502, "")]
    public async Task Without_a_healthy_endpoint_the_proxy_answers(string scheme, int status, string body)
    {
        await using var world = await ProxyWorld.StartAsync(
            gcp: new GcpOptions { Delays = GcpDelays.None, UnhealthyEndpoints = ["10.0.0.1"] });
        await world.ServiceAsync("web", ["10.0.0.1:80"], scheme: scheme);
        await world.MapAsync("", scheme: scheme);
        using var client = await world.ClientAsync();

        var (got, text, _) = await ProxyWorld.AskAsync(client, "/");
        world.Plane.SetHealth("10.0.0.1", healthy: true);
        var (later, _, _) = await ProxyWorld.AskAsync(client, "/");

        Assert.Equal((status, body, 200), (got, text, later));
    }

    [Fact]
    public async Task Preflights_are_answered_and_responses_say_who_may_read_them()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("web", ["10.0.0.1:80"]);
        await world.MapAsync($$$"""
            {"priority":1,{{{All}}},"service":"global/backendServices/web","routeAction":{"corsPolicy":{
            "allowOrigins":["https://app.example.com"],"allowMethods":["GET","PUT"],"allowHeaders":["X-A"],
            "exposeHeaders":["X-B"],"maxAge":60,"allowCredentials":true}} }
            """);
        using var client = await world.ClientAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "http://a.example.com/");
        preflight.Headers.Add("Origin", "https://app.example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "PUT");

        using var answer = await client.SendAsync(preflight, ProxyWorld.Cancellation);
        var own = await Echoed.GetAsync(client, "http://a.example.com/", ("Origin", "https://app.example.com"));
        var other = await Echoed.GetAsync(client, "http://a.example.com/", ("Origin", "https://evil.example.com"));

        string Of(HttpResponseMessage response, string name) =>
            response.Headers.TryGetValues($"Access-Control-{name}", out var values) ? string.Join('|', values) : "";
        Assert.Equal("https://app.example.com", Of(answer, "Allow-Origin"));
        Assert.Equal(("GET,PUT", "X-A", "60"),
            (Of(answer, "Allow-Methods"), Of(answer, "Allow-Headers"), Of(answer, "Max-Age")));
        Assert.Equal(("https://app.example.com", "X-B", "true"),
            (Of(own.Response, "Allow-Origin"), Of(own.Response, "Expose-Headers"),
                Of(own.Response, "Allow-Credentials")));
        Assert.Equal("", Of(other.Response, "Allow-Origin"));
    }

    [Fact]
    public async Task A_changed_map_holds_for_the_next_request_of_a_connection()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync("web", ["10.0.0.1:80"]);
        await world.ServiceAsync("next", ["10.0.0.2:80"]);
        await world.MapAsync("");
        using var client = await world.ClientAsync();
        var before = (await Echoed.GetAsync(client, "http://a.example.com/"))["service"];
        var map = (await world.Gcp.Compute("GET", "global/urlMaps/map")).Ok();

        (await world.Gcp.Compute("PATCH", "global/urlMaps/map", $$"""
            {"fingerprint":"{{map["fingerprint"]}}","hostRules":[],"pathMatchers":[],
            "defaultService":"global/backendServices/next"}
            """)).Ok();
        await world.Plane.SettleAsync(ProxyWorld.Cancellation);

        Assert.Equal(("web", "next"), (before, (await Echoed.GetAsync(client, "http://a.example.com/"))["service"]));
    }

    [Fact]
    public async Task A_cookie_keeps_a_client_on_its_endpoint()
    {
        await using var world = await ProxyWorld.StartAsync();
        await world.ServiceAsync(
            "web", ["10.0.0.1:80", "10.0.0.2:80"],
            "\"sessionAffinity\":\"GENERATED_COOKIE\",\"affinityCookieTtlSec\":60");
        await world.MapAsync("");
        using var client = await world.ClientAsync();
        var first = await Echoed.GetAsync(client, "http://a.example.com/");
        var cookie = first.Response.Headers.GetValues("Set-Cookie").Single();

        Assert.StartsWith("GCLB=", cookie, StringComparison.Ordinal);
        Assert.Contains("Max-Age=60", cookie, StringComparison.Ordinal);
        for (var turn = 0; turn < 6; turn++)
        {
            var again = await Echoed.GetAsync(client, "http://a.example.com/", ("Cookie", cookie.Split(';')[0]));
            Assert.Equal(first["pod"], again["pod"]);
        }
    }
}
