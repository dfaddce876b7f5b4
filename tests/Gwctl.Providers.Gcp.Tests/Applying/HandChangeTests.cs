using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Diff;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: whatever people do by hand to an object of ours, <c>drift</c> says so at the very attribute, and
/// <c>apply</c> makes it as it was, with nothing else changed.</summary>
public sealed class HandChangeTests
{
    private static readonly TestCertificate Served = TestCertificate.For("a.example.com");

    private static readonly TestCertificate Theirs = TestCertificate.For("a.example.com");

    private static readonly IReadOnlyDictionary<string, HandChange> All = new Dictionary<string, HandChange>
    {
        ["weights"] = new(Kinds.UrlMap, "pathMatchers", (api, stop) => EditMapAsync(
            api,
            map => Weighted(map).Select((item, index) => item["weight"] = index * 100).ToList(),
            stop)),
        ["priorities swapped"] = new(Kinds.UrlMap, "pathMatchers", (api, stop) => EditMapAsync(
            api,
            map =>
            {
                var rules = Rules(map);
                (rules[0]["priority"], rules[1]["priority"]) =
                    (rules[1]["priority"]?.DeepClone(), rules[0]["priority"]?.DeepClone());
            },
            stop)),
        ["a rule removed"] = new(Kinds.UrlMap, "pathMatchers", (api, stop) => EditMapAsync(
            api, map => Rules(map)[0].Parent?.AsArray().RemoveAt(0), stop)),
        ["a host rule removed"] = new(Kinds.UrlMap, "hostRules", (api, stop) => EditMapAsync(
            api,
            map =>
            {
                var hosts = Items(map, "hostRules");
                var matcher = hosts[^1]["pathMatcher"]?.ToString();
                map["hostRules"]?.AsArray().RemoveAt(hosts.Count - 1);
                map["pathMatchers"]?.AsArray().RemoveAll(item => item?["name"]?.ToString() == matcher);
            },
            stop)),
        ["the default led elsewhere"] = new(Kinds.UrlMap, "default", (api, stop) => EditMapAsync(
            api,
            map =>
            {
                map.Remove("defaultRouteAction");
                map["defaultService"] = Weighted(map)[^1]["backendService"]?.DeepClone();
            },
            stop)),
        ["a service's timeout"] = new(Kinds.BackendService, "timeoutSec", (api, stop) => PatchAsync(
            api, ComputeCollection.BackendServices, new JsonObject { ["timeoutSec"] = 99 }, stop)),
        ["a service without its groups"] = new(Kinds.BackendService, "backends", (api, stop) => PatchAsync(
            api, ComputeCollection.BackendServices, new JsonObject { ["backends"] = new JsonArray() }, stop)),
        ["a health check's path"] = new(Kinds.HealthCheck, "httpHealthCheck", (api, stop) => PatchAsync(
            api,
            ComputeCollection.HealthChecks,
            new JsonObject { ["httpHealthCheck"] = new JsonObject { ["requestPath"] = "/by-hand" } },
            stop)),
        ["an endpoint detached"] = new(Kinds.Endpoints, "", DetachAsync),
        ["a certificate swapped"] = new(Kinds.TargetHttpsProxy, "sslCertificates", SwapCertificateAsync),
        ["a proxy led to another map"] = new(Kinds.TargetHttpProxy, "urlMap", SwapMapAsync),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, bool>> Cases() =>
        from name in All.Keys
        from regional in new[] { false, true }
        select new TheoryDataRow<string, bool>(name, regional);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Is_found_and_repaired(string name, bool regional)
    {
        var (kind, attribute, makeAsync) = All[name];
        await using var bench =
            await SpecBench.StartAsync(regional ? SpecBench.RegionalConfig : SpecBench.DefaultConfig);
        bench.Want(Specs());
        await bench.ApplyAsync();
        Assert.False((await bench.DriftAsync()).HasChanges);
        using var api = bench.NewApi();
        await makeAsync(api, Token);

        var change = Assert.IsType<Change.Update>(Assert.Single((await bench.DriftAsync()).Changes));
        Assert.Equal(kind, change.Address.Kind);
        Assert.Contains(change.Attributes, item => item.Path.StartsWith(attribute, StringComparison.Ordinal));
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
    }

    private static async Task EditMapAsync(GcpApi api, Action<JsonObject> edit, CancellationToken stop)
    {
        var found = await FirstAsync(
            api,
            ComputeCollection.UrlMaps,
            body => Weighted(body).Count > 0 && Items(body, "hostRules").Count > 1,
            stop);
        edit(found.Body);

        // Google would refuse a map that fails its own tests.
        found.Body["tests"] = new JsonArray();
        Strip(found.Body);
        await api.Compute.UpdateAsync(NameOf(found, ComputeCollection.UrlMaps), found.Body, stop);
    }

    private static async Task PatchAsync(
        GcpApi api, ComputeCollection collection, JsonObject patch, CancellationToken stop)
    {
        var found = await FirstAsync(
            api,
            collection,
            body => collection == ComputeCollection.BackendServices
                ? Items(body, "backends").Count > 0
                : body.ContainsKey("httpHealthCheck"),
            stop);
        patch = (JsonObject)patch.DeepClone();
        if (found.Body["fingerprint"] is { } fingerprint)
        {
            patch["fingerprint"] = fingerprint.DeepClone();
        }

        await api.Compute.PatchAsync(NameOf(found, collection), patch, stop);
    }

    private static async Task DetachAsync(GcpApi api, CancellationToken stop)
    {
        var group = await FirstAsync(
            api, ComputeCollection.NetworkEndpointGroups, body => (body["size"]?.GetValue<int>() ?? 0) > 0, stop);
        await api.Compute.InvokeAsync(
            NameOf(group, ComputeCollection.NetworkEndpointGroups),
            "detachNetworkEndpoints",
            new JsonObject
            {
                ["networkEndpoints"] = new JsonArray(new JsonObject { ["ipAddress"] = "10.0.1.1", ["port"] = 8080 }),
            },
            stop);
    }

    private static async Task SwapCertificateAsync(GcpApi api, CancellationToken stop)
    {
        var proxy = await FirstAsync(api, ComputeCollection.TargetHttpsProxies, _ => true, stop);
        var theirs = new ComputeName(ComputeCollection.SslCertificates, proxy.Location, "by-hand");
        await api.Compute.InsertAsync(
            theirs,
            new JsonObject
            {
                ["name"] = theirs.Name,
                ["certificate"] = Theirs.Chain,
                ["privateKey"] = Theirs.PrivateKey,
            },
            stop);
        await api.Compute.InvokeAsync(
            NameOf(proxy, ComputeCollection.TargetHttpsProxies),
            "setSslCertificates",
            new JsonObject
            {
                ["sslCertificates"] = new JsonArray(
                    SelfLinks.Of(GraphBench.Project, theirs.Location, "sslCertificates", theirs.Name)),
            },
            stop);
    }

    private static async Task SwapMapAsync(GcpApi api, CancellationToken stop)
    {
        var proxy = await FirstAsync(api, ComputeCollection.TargetHttpProxies, _ => true, stop);
        var used = SelfLinks.Canonical(proxy.Body["urlMap"]?.ToString() ?? "");
        var other = await FirstAsync(
            api,
            ComputeCollection.UrlMaps,
            body => SelfLinks.Canonical(body["selfLink"]?.ToString() ?? "") != used,
            stop);
        await api.Compute.InvokeAsync(
            NameOf(proxy, ComputeCollection.TargetHttpProxies),
            "setUrlMap",
            new JsonObject { ["urlMap"] = other.Body["selfLink"]?.DeepClone() },
            stop);
    }

    private static async Task<ComputeItem> FirstAsync(
        GcpApi api, ComputeCollection collection, Func<JsonObject, bool> fits, CancellationToken stop) =>
        await api.Compute.ListAllAsync(collection, stop).FirstAsync(item => fits(item.Body), stop);

    private static void Strip(JsonObject body)
    {
        foreach (var own in new[] { "id", "kind", "selfLink", "creationTimestamp" })
        {
            body.Remove(own);
        }
    }

    private static ComputeName NameOf(ComputeItem item, ComputeCollection collection) =>
        new(collection, item.Location, item.Body["name"]?.ToString() ?? "");

    private static IReadOnlyList<JsonObject> Items(JsonNode? node, string name) =>
        [.. (node?[name] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>Of the first matcher that has several.</summary>
    private static IReadOnlyList<JsonObject> Rules(JsonObject map) =>
        Items(map, "pathMatchers").Select(matcher => Items(matcher, "routeRules")).First(rules => rules.Count > 1);

    private static IReadOnlyList<JsonObject> Weighted(JsonObject map) =>
    [
        .. Items(map, "pathMatchers").SelectMany(matcher => Items(matcher, "routeRules"))
            .SelectMany(rule => Items(rule["routeAction"], "weightedBackendServices")),
    ];

    private static SpecSource Specs() => new(
        "specs.yaml",
        SpecText.All(
            $$$"""
            {{{SpecText.Gateway(
                "{name: http, port: 80, protocol: HTTP}, "
                    + "{name: https, port: 443, protocol: HTTPS, hostname: a.example.com, "
                    + "tls: {certificateRefs: [{name: s}]}}")}}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s, namespace: shop}
            type: kubernetes.io/tls
            stringData: {tls.crt: {{{Quoted(Served.Chain)}}}, tls.key: {{{Quoted(Served.PrivateKey)}}} }
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r, namespace: shop}
            spec:
              parentRefs: [{name: web}]
              hostnames: [a.example.com]
              rules:
                - matches: [{path: {value: /split}}]
                  backendRefs: [{name: a, port: 80, weight: 9}, {name: b, port: 80, weight: 1}]
                - backendRefs: [{name: a, port: 80}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: other, namespace: shop}
            spec:
              parentRefs: [{name: web, sectionName: http}]
              hostnames: [b.example.com]
              rules: [{backendRefs: [{name: b, port: 80}]}]
            ---
            apiVersion: gwctl.dev/v1alpha1
            kind: BackendPolicy
            metadata: {name: a, namespace: shop}
            spec:
              targetRefs: [{kind: Service, name: a}]
              healthCheck: {path: /healthz, interval: 10s}
            """,
            "gcp", "project: my-project").Replace("name: main", "name: test", StringComparison.Ordinal));

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    /// <param name="Kind">Of the one object that differs then.</param>
    /// <param name="Attribute">How the path of an attribute begins that differs then.</param>
    private sealed record HandChange(
        string Kind, string Attribute, Func<GcpApi, CancellationToken, Task> MakeAsync);
}
