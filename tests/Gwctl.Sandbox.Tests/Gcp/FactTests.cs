using System.Text.Json.Nodes;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>What the real service answers: defaults, operations, errors.</summary>
public sealed class FactTests
{
    [Theory]
    [InlineData(
        "addresses", """{"name":"x"}""",
        """{"kind":"compute#address","addressType":"EXTERNAL","networkTier":"PREMIUM","status":"RESERVED"}""")]
    [InlineData(
        "healthChecks", """{"name":"x","type":"TCP","tcpHealthCheck":{"port":80},"checkIntervalSec":10}""",
        """
        {"kind":"compute#healthCheck","checkIntervalSec":10,"timeoutSec":5,"healthyThreshold":2,"unhealthyThreshold":2,
        "tcpHealthCheck":{"port":80,"proxyHeader":"NONE"},"type":"TCP"}
        """)]
    [InlineData(
        "healthChecks", """{"name":"x","type":"HTTP"}""",
        """{"httpHealthCheck":{"port":80,"proxyHeader":"NONE","requestPath":"/"}}""")]
    [InlineData(
        "backendServices", """{"name":"x","iap":{"enabled":false,"oauth2ClientId":"","oauth2ClientSecret":""}}""",
        """
        {"kind":"compute#backendService","affinityCookieTtlSec":0,"description":"","loadBalancingScheme":"EXTERNAL",
        "sessionAffinity":"NONE","timeoutSec":30,"iap":{"enabled":false,"oauth2ClientId":"",
        "oauth2ClientSecretSha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
        """)]
    public async Task Defaults_are_filled_in(string collection, string body, string expected)
    {
        await using var gcp = await GcpFixture.StartAsync();

        var kept = await gcp.Insert($"global/{collection}", body);

        foreach (var (name, value) in JsonNode.Parse(expected)?.AsObject() ?? [])
        {
            Assert.True(JsonNode.DeepEquals(value, kept[name]), $"{name}: {kept[name]}");
        }

        Assert.Equal(GcpFixture.Link($"global/{collection}/x"), kept["selfLink"]?.ToString());
        Assert.Matches(@"\A\d{18,19}\z", kept["id"]?.ToString() ?? "");
        Assert.Equal(System.Text.Json.JsonValueKind.String, kept["id"]?.GetValueKind());
        Assert.True(DateTimeOffset.TryParse(kept["creationTimestamp"]?.ToString(), out _));
    }

    [Fact]
    public async Task Https_proxies_have_their_defaults()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web");
        await gcp.Insert("global/urlMaps", """{"name":"map","defaultService":"global/backendServices/web"}""");
        await gcp.Insert("global/sslCertificates", Certificates.Insertion("cert", "a.test"));

        var proxy = await gcp.Insert(
            "global/targetHttpsProxies",
            $$"""
            {"name":"x","urlMap":"projects/{{GcpFixture.Project}}/global/urlMaps/map",
            "sslCertificates":["global/sslCertificates/cert"]}
            """);

