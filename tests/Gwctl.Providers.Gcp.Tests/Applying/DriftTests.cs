using System.Text.Json.Nodes;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: what was changed by hand is found and repaired, never overwritten unseen; and a plan that the world
/// has overtaken does nothing.</summary>
public sealed class DriftTests
{
    private static readonly ComputeName Map = new(ComputeCollection.UrlMaps, "global", "shop-web-80");

    private static readonly ComputeName Service = new(ComputeCollection.BackendServices, "global", "shop-web");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_by_hand_are_repaired()
    {
        await using var bench = await StartAsync();
        await ByHandAsync(bench, Map, body => body["pathMatchers"]?[0]?["routeRules"]?.AsArray().RemoveAt(1));
        await ByHandAsync(bench, Service, body => body["timeoutSec"] = 99);
        await bench.Api.Compute.InvokeAsync(
            Group("us-central1-a"),
            "attachNetworkEndpoints",
            new JsonObject
            {
                ["networkEndpoints"] = new JsonArray(new JsonObject { ["ipAddress"] = "10.0.0.99", ["port"] = 8080 }),
            },
            Token);
        await bench.Api.Compute.InvokeAsync(
            new ComputeName(ComputeCollection.ForwardingRules, "global", "shop-web-80-ipv4"),
            "setTarget",
            new JsonObject
            {
                ["target"] = SelfLinks.Of(GraphBench.Project, "global", "targetHttpsProxies", "shop-web-443"),
            },
            Token);

        var plan = await bench.PlanAsync();
        Assert.Equal(
            [Kinds.BackendService, Kinds.Endpoints, Kinds.ForwardingRule, Kinds.UrlMap],
            plan.Changes.Select(change => Assert.IsType<Change.Update>(change).Address.Kind).Order());
        await bench.ApplyAsync(plan);

        await bench.AssertNoChangesAsync();
    }

    [Fact]
    public async Task What_gwctl_has_no_word_for_is_left_alone()
    {
        await using var bench = await StartAsync();
        await ByHandAsync(bench, Service, body => body["customRequestHeaders"] = new JsonArray("x-by-hand:1"));
        await bench.AssertNoChangesAsync();
        bench.Desired = new Shop { CanaryWeight = 20, HealthSeconds = 20, Targets = ["10.0.0.10"] }.Graph();
        await ByHandAsync(bench, Service, body => body["timeoutSec"] = 99);
        await bench.ApplyAsync();

        var service = await bench.Api.Compute.GetAsync(Service, Token);
        Assert.Equal("""["x-by-hand:1"]""", service["customRequestHeaders"]?.ToJsonString());
        Assert.Equal(30, service["timeoutSec"]?.GetValue<int>());
    }

    [Fact]
    public async Task Labels_of_others_stay()
    {
        await using var bench = await StartAsync();
        var rule = new ComputeName(ComputeCollection.ForwardingRules, "global", "shop-web-80-ipv4");
        var body = await bench.Api.Compute.GetAsync(rule, Token);
        await bench.Api.Compute.InvokeAsync(
            rule,
            "setLabels",
            new JsonObject
            {
                ["labels"] = new JsonObject { ["team"] = "shop", ["cost"] = "42" },
                ["labelFingerprint"] = body["labelFingerprint"]?.DeepClone(),
            },
            Token);
        await bench.AssertNoChangesAsync();
        bench.Desired = new Shop { Labels = [new("tier", "front")] }.Graph();
        await bench.ApplyAsync();

        Assert.Equal(
            """{"cost":"42","tier":"front"}""",
            (await bench.Api.Compute.GetAsync(rule, Token))["labels"]?.ToJsonString());
    }

    [Fact]
    public async Task A_plan_that_the_world_has_overtaken_does_nothing()
    {
        await using var bench = await StartAsync();
        bench.Desired = new Shop { CanaryWeight = 20 }.Graph();
        var plan = await bench.PlanAsync();
        await ByHandAsync(bench, Map, body => body["pathMatchers"]?[0]?["routeRules"]?.AsArray().RemoveAt(1));
        var before = bench.Cloud.Gcp.Snapshot();

        var failed = (await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>();

        Assert.Equal("GW6250", Assert.Single(failed).Diagnostic.Code);
        Assert.Equal(before, bench.Cloud.Gcp.Snapshot());
    }

    /// <summary>On a first apply nothing lives yet that Google could be asked about beforehand.</summary>
    [Fact]
    public async Task A_map_whose_tests_fail_is_refused_and_told_why()
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop { TestedPath = "/old/x" }.Graph();

        var failed = (await bench.TryApplyAsync(await bench.PlanAsync())).OfType<ApplyEvent.StepFailed>();

        var diagnostic = Assert.Single(failed).Diagnostic;
        Assert.Equal("GW6260", diagnostic.Code);
        Assert.Contains("www.example.com/old/x", diagnostic.Detail, StringComparison.Ordinal);
        Assert.Null(await bench.Api.Compute.FindAsync(Map, Token));
    }

    [Fact]
    public async Task What_lost_its_mark_is_not_deleted()
    {
        await using var bench = await StartAsync();
        var plan = await bench.PlanAsync(PlanPurpose.Destroy);
        var check = new ComputeName(ComputeCollection.HealthChecks, "global", "shop-web-hc");
        await bench.Api.Compute.PatchAsync(check, new JsonObject { ["description"] = "now mine" }, Token);

        var failed = (await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>();

        Assert.Equal("GW6254", Assert.Single(failed).Diagnostic.Code);
        Assert.NotNull(await bench.Api.Compute.FindAsync(check, Token));
    }

    [Fact]
    public async Task An_adopted_object_is_ours_and_keeps_what_it_has()
    {
        await using var bench = await GraphBench.StartAsync();
        var check = new ComputeName(ComputeCollection.HealthChecks, "global", "shop-web-hc");
        await bench.Api.Compute.InsertAsync(
            check,
            new JsonObject
            {
                ["name"] = check.Name,
                ["type"] = "HTTP",
                ["checkIntervalSec"] = 44,
                ["httpHealthCheck"] = new JsonObject { ["requestPath"] = "/x", ["port"] = 80 },
            },
            Token);
        bench.Desired = new Shop().Graph();

        await bench.ApplyAsync(
            await bench.PlanAsync(PlanPurpose.Adopt, $"{Shop.AddressOf(Kinds.HealthCheck, "web")}"));

        var found = Assert.Single((await bench.ReadAsync()).Resources);
        Assert.Equal(Ownership.Ours, found.Ownership);
        Assert.Equal(44, found.Attributes.NumberOf("checkIntervalSec"));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
    }

    private static ComputeName Group(string zone) => new(ComputeCollection.NetworkEndpointGroups, zone, "shop-web-neg");

    private static async Task<GraphBench> StartAsync()
    {
        var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop().Graph();
        await bench.ApplyAsync();
        return bench;
    }

    private static async Task ByHandAsync(
        GraphBench bench, ComputeName name, Action<JsonObject> change)
    {
        var body = await bench.Api.Compute.GetAsync(name, Token);
        change(body);
        foreach (var own in new[] { "id", "kind", "selfLink", "creationTimestamp", "usedBy" })
        {
            body.Remove(own);
        }

        if (name.Collection == ComputeCollection.UrlMaps)
        {
            await bench.Api.Compute.UpdateAsync(name, body, Token);
        }
        else
        {
            await bench.Api.Compute.PatchAsync(name, body, Token);
        }
    }
}
