using System.Text.Json.Nodes;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Network endpoint groups, their endpoints, and what health checks say.</summary>
public sealed class EndpointTests
{
    private const string Zone = "zones/us-central1-a/networkEndpointGroups";

    [Fact]
    public async Task Endpoints_come_and_go()
    {
        await using var gcp = await GcpFixture.StartAsync();
        var group = await gcp.Insert(Zone, """{"name":"neg","networkEndpointType":"NON_GCP_PRIVATE_IP_PORT"}""");
        Assert.Equal(GcpFixture.Link("global/networks/default"), group["network"]?.ToString());

        (await Call(gcp, "attach", """{"ipAddress":"10.0.0.1","port":80},{"ipAddress":"10.0.0.2","port":80}""")).Ok();
        (await Call(gcp, "detach", """{"ipAddress":"10.0.0.1","port":80}""")).Ok();
        (await Call(gcp, "detach", """{"ipAddress":"10.0.0.1","port":80}""")).Fails(400, "invalid");
        (await Call(gcp, "attach", """{"ipAddress":"10.0.0.3"}""")).Fails(400, "required");
        (await Call(gcp, "attach", """{"ipAddress":"ten","port":80}""")).Fails(400, "invalid");

        Assert.Equal("1", (await gcp.Compute("GET", $"{Zone}/neg")).Text("size"));
        var listed = (await gcp.Compute("POST", $"{Zone}/neg/listNetworkEndpoints", "{}")).Ok();
        Assert.Equal("10.0.0.2", listed["items"]?[0]?["networkEndpoint"]?["ipAddress"]?.ToString());
    }

    [Fact]
    public async Task Only_five_hundred_endpoints_are_taken_at_once()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert(Zone, """{"name":"neg","networkEndpointType":"NON_GCP_PRIVATE_IP_PORT"}""");
        var endpoints = Enumerable.Range(0, 501).Select(number =>
            $$"""{"ipAddress":"10.0.{{number / 250}}.{{number % 250}}","port":80}""");

        (await Call(gcp, "attach", string.Join(',', endpoints))).Fails(400, "invalid");
    }

    [Theory]
    [InlineData("zones/us-central1-a", """{"name":"n","networkEndpointType":"SERVERLESS"}""")]
    [InlineData("global", """{"name":"n","networkEndpointType":"GCE_VM_IP_PORT"}""")]
    [InlineData("regions/us-central1", """{"name":"n","networkEndpointType":"SERVERLESS"}""")]
    public async Task A_groups_type_must_fit_its_scope(string scope, string body)
    {
        await using var gcp = await GcpFixture.StartAsync();

        (await gcp.Compute("POST", $"{scope}/networkEndpointGroups", body)).Fails(400, "invalid");
    }

    [Fact]
    public async Task Health_is_told_once_the_checks_have_settled()
    {
        var options = new GcpOptions
        {
            Delays = GcpDelays.None with { EndpointSettling = TimeSpan.FromSeconds(2) },
            UnhealthyEndpoints = ["10.0.0.2"],
        };
        await using var gcp = await GcpFixture.StartAsync(options);
        await gcp.Insert(Zone, """{"name":"neg"}""");
        (await Call(
            gcp, "attach",
            """
            {"instance":"vm-1","ipAddress":"10.0.0.1","port":80},{"instance":"vm-2","ipAddress":"10.0.0.2","port":80}
            """)).Ok();
        await gcp.Insert("global/healthChecks", """{"name":"check","type":"HTTP"}""");
        var group = GcpFixture.Link($"{Zone}/neg");
        var backend = $$"""{"group":"{{group}}","balancingMode":"RATE","maxRatePerEndpoint":1}""";
        (await gcp.Compute("POST", "global/backendServices", $$"""{"name":"web","backends":[{{backend}}]}"""))
            .Fails(400, "required");
        await gcp.Insert(
            "global/backendServices",
            $$"""{"name":"web","healthChecks":["global/healthChecks/check"],"backends":[{{backend}}]}""");

        Assert.Equal(["UNHEALTHY", "UNHEALTHY"], await States());
        gcp.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["HEALTHY", "UNHEALTHY"], await States());

        async Task<IEnumerable<string?>> States()
        {
            var health = (await gcp.Compute(
                "POST", "global/backendServices/web/getHealth", $$"""{"group":"{{group}}"}""")).Ok();
            return health["healthStatus"]?.AsArray().Select(one => one?["healthState"]?.ToString()) ?? [];
        }
    }

    [Theory]
    [InlineData(""" "balancingMode":"UTILIZATION" """)]
    [InlineData(""" "balancingMode":"RATE" """)]
    [InlineData(""" "balancingMode":"RATE","maxRate":1,"maxRatePerEndpoint":1 """)]
    public async Task A_zonal_group_needs_a_rate(string capacity)
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert(Zone, """{"name":"neg"}""");
        await gcp.Insert("global/healthChecks", """{"name":"check","type":"HTTP"}""");
        var body = new JsonObject
        {
            ["name"] = "web",
            ["healthChecks"] = new JsonArray("global/healthChecks/check"),
            ["backends"] = new JsonArray(JsonNode.Parse($$"""{"group":"{{Zone}}/neg",{{capacity}}}""")),
        };

        (await gcp.Compute("POST", "global/backendServices", body.ToJsonString())).Fails(400, "invalid");
    }

    private static Task<GcpAnswer> Call(GcpFixture gcp, string verb, string endpoints) => gcp.Compute(
        "POST", $"{Zone}/neg/{verb}NetworkEndpoints", $$"""{"networkEndpoints":[{{endpoints}}]}""");
}
