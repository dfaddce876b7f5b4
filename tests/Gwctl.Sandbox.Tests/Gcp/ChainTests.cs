namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>A whole load balancer, from the address to the endpoints, and back.</summary>
public sealed class ChainTests
{
    [Fact]
    public async Task A_load_balancer_is_built_and_taken_down_in_order()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert("global/addresses", """{"name":"ip"}""");
        await Build(gcp);

        var rule = await gcp.Insert(
            "global/forwardingRules",
            """
            {"name":"rule","IPAddress":"global/addresses/ip","portRange":"80","loadBalancingScheme":"EXTERNAL_MANAGED",
            "target":"global/targetHttpProxies/proxy"}
            """);

        Assert.Equal("80-80", rule["portRange"]?.ToString());
        Assert.Equal(GcpFixture.Link("global/targetHttpProxies/proxy"), rule["target"]?.ToString());
        var address = (await gcp.Compute("GET", "global/addresses/ip")).Ok();
        Assert.Equal(rule["IPAddress"]?.ToString(), address["address"]?.ToString());
        Assert.Equal("IN_USE", address["status"]?.ToString());
        foreach (var used in new[]
        {
            "addresses/ip", "targetHttpProxies/proxy", "urlMaps/map", "backendServices/web", "healthChecks/check",
        })
        {
            (await gcp.Compute("DELETE", $"global/{used}")).Fails(400, "resourceInUseByAnotherResource");
        }

        foreach (var path in new[]
        {
            "global/forwardingRules/rule", "global/targetHttpProxies/proxy", "global/urlMaps/map",
            "global/backendServices/web", "global/healthChecks/check",
            "zones/us-central1-a/networkEndpointGroups/neg", "global/addresses/ip",
        })
        {
            (await gcp.Compute("DELETE", path)).Ok();
        }

        Assert.Equal("", gcp.Cloud.Gcp.Snapshot());
    }

    private static async Task Build(GcpFixture gcp)
    {
        await gcp.Insert("zones/us-central1-a/networkEndpointGroups", """{"name":"neg"}""");
        (await gcp.Compute(
            "POST", "zones/us-central1-a/networkEndpointGroups/neg/attachNetworkEndpoints",
            """{"networkEndpoints":[{"instance":"vm-1","ipAddress":"10.0.0.4","port":8080}]}""")).Ok();
        await gcp.Insert("global/healthChecks", """{"name":"check","type":"HTTP"}""");
        await gcp.Insert(
            "global/backendServices",
            $$"""
            {"name":"web","loadBalancingScheme":"EXTERNAL_MANAGED","healthChecks":["global/healthChecks/check"],
            "backends":[{"group":"{{GcpFixture.Link("zones/us-central1-a/networkEndpointGroups/neg")}}",
            "balancingMode":"RATE","maxRatePerEndpoint":100}]}
            """);
        await gcp.Insert("global/urlMaps", """{"name":"map","defaultService":"global/backendServices/web"}""");
        await gcp.Insert("global/targetHttpProxies", """{"name":"proxy","urlMap":"global/urlMaps/map"}""");
    }
}
