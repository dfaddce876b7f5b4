using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Lists: pages, filters, aggregated lists, and what every project has.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Pages_hold_each_resource_once()
    {
        await using var gcp = await GcpFixture.StartAsync();
        foreach (var name in "abcde")
        {
            await gcp.Insert("global/healthChecks", $$"""{"name":"{{name}}","type":"TCP"}""");
        }

        var (names, token) = (new List<string>(), "");
        do
        {
            var query = $"maxResults=2&pageToken={Uri.EscapeDataString(token)}";
            var page = (await gcp.Compute("GET", $"global/healthChecks?{query}")).Ok();
            names.AddRange(Names(page));
            token = page["nextPageToken"]?.ToString() ?? "";
        }
        while (token is not "");

        Assert.Equal(["a", "b", "c", "d", "e"], names);
        (await gcp.Compute("GET", "global/healthChecks?maxResults=501")).Fails(400, "invalid");
        (await gcp.Compute("GET", "global/healthChecks?pageToken=!")).Fails(400, "invalid");
    }

    [Theory]
    [InlineData("name = \"web\"", "web")]
    [InlineData("name=web", "web")]
    [InlineData("name != web", "api,web-2")]
    [InlineData("name:web*", "web,web-2")]
    [InlineData("name eq web.*", "web,web-2")]
    [InlineData("name ne web.*", "api")]
    [InlineData("labels.team = a", "api,web")]
    [InlineData("labels.team:*", "api,web")]
    [InlineData("(labels.team = a) AND (name = api)", "api")]
    [InlineData("name = api OR name = web-2", "api,web-2")]
    [InlineData("NOT name = api", "web,web-2")]
    [InlineData("-labels.team:*", "web-2")]
    public async Task Filters_choose(string filter, string expected)
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert("global/addresses", """{"name":"web","labels":{"team":"a"}}""");
        await gcp.Insert("global/addresses", """{"name":"web-2"}""");
        await gcp.Insert("global/addresses", """{"name":"api","labels":{"team":"a"}}""");

        var list = (await gcp.Compute("GET", $"global/addresses?filter={Uri.EscapeDataString(filter)}")).Ok();

        Assert.Equal(expected.Split(','), Names(list));
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_is_an_error()
    {
        await using var gcp = await GcpFixture.StartAsync();

        (await gcp.Compute("GET", "global/addresses?filter=name%20=")).Fails(400, "invalid");
    }

    [Fact]
    public async Task An_aggregated_list_has_an_entry_for_each_scope()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert("global/addresses", """{"name":"g"}""");
        await gcp.Insert("regions/us-east1/addresses", """{"name":"r"}""");

        var items = (await gcp.Compute("GET", "aggregated/addresses")).Ok()["items"];

        Assert.Equal("g", items?["global"]?["addresses"]?[0]?["name"]?.ToString());
        Assert.Equal("r", items?["regions/us-east1"]?["addresses"]?[0]?["name"]?.ToString());
        Assert.Equal("NO_RESULTS_ON_PAGE", items?["regions/us-west1"]?["warning"]?["code"]?.ToString());
    }

    [Fact]
    public async Task An_empty_list_has_no_items()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var list = (await gcp.Compute("GET", "global/urlMaps")).Ok();

        Assert.False(list.ContainsKey("items"));
        Assert.Equal("compute#urlMapList", list["kind"]?.ToString());
    }

    [Theory]
    [InlineData("regions/us-central1")]
    [InlineData("zones/us-central1-a")]
    [InlineData("global/networks/default")]
    [InlineData("regions/us-central1/subnetworks/default")]
    public async Task Every_project_has_places_and_a_network(string path)
    {
        await using var gcp = await GcpFixture.StartAsync();

        var found = (await gcp.Compute("GET", path)).Ok();

        Assert.Equal(GcpFixture.Link(path), found["selfLink"]?.ToString());
        (await gcp.Compute("GET", $"{path}-none")).Fails(404, "notFound");
        (await gcp.Compute("GET", "zones/nowhere-a/networkEndpointGroups")).Fails(404, "notFound");
    }

    private static IEnumerable<string> Names(JsonObject list) =>
        list["items"]?.AsArray().Select(item => item?["name"]?.ToString() ?? "") ?? [];
}
