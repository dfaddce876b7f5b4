using System.Text.Json;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Statuses;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary><c>status</c>: what a controller would write.</summary>
public sealed class StatusCommandTests : IDisposable
{
    private const string Specs = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud, generation: 3}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop, generation: 7}
        spec:
          gatewayClassName: cloud
          listeners:
          - {name: http, protocol: HTTP, port: 80}
          - {name: alt, protocol: HTTP, port: 8080, hostname: b.example.com}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: store, namespace: shop}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: good, namespace: shop, generation: 2}
        spec:
          parentRefs: [{name: web, sectionName: http}]
          rules: [{backendRefs: [{name: store, port: 80}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: lost, namespace: shop}
        spec:
          parentRefs: [{name: web, sectionName: nowhere}]
          rules: [{backendRefs: [{name: store, port: 80}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: partly, namespace: shop}
        spec:
          parentRefs: [{name: web, sectionName: alt}]
          rules:
          - backendRefs: [{name: store, port: 80}]
          - matches: [{path: {value: /a}}]
            filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x-a]}}]
            backendRefs: [{name: store, port: 80}]
          - matches: [{path: {value: /b}}]
            backendRefs: [{name: nobody, port: 80}]
        """;

    private readonly CliRunner _cli = new() { Clock = new StandingClock() };

    public StatusCommandTests() => _cli.Write("specs.yaml", Specs);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_tree_shows_who_belongs_to_whom_and_what_is_wrong()
    {
        var result = await RunAsync("text");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Matches(
            @"^GatewayClass cloud \(\d+ features supported\)  Accepted\n  Gateway shop/web  ", result.Output);
        Assert.Contains("    listener http (HTTP 80, 1 route)  Accepted  ResolvedRefs  not Conflicted  Programmed? "
            + "Pending\n      HTTPRoute shop/good  Accepted  ResolvedRefs\n", result.Output);
        Assert.Contains("      HTTPRoute shop/partly  Accepted\n", result.Output);
        Assert.Contains("        ✗ not ResolvedRefs BackendNotFound\n", result.Output);
        Assert.Contains("        ✗ PartiallyInvalid UnsupportedValue\n          Dropped Rule 1:", result.Output);
        Assert.Contains("    HTTPRoute shop/lost (not attached to nowhere)", result.Output);
        Assert.Contains("      ✗ not Accepted NoMatchingParent\n", result.Output);
        Assert.Equal(1, result.Output.Split("HTTPRoute shop/lost (").Length - 1);
    }

    [Fact]
    public async Task Json_has_the_shape_of_the_Gateway_API()
    {
        var result = await RunAsync("json");
        using var document = JsonDocument.Parse(result.Output);
        var items = document.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["GatewayClass cloud", "Gateway web", "HTTPRoute good", "HTTPRoute lost", "HTTPRoute partly"],
            items.Select(item =>
                $"{item.GetProperty("kind").GetString()} {item.GetProperty("metadata").GetProperty("name")}"));
        Assert.All(items, item => Assert.Equal(
            "gateway.networking.k8s.io/v1", item.GetProperty("apiVersion").GetString()));

        var gateway = items[1].GetProperty("status");
        Assert.Equal(
            """
            {"type":"Programmed","status":"Unknown","observedGeneration":0,"lastTransitionTime":"2026-01-01T12:00:00Z",
            """ + """
            "reason":"Pending","message":"Not applied yet."}
            """,
            Compact(gateway.GetProperty("conditions")[1]));
        var listener = gateway.GetProperty("listeners")[1];
        Assert.Equal("alt", listener.GetProperty("name").GetString());
        Assert.Equal(1, listener.GetProperty("attachedRoutes").GetInt32());
        Assert.Equal(
            """{"group":"gateway.networking.k8s.io","kind":"HTTPRoute"}""",
            Compact(listener.GetProperty("supportedKinds")[0]));

        var parent = items[2].GetProperty("status").GetProperty("parents")[0];
        Assert.Equal(
            """{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"web","sectionName":"http"}""",
            Compact(parent.GetProperty("parentRef")));
        Assert.Equal("gwctl.dev/aws", parent.GetProperty("controllerName").GetString());
    }

    // Goal: a reader tells by the generation whether the status is about what is there now; only a cluster counts them.
    [Fact]
    public void The_generation_is_the_clusters()
    {
        var specs = SpecReader.Read(
            [new SpecSource("specs.yaml", Specs)], new SpecReaderOptions { IsFromCluster = true });
        Assert.NotNull(specs.Value);
        var topology = TopologyResolver.Resolve(specs.Value, new TopologyOptions()).Value;
        Assert.NotNull(topology);
        using var writer = new StringWriter();
        new JsonStatusView(writer, new StandingClock()).Show(topology, StatusReport.Build(topology, []));
        using var document = JsonDocument.Parse(writer.ToString());
        var items = document.RootElement.GetProperty("items");
        Assert.Equal(
            [3, 7, 2],
            new[]
            {
                items[0].GetProperty("status"),
                items[1].GetProperty("status").GetProperty("listeners")[0],
                items[2].GetProperty("status").GetProperty("parents")[0],
            }.Select(holder => holder.GetProperty("conditions")[0].GetProperty("observedGeneration").GetInt64()));
    }

    // Goal: only what is as specified counts; what an ALB does with a difference, or not at all, does not.
    [Fact]
    public async Task Features_are_those_that_are_as_specified()
    {
        using var document = JsonDocument.Parse((await RunAsync("json")).Output);
        var names = document.RootElement.GetProperty("items")[0].GetProperty("status").GetProperty("supportedFeatures")
            .EnumerateArray().Select(feature => feature.GetProperty("name").GetString()).ToList();
        Assert.Contains("HTTPRouteMethodMatching", names);
        Assert.Contains("GatewayHTTPListenerIsolation", names);
        Assert.DoesNotContain("HTTPRouteQueryParamMatching", names);
        Assert.DoesNotContain("HTTPRouteRequestMirror", names);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task Yaml_holds_a_document_for_each_object()
    {
        var result = await RunAsync("yaml");
        var documents = result.Output.Split("---\n");
        Assert.Equal(5, documents.Length);
        Assert.StartsWith(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: web\n  namespace: shop\n"
            + "status:\n  attachedListenerSets: 0\n  conditions:\n  - type: Accepted\n    status: \"True\"\n"
            + "    observedGeneration: 0\n",
            documents[1]);
        Assert.Equal(result.Output, (await RunAsync("yaml")).Output);
    }

    [Fact]
    public async Task Good_specs_leave_no_error()
    {
        var result = await _cli.RunAsync("status", "-f", Repository.PathOf("examples", "quickstart"), "--sandbox");
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.DoesNotContain("✗", result.Output);
    }

    private Task<CliResult> RunAsync(string format) =>
        _cli.RunAsync("status", "-f", "specs.yaml", "--sandbox", "-o", format);

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
