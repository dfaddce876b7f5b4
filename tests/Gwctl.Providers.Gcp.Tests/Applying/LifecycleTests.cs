using Gwctl.Engine.Diff;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: what is applied is there, as it was wanted; and what is destroyed is gone.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task What_was_applied_needs_no_change_and_what_was_destroyed_is_gone()
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop().Graph();

        await bench.ApplyAsync();
        bench.Restart();
        await bench.AssertNoChangesAsync();
        await bench.DestroyAsync();

        bench.Desired = Gwctl.Engine.Resources.ResourceGraph.Empty;
        Assert.Empty((await bench.ReadAsync()).Resources);
    }

    [Fact]
    public async Task Every_member_that_changes_in_place_is_changed()
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop().Graph();
        await bench.ApplyAsync();
        bench.Desired = new Shop
        {
            Targets = ["10.0.0.11", "10.0.0.12"],
            CanaryWeight = 50,
            HealthSeconds = 20,
            Ttl = 300,
            Labels = [new("team", "web"), new("tier", "front")],
        }.Graph();

        var plan = await bench.PlanAsync();
        Assert.All(plan.Changes, change => Assert.IsType<Change.Update>(change));
        await bench.ApplyAsync(plan);

        await bench.AssertNoChangesAsync();
    }

    [Fact]
    public async Task Certificate_maps_come_and_go()
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop { WithHttps = false, WithCertificateMap = true }.Graph();
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        bench.Desired = new Shop { WithHttps = false }.Graph();
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        await bench.DestroyAsync();

        bench.Desired = Gwctl.Engine.Resources.ResourceGraph.Empty;
        Assert.Empty((await bench.ReadAsync()).Resources);
    }

    [Fact]
    public async Task A_backend_goes_after_the_map_has_left_it()
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop().Graph();
        await bench.ApplyAsync();
        bench.Desired = new Shop { WithCanary = false }.Graph();
        bench.ForgetCalls();

        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        var writes = bench.Writes.ToList();
        Assert.True(writes.IndexOf("urlMaps.update") < writes.IndexOf("backendServices.delete"));
        Assert.True(writes.IndexOf("backendServices.delete") < writes.IndexOf("networkEndpointGroups.delete"));
    }
}
