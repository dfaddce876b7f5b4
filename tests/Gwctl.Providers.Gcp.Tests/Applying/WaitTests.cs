using System.Text.Json.Nodes;
using Gwctl.Engine.Apply;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: traffic moves to what is ready, and what holds it up is told.</summary>
public sealed class WaitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unhealthy_endpoints_among_healthy_ones_are_told_and_hold_nothing_up()
    {
        await using var bench = await StartAsync("10.0.0.11");

        var events = await ApplyAsync(bench, new Shop { Targets = ["10.0.0.10", "10.0.0.11"] });

        Assert.Empty(events.OfType<ApplyEvent.StepFailed>());
        Assert.Contains(Warnings(events), text => text.Contains("10.0.0.11:8080 UNHEALTHY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_without_a_healthy_endpoint_is_waited_for_and_told()
    {
        await using var bench = await StartAsync("10.0.0.11");

        var events = await ApplyAsync(bench, new Shop { Targets = ["10.0.0.11"] });

        var failed = events.OfType<ApplyEvent.StepFailed>().Select(step => step.Diagnostic).ToList();
        Assert.Equal(2, failed.Count(diagnostic => diagnostic.Code is "GW6255"));
        Assert.All(failed, diagnostic => Assert.Contains("0 of 2 endpoints healthy", diagnostic.Detail));
    }

    [Fact]
    public async Task A_service_without_endpoints_is_not_waited_for()
    {
        await using var bench = await StartAsync();

        var events = await ApplyAsync(bench, new Shop { Targets = [] });

        Assert.Empty(events.OfType<ApplyEvent.StepFailed>());
        await bench.AssertNoChangesAsync();
    }

    /// <summary>Every endpoint of a group is another afterwards: the old ones leave only when the new ones are
    /// healthy.</summary>
    [Fact]
    public async Task New_endpoints_take_over_before_the_old_ones_leave()
    {
        await using var bench = await StartAsync("10.0.0.13");
        await ApplyAsync(bench, new Shop { Targets = ["10.0.0.10"] });

        var events = await ApplyAsync(bench, new Shop { Targets = ["10.0.0.13"] });

        Assert.NotEmpty(events.OfType<ApplyEvent.StepFailed>());
        Assert.Equal(["10.0.0.10", "10.0.0.13"], await EndpointsAsync(bench));
        bench.Desired = new Shop { Targets = ["10.0.0.12"] }.Graph();
        await bench.ApplyAsync();
        Assert.Equal(["10.0.0.12"], await EndpointsAsync(bench));
    }

    [Fact]
    public async Task More_endpoints_than_a_call_takes_are_sent_in_several()
    {
        await using var bench = await StartAsync();
        bench.Desired = new Shop
        {
            WithCanary = false,
            Targets = [.. Enumerable.Range(0, 1100).Select(number => $"10.1.{number / 250}.{number % 250 + 1}")],
        }.Graph();

        await bench.ApplyAsync();
        Assert.Equal(6, bench.Writes.Count(operation => operation is "networkEndpointGroups.attachNetworkEndpoints"));
        await bench.AssertNoChangesAsync();
    }

    private static Task<GraphBench> StartAsync(params string[] unhealthy) => GraphBench.StartAsync(
        GraphBench.Quick with { UnhealthyEndpoints = [.. unhealthy] });

    private static async Task<IReadOnlyList<ApplyEvent>> ApplyAsync(GraphBench bench, Shop shop)
    {
        bench.Desired = shop.Graph();
        return await bench.TryApplyAsync(await bench.PlanAsync());
    }

    private static IEnumerable<string> Warnings(IEnumerable<ApplyEvent> events) =>
        events.Select(found => $"{found}").Where(text => text.Contains("GW6257", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> EndpointsAsync(GraphBench bench)
    {
        var group = new ComputeName(ComputeCollection.NetworkEndpointGroups, "us-central1-a", "shop-web-neg");
        var found = await bench.Api.Compute.ListNetworkEndpointsAsync(group, withHealth: false, Token)
            .ToListAsync(Token);
        return [.. found.Select(endpoint => $"{(endpoint["networkEndpoint"] as JsonObject)?["ipAddress"]}").Order()];
    }
}
