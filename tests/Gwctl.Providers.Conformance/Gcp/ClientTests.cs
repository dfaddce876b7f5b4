using System.Text.Json.Nodes;
using Gwctl.Providers.Conformance.Scenarios;
using Gwctl.Testing.Clouds;
using Gwctl.Testing.Clouds.Gcp;

namespace Gwctl.Providers.Conformance.Gcp;

/// <summary>Google's own JavaScript clients list and read, over REST, what gwctl made in the sandbox: they see the
/// very objects that our own client sees.</summary>
public sealed class ClientTests
{
    private const string Zone = ConformanceTests.Zone;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Googles_clients_read_what_gwctl_made()
    {
        var folder = await NodeFolder.RestoreAsync("Gcp/Clients", Token);
        await using var cloud = await CloudUnderTest.StartSandboxAsync(
            new GcpUnderTest(), ConformanceTests.Owner, Zone, null, Token);
        var harness = new Harness(cloud);
        harness.Want(Yaml.All(
            Yaml.Secret("tls", "*", Zone),
            Yaml.Gateway(Yaml.Http, Yaml.Https),
            Yaml.Route("split", """
                - matches: [{path: {type: PathPrefix, value: /a}, method: GET}]
                  backendRefs: [{name: web, port: 80, weight: 3}, {name: next, port: 80, weight: 1}]
                  timeouts: {request: 5s}
                - matches: [{path: {type: Exact, value: /b}}]
                  filters: [{type: RequestRedirect, requestRedirect: {hostname: to.example.com, statusCode: 308}}]
                - {backendRefs: [{name: web, port: 80}]}
                """),
            Yaml.Route("any", Yaml.ToWeb, "*")));
        await harness.ApplyAsync();

        var seen = await ReadAsync(folder, cloud.Place);

        AssertObjects(seen, await OwnViewAsync(cloud.Place));
        AssertContents(seen);
        AssertRecords(seen);
    }

    private static async Task<JsonObject> ReadAsync(NodeFolder folder, Place place)
    {
        var output = await folder.RunAsync(
            [
                "read.mjs", $"{place.Endpoint}", GcpUnderTest.ProjectAt(place), $"{GcpUnderTest.Region}-a", "test",
            ],
            Token);
        return JsonNode.Parse(output) as JsonObject ?? throw new InvalidOperationException(output);
    }

    /// <summary>Names by collection, as our own wire client has them.</summary>
    private static async Task<Dictionary<string, string>> OwnViewAsync(Place place)
    {
        using var api = GcpUnderTest.ApiAt(place);
        var view = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var collection in GcpUnderTest.Collections)
        {
            var names = await api.Compute.ListAllAsync(collection, Token)
                .Select(item => item.Body["name"]?.ToString() ?? "").ToListAsync(Token);
            view[collection.Segment] = string.Join('\n', names.Order(StringComparer.Ordinal));
        }

        return view;
    }

    private static void AssertObjects(JsonObject seen, Dictionary<string, string> own)
    {
        Assert.All(own, collection =>
        {
            Assert.NotEqual("", collection.Value);
            Assert.Equal(
                collection.Value,
                string.Join('\n', Items(seen, collection.Key).Select(Name).Order(StringComparer.Ordinal)));
        });
        Assert.Equal(
            Items(seen, "backendServices").Select(item => $"global/{Name(item)}").Order(StringComparer.Ordinal),
            (seen["aggregated"] as JsonArray ?? []).Select(item => $"{item}").Order(StringComparer.Ordinal));
    }

    /// <summary>What has a type of its own in Google's clients (numbers, durations, enumerations, maps, references)
    /// comes through.</summary>
    private static void AssertContents(JsonObject seen)
    {
        Assert.Equal(
            ["443-443", "80-80"], Items(seen, "forwardingRules").Select(rule => $"{rule["portRange"]}").Order());
        Assert.All(Items(seen, "forwardingRules"), rule =>
        {
            Assert.Equal(("EXTERNAL_MANAGED", "TCP"), ($"{rule["loadBalancingScheme"]}", $"{rule["IPProtocol"]}"));
            Assert.Contains("/global/targetHttp", $"{rule["target"]}", StringComparison.Ordinal);
        });
        var rules = Items(seen, "urlMaps").SelectMany(map => Items(map, "pathMatchers"))
            .SelectMany(matcher => Items(matcher, "routeRules")).ToList();
        Assert.Contains(rules, rule => $"{rule["urlRedirect"]?["redirectResponseCode"]}" is "PERMANENT_REDIRECT");
        Assert.Contains(rules, rule => $"{rule["routeAction"]?["timeout"]?["seconds"]}" is "5");
        Assert.Contains(rules, rule => rule["routeAction"]?["weightedBackendServices"] is JsonArray { Count: 2 });
        Assert.Contains(
            Items(seen, "backendServices"), service => service["health"] is JsonArray { Count: > 0 } health
                && health.All(state => $"{state}" is "HEALTHY"));
        Assert.Equal(
            ["172.31.1.10:8000", "172.31.1.20:8000"],
            Items(seen, "networkEndpointGroups")
                .SelectMany(group => group["endpoints"] as JsonArray ?? []).Select(endpoint => $"{endpoint}").Order());
        Assert.All(
            Items(seen, "sslCertificates"), item => Assert.Equal("SELF_MANAGED", $"{item["type"]}"));
    }

    private static void AssertRecords(JsonObject seen)
    {
        var address = $"{Assert.Single(Items(seen, "addresses"))["address"]}";
        Assert.Equal($"{Zone}.", $"{Assert.Single(Items(seen, "managedZones"))["dnsName"]}");
        var records = Items(seen, "recordSets")
            .ToDictionary(record => $"{record["type"]} {record["name"]}", StringComparer.Ordinal);
        Assert.Equal(address, $"{records[$"A www.{Zone}."]["data"]?[0]}");
        Assert.Equal(address, $"{records[$"A *.{Zone}."]["data"]?[0]}");
        Assert.Contains(
            $"external-dns/owner={ConformanceTests.Owner}",
            $"{records[$"TXT a-_any.{Zone}."]["data"]?[0]}",
            StringComparison.Ordinal);
    }

    private static IEnumerable<JsonObject> Items(JsonObject json, string name) =>
        (json[name] as JsonArray ?? []).OfType<JsonObject>();

    private static string Name(JsonObject item) => $"{item["name"]}";
}
