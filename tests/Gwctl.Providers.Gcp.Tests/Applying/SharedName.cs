using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>shop.example.com, whose records Gateways share, and what somebody does to them by hand.</summary>
internal static class SharedName
{
    private const string Zone = "example-com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static void Want(SpecBench bench, params string[] gateways) => bench.Want(
        [new SpecSource("specs.yaml", gateways is [] or [""] ? "" : string.Join("\n---\n", [Class, .. gateways]))]);

    private const string Class = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/gcp}
        """;

    /// <param name="weight">Null for a Gateway that has the name alone.</param>
    public static string Gateway(string name, int? weight, bool isDual = false, int ttl = 300) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: shop}
        spec:
          gatewayClassName: cloud
          infrastructure:
            annotations: {gwctl.dev/ip-address-type: {{(isDual ? "dualstack" : "ipv4")}}}
          listeners: [{name: http, protocol: HTTP, port: 80, hostname: shop.example.com}]
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: {{name}}, namespace: shop}
        spec:
          targetRef: {name: {{name}}}
          ttl: {{ttl}}s
          {{(weight is null ? "" : $"weight: {weight}")}}
          {{(weight is null ? "" : $"setIdentifier: {name}")}}
        """;

    /// <summary>All at and beside the hostname, sorted.</summary>
    public static async Task<List<JsonObject>> SetsAsync(SpecBench bench)
    {
        using var api = bench.NewApi();
        return await api.Dns.ListRecordSetsAsync(Zone, null, Token)
            .Where(record => record["name"]?.ToString().EndsWith("shop.example.com.", StringComparison.Ordinal) is true)
            .OrderBy(record => $"{record["type"]} {record["name"]}")
            .ToListAsync(Token);
    }

    public static async Task<JsonObject> SetAsync(SpecBench bench, string type) =>
        (await SetsAsync(bench)).First(record => record["type"]?.ToString() == type);

    public static async Task<IReadOnlyList<string>> WeightsAsync(SpecBench bench, string type) =>
        [.. Items(await SetAsync(bench, type)).Select(item => $"{item["weight"]}")];

    public static List<JsonObject> Items(JsonObject set) =>
        [.. set["routingPolicy"]?["wrr"]?["items"]?.AsArray().OfType<JsonObject>() ?? []];

    public static string WithoutKind(JsonObject json)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove("kind");
        return copy.ToJsonString();
    }

    /// <summary>The set's items, or values, changed.</summary>
    public static JsonObject With(JsonObject set, Action<JsonArray> change)
    {
        var copy = set.DeepClone().AsObject();
        var list = (copy["routingPolicy"]?["wrr"]?["items"] ?? copy["rrdatas"])?.AsArray();
        Assert.NotNull(list);
        change(list);
        return copy;
    }

    /// <summary>Somebody changes the A record's items by hand.</summary>
    public static async Task MeddleAsync(SpecBench bench, Action<JsonArray> change)
    {
        var set = await SetAsync(bench, "A");
        await ChangeAsync(bench, [set], [With(set, change)]);
    }

    public static async Task ChangeAsync(SpecBench bench, JsonNode?[] deletions, JsonNode?[] additions)
    {
        using var api = bench.NewApi();
        await api.Dns.CreateChangeAsync(
            Zone,
            new JsonObject
            {
                ["additions"] = new JsonArray([.. additions.Select(record => record?.DeepClone())]),
                ["deletions"] = new JsonArray([.. deletions.Select(record => record?.DeepClone())]),
            },
            Token);
    }
}
