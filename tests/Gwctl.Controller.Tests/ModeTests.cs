using Gwctl.Controller.Reconciliation;
using Gwctl.Engine.Resources;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests;

/// <summary>What the controller leaves to others.</summary>
public sealed class ModeTests
{
    private static string Shop => Specs.All(
        Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store"));

    [Fact]
    public async Task A_dry_run_writes_nothing_and_says_what_it_would()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var writes = world.ClusterWrites.Count;
        var replica = world.Run(change: options => options with { IsDryRun = true });
        await world.UntilAsync(
            () => Task.FromResult(replica.Log.Contains("Dry run: ", StringComparison.Ordinal)), () =>
                "It says nothing.");
        await world.QuietAsync();
        Assert.Equal(writes, world.ClusterWrites.Count);
        Assert.Equal(0, world.CloudObjects);
    }

    [Fact]
    public async Task Where_only_targets_are_managed_the_infrastructure_waits_for_others()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        ControllerOptions Targets(ControllerOptions options) => options with { Manages = [KindConcern.Targets] };
        var first = world.Run(change: Targets);
        var gateway = await world.UntilAsync("Gateway", "web", found => Conditions.Is(found, "Programmed", "False"));
        Assert.Equal("Pending", Json.Text(Conditions.Find(gateway?.Status, "Programmed"), "reason"));
        Assert.Equal(0, world.CloudObjects);
        await first.StopAsync();

        // As a pipeline would.
        var pipeline = world.Run("pipeline");
        await world.ProgrammedAsync();
        await world.QuietAsync();
        await pipeline.StopAsync();

        var before = world.Steps.Writes.Count;
        world.Run("b", Targets);
        await world.ApplyAsync(Specs.Backend("store", "10.0.1.10", "10.0.1.11"));
        await world.ApplyAsync(Specs.Route("cart", "/cart", "store"));
        await world.UntilAsync(
            () => Task.FromResult(world.Count("target") is 2), () => $"{world.Count("target")} targets");
        await world.UntilAsync("Gateway", "web", found => Conditions.Is(found, "Programmed", "False"));

        // Applying is said only while it lasts.
        await world.ApplyAsync(Specs.Backend("store", "10.0.1.10", "10.0.1.11", "10.0.1.12"));
        await world.UntilAsync(
            () => Task.FromResult(world.Count("target") is 3), () => $"{world.Count("target")} targets");
        await world.QuietAsync();
        var left = await world.FindAsync("Gateway", "web");
        Assert.True(Conditions.Is(left, "Programmed", "False"), $"{left?.Status}");
        Assert.All(world.Steps.Writes.Skip(before), item => Assert.Equal("targets", item.Step.Address.Kind));
    }

    [Fact]
    public async Task A_plan_waits_for_its_approval_and_no_other_plan_is_applied_by_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run(change: options => options with { NeedsApproval = true });
        var posted =
            await world.UntilAsync("ConfigMap", Approvals.NameOf(new("shop", "web")).Name, found => found is not null);
        var digest = Json.Text(Json.Section(posted?.Body, "data"), "digest");
        Assert.Contains("to add", Json.Text(Json.Section(posted?.Body, "data"), "summary"), StringComparison.Ordinal);
        await world.QuietAsync();
        Assert.Equal(0, world.CloudObjects);

        await world.ApplyAsync(
            Specs.GatewayOf(more: $", annotations: {{gwctl.dev/approve: \"{new string('0', digest.Length)}\"}}"));
        await world.QuietAsync();
        Assert.Equal(0, world.CloudObjects);

        await world.ApplyAsync(Specs.GatewayOf(more: $", annotations: {{gwctl.dev/approve: \"{digest}\"}}"));
        await world.ProgrammedAsync();
        await world.QuietAsync();
        var rules = world.Count("rule");

        // The next change needs the next approval; pods do not.
        await world.ApplyAsync(Specs.Route("cart", "/cart", "store"));
        await world.ApplyAsync(Specs.Backend("store", "10.0.1.10", "10.0.1.11"));
        await world.UntilAsync(
            () => Task.FromResult(world.Count("target") is 2), () => $"{world.Count("target")} targets");
        await world.QuietAsync();
        Assert.Equal(rules, world.Count("rule"));
    }
}