        Assert.Equal(("NONE", "DISABLED"), (proxy["quicOverride"]?.ToString(), proxy["tlsEarlyData"]?.ToString()));
        Assert.Equal(GcpFixture.Link("global/urlMaps/map"), proxy["urlMap"]?.ToString());
        Assert.NotNull(proxy["fingerprint"]);
    }

    [Fact]
    public async Task A_certificates_key_is_nowhere_and_its_facts_are_shown()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var kept = await gcp.Insert("global/sslCertificates", Certificates.Insertion("cert", "a.test"));

        Assert.Equal("SELF_MANAGED", kept["type"]?.ToString());
        Assert.Equal("a.test", kept["subjectAlternativeNames"]?[0]?.ToString());
        Assert.NotNull(kept["expireTime"]);
        Assert.DoesNotContain("PRIVATE KEY", gcp.Cloud.Gcp.Snapshot() + kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_tells_of_its_target_and_runs_by_the_clock()
    {
        var delays = GcpDelays.None with
        {
            OperationStart = TimeSpan.FromSeconds(1),
            Operation = TimeSpan.FromSeconds(3),
        };
        await using var gcp = await GcpFixture.StartAsync(new GcpOptions { Delays = delays });

        var operation = (await gcp.Compute("POST", "global/healthChecks", """{"name":"x","type":"TCP"}""")).Ok();

        Assert.Equal(
            ("compute#operation", "insert", "PENDING", "0"),
            (Text("kind"), Text("operationType"), Text("status"), Text("progress")));
        Assert.Equal(GcpFixture.Link("global/healthChecks/x"), Text("targetLink"));
        Assert.Equal(GcpFixture.Link($"global/operations/{Text("name")}"), Text("selfLink"));
        Assert.Null(operation["endTime"]);
        (await gcp.Compute("GET", "global/healthChecks/x")).Fails(404, "notFound");
        (await gcp.Compute("POST", "global/healthChecks", """{"name":"x","type":"TCP"}""")).Fails(409, "alreadyExists");

        gcp.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("RUNNING", (await Poll()).Text("status"));
        gcp.Clock.Advance(TimeSpan.FromSeconds(2));
        var done = await Poll();

        Assert.Equal(("DONE", "100"), (done.Text("status"), done.Text("progress")));
        Assert.NotEqual("", done.Text("endTime"));
        (await gcp.Compute("GET", "global/healthChecks/x")).Ok();

        string Text(string name) => operation[name]?.ToString() ?? "";
        Task<GcpAnswer> Poll() => gcp.Compute("GET", $"global/operations/{Text("name")}");
    }

    [Fact]
    public async Task Errors_have_googles_envelope()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var answer = await gcp.Compute("GET", "global/urlMaps/none");

        const string Message = "The resource 'projects/proj-1/global/urlMaps/none' was not found";
        var expected = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = 404,
                ["errors"] = new JsonArray(
                    new JsonObject { ["domain"] = "global", ["message"] = Message, ["reason"] = "notFound" }),
                ["message"] = Message,
            },
        };
        Assert.Equal(404, answer.Status);
        Assert.True(JsonNode.DeepEquals(expected, answer.Body), answer.Body.ToJsonString());
    }

    [Theory]
    [InlineData("""{"type":"TCP"}""", 400, "required")]
    [InlineData("""{"name":"Upper","type":"TCP"}""", 400, "invalid")]
    [InlineData("""{"name":"x","type":"SMTP"}""", 400, "invalid")]
    [InlineData("""{"name":"x","type":"TCP","checkIntervalSec":0}""", 400, "invalid")]
    [InlineData("""{"name":"x","type":"TCP","checkIntervalSec":5,"timeoutSec":6}""", 400, "invalid")]
    [InlineData("""{"name":"x","type":"TCP","checkIntervall":5}""", 400, "badRequest")]
    [InlineData("""{"name":"x","type":"TCP","checkIntervalSec":"soon"}""", 400, "badRequest")]
    [InlineData("""{"name":"x","type":"TCP","httpHealthCheck":{}}""", 400, "invalid")]
    [InlineData("""{"name":""", 400, "parseError")]
    public async Task A_body_that_breaks_the_contract_is_refused(string body, int status, string reason)
    {
        await using var gcp = await GcpFixture.StartAsync();

        (await gcp.Compute("POST", "global/healthChecks", body)).Fails(status, reason);

        Assert.Equal("", gcp.Cloud.Gcp.Snapshot());
    }

    [Fact]
    public async Task What_only_the_service_sets_is_ignored_and_null_is_unset()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var kept = await gcp.Insert(
            "global/healthChecks",
            """
            {"name":"x","type":"TCP","id":"7","kind":"k","selfLink":"s","description":null,"checkIntervalSec":"9"}
            """);

        Assert.NotEqual("7", kept["id"]?.ToString());
        Assert.Null(kept["description"]);
        Assert.Equal("9", kept["checkIntervalSec"]?.ToString());
    }

    [Fact]
    public async Task Only_known_tokens_are_let_in()
    {
        await using var gcp = await GcpFixture.StartAsync();

        gcp.Token = "other";
        (await gcp.Compute("GET", "global/urlMaps")).Fails(401, "authError");
        gcp.Token = "";
        (await gcp.Dns("GET", "managedZones")).Fails(401, "authError");

        Assert.Equal(0, gcp.Cloud.Gcp.Calls);
    }

    [Fact]
    public async Task An_endpoint_may_have_a_path_of_its_own()
    {
        await using var gcp = await GcpFixture.StartAsync(inProcess: false);

        (await gcp.SendAsync("GET", "/some/prefix/compute/v1/projects/proj-1/regions?alt=json&prettyPrint=false", null))
            .Ok();
    }
}
