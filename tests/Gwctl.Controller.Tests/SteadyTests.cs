using Gwctl.Engine.Planning;

namespace Gwctl.Controller.Tests;

/// <summary>Nothing is written where nothing changed, and little where little did.</summary>
public sealed class SteadyTests
{
    private static string Shop => Specs.All(
        Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Backend("cart", "10.0.1.20"),
        Specs.Route("store", "/", "store"),
            Specs.Route("cart", "/cart", "cart", more: "hostnames: [shop.example.com]"));

    private static string Labelled => Specs.GatewayOf()
        .Replace("  listeners:", "  infrastructure: {labels: {team: shop}}\n  listeners:", StringComparison.Ordinal);

    [Fact]
    public async Task A_resync_without_changes_writes_nothing_to_either_side()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run(change: options => options with { ResyncEvery = TimeSpan.FromMilliseconds(300) });
        await world.ProgrammedAsync();
        await world.QuietAsync();
        var (cluster, steps, cloud, calls) =
            (world.ClusterWrites.Count, world.Steps.Writes.Count, world.Aws.MutatingCalls, world.Aws.Calls);

        await world.UntilAsync(
            () => Task.FromResult(world.Aws.Calls > calls + 50), () => "It was not looked at the cloud again.");
        Assert.Equal(cluster, world.ClusterWrites.Count);
        Assert.Equal(steps, world.Steps.Writes.Count);
        Assert.Equal(cloud, world.Aws.MutatingCalls);
    }

    [Fact]
    public async Task What_somebody_changed_in_the_cloud_is_set_right_at_a_resync()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var first = world.Run();
        await world.ProgrammedAsync();
        await world.QuietAsync();
        await first.StopAsync();
        var rules = world.Count("rule");
        await world.DeleteRuleAsync();
        Assert.Equal(rules - 1, world.Count("rule"));

        world.Run("b");
        await world.UntilAsync(
            () => Task.FromResult(world.Count("rule") == rules), () => $"{world.Count("rule")} rules");
    }

    [Fact]
    public async Task A_restart_changes_nothing()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var first = world.Run();
        await world.ProgrammedAsync();
        await world.QuietAsync();
        await first.StopAsync();
        var (cluster, cloud, calls) = (world.ClusterWrites.Count, world.Aws.MutatingCalls, world.Aws.Calls);
        var second = world.Run("b");
        await world.UntilAsync(
            () => Task.FromResult(second.Host.Shards.Count is 1 && world.Aws.Calls > calls + 5), () =>
                "It did not start.");
        await world.QuietAsync();
        Assert.Equal(cluster, world.ClusterWrites.Count);
        Assert.Equal(cloud, world.Aws.MutatingCalls);
    }

    [Fact]
    public async Task After_an_apply_the_remembered_cloud_is_the_cloud()
    {
        // Goal: what is planned from memory is what would be planned from reading. A touch that changes nothing, after
        // creations, updates, replacements and deletions, plans nothing.
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run();
        await world.ProgrammedAsync();
        await world.QuietAsync();
        await world.ApplyAsync(Specs.Route("cart", "/basket", "cart"));
        await world.QuietAsync();
        await world.ApplyAsync(Specs.Backend("cart", "10.0.1.20", "10.0.1.21"));
        await world.QuietAsync();
        await world.DeleteAsync("HTTPRoute", "cart");
        await world.QuietAsync();
        await world.ApplyAsync(Labelled);
        await world.QuietAsync();
        await world.ApplyAsync(Specs.GatewayOf());
        await world.QuietAsync();
        var (cloud, steps) = (world.Aws.MutatingCalls, world.Steps.Writes.Count);
        await world.ApplyAsync(Specs.GatewayOf(more: ", labels: {touched: once}"));
        await world.QuietAsync();
        Assert.Equal(cloud, world.Aws.MutatingCalls);
        Assert.Equal(steps, world.Steps.Writes.Count);
        Assert.Equal(1, world.Count("target-group"));
    }

    [Fact]
    public async Task Endpoints_come_and_go_in_few_calls_and_without_a_write_to_rules()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run();
        await world.ProgrammedAsync();
        await world.QuietAsync();
        var before = world.Steps.Writes.Count;
        const int Changes = 200;
        for (var change = 0; change < Changes; change++)
        {
            await world.ApplyAsync(Specs.Slice("store", $"10.0.2.{change % 50}", $"10.0.3.{change % 70}"));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await world.QuietAsync();
        var written = world.Steps.Writes.Skip(before).ToList();
        Assert.All(written, item => Assert.Equal("targets", item.Step.Address.Kind));
        Assert.All(written, item => Assert.Equal(StepAction.Update, item.Step.Action));
        Assert.InRange(written.Count, 1, Changes / 4);
        Assert.Equal(
            [$"10.0.2.{(Changes - 1) % 50}", $"10.0.3.{(Changes - 1) % 70}"], await world.TargetsOfAsync("store"));
    }
}
