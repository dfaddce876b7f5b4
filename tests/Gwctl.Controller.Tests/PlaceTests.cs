using Gwctl.Compiler.Specs;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests;

/// <summary>Where cloud objects are, and what becomes of those that nobody looks after any more.</summary>
public sealed class PlaceTests
{
    private const string West =
        """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: west}
        spec:
          provider: aws
          owner: test
          dns: {zones: [{name: example.com}]}
          aws: {region: us-west-2}
        """;

    private const string MoveWest =
        "\n  infrastructure: {parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: west}}";

    private static string Shop => Specs.All(
        Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"),
        Specs.Route("store", "/", "store", more: "hostnames: [shop.example.com]"));

    private static string Other => Specs.All(
        Specs.GatewayOf("other"), Specs.Route("other", "/", "store", gateway: "other"));

    [Fact]
    public async Task A_Gateway_that_moves_is_served_at_the_new_place_before_the_old_one_goes()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(Shop, West));
        world.Run(change: options => options with { LeaveAfter = TimeSpan.FromSeconds(2) });
        var before = await world.ProgrammedAsync();
        await world.QuietAsync();
        var (objects, records) = (world.CloudObjects, world.Count("record"));
        Assert.Contains("us-east-1", before?.Annotation(ControllerAnnotations.CloudObjects) ?? await NoteAsync(world));

        await world.ApplyAsync(Specs.GatewayOf() + MoveWest);
        await world.UntilAsync(() => Task.FromResult(world.Count("load-balancer") is 2), () => "It did not move.");
        await world.UntilAsync("Gateway", "web", found => Address(found).Contains("us-west-2"));
        Assert.Equal(2, world.Count("load-balancer"));
        await world.UntilAsync(
            () => Task.FromResult(world.Count("load-balancer") is 1), () => "It did not leave.");
        await world.QuietAsync();
        Assert.Equal(objects, world.CloudObjects);
        Assert.Equal(records, world.Count("record"));
        Assert.DoesNotContain("us-east-1", await NoteAsync(world));

        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null);
        Assert.Equal(0, world.CloudObjects);
    }

    [Fact]
    public async Task A_Gateway_that_is_deleted_while_it_moves_leaves_nothing_at_either_place()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(Shop, West));
        var first = world.Run();
        await world.ProgrammedAsync();
        await world.ApplyAsync(Specs.GatewayOf() + MoveWest);
        await world.UntilAsync(() => Task.FromResult(world.Count("load-balancer") is 2), () => "It did not move.");
        await first.StopAsync();

        // Another process: it knows only what the Gateway says.
        world.Run("b");
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null);
        Assert.Equal(0, world.CloudObjects);
    }

    [Fact]
    public async Task A_place_that_nothing_leads_to_any_more_is_told_and_keeps_a_deletion_from_losing_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(Shop, West));
        var replica = world.Run(change: options => options with { LeaveAfter = TimeSpan.Zero });
        await world.ProgrammedAsync();
        await world.QuietAsync();
        // The same configuration, but another region: who could tell where the old objects were?
        await world.ApplyAsync(
            West.Replace("name: west", "name: cloud").Replace("us-west-2", "eu-west-1"));
        await world.UntilAsync(
            () => Task.FromResult(replica.Log.Contains("GW8525", StringComparison.Ordinal)), () => "It says nothing.");
        Assert.Equal(2, world.Count("load-balancer"));
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync(
            () => Task.FromResult(world.Count("load-balancer") is 1), () => "The new place is not cleared.");
        await world.QuietAsync();
        Assert.NotNull(await world.FindAsync("Gateway", "web"));
        await world.ApplyAsync(West.Replace("name: west", "name: cloud").Replace("us-west-2", "us-east-1"));
        await world.UntilAsync("Gateway", "web", found => found is null);
        Assert.Equal(0, world.CloudObjects);
    }

    [Fact]
    public async Task What_nobody_looks_after_is_told_and_removed_only_on_demand()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(Shop, Other));
        var first = world.Run();
        await world.ProgrammedAsync();
        await world.ProgrammedAsync("other");
        await world.QuietAsync();
        await first.StopAsync();
        await ForceAwayAsync(world, "other");

        ControllerOptions Often(ControllerOptions options) =>
            options with { ResyncEvery = TimeSpan.FromMilliseconds(300) };
        var second = world.Run("b", Often);
        await world.UntilAsync(
            () => Task.FromResult(Times(second.Log, "GW8518") > 2), () => "It says nothing.");
        Assert.Contains("--include Gateway/shop/other", second.Log, StringComparison.Ordinal);
        Assert.Equal(2, world.Count("load-balancer"));
        await second.StopAsync();

        var third = world.Run("c", options => Often(options) with { Prunes = true });
        await world.UntilAsync(() => Task.FromResult(world.Count("load-balancer") is 1), () => "It stays.");
        await world.QuietAsync();
        Assert.DoesNotContain("GW8523", third.Log, StringComparison.Ordinal);
        await third.StopAsync();

        // A cluster that lost everything is not taken for one that wants nothing.
        await ForceAwayAsync(world, "web");
        var fourth = world.Run("d", options => Often(options) with { Prunes = true });
        await world.UntilAsync(
            () => Task.FromResult(Times(fourth.Log, "GW8518") > 4), () => "It says nothing.");
        Assert.Equal(1, world.Count("load-balancer"));
    }

    [Fact]
    public async Task What_was_retained_on_purpose_is_neither_told_nor_pruned()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Shop, Other, Specs.GatewayOf("kept", more: ", annotations: {gwctl.dev/deletion-policy: retain}")));
        var replica = world.Run(change: options => options with
        {
            Prunes = true,
            ResyncEvery = TimeSpan.FromMilliseconds(300),
        });
        foreach (var name in (string[])["web", "other", "kept"])
        {
            await world.ProgrammedAsync(name);
        }

        await world.DeleteAsync("Gateway", "kept");
        await world.UntilAsync("Gateway", "kept", found => found is null);
        await ForceAwayAsync(world, "other");
        await world.UntilAsync(() => Task.FromResult(world.Count("load-balancer") is 2), () => "It was not pruned.");
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.Equal(2, world.Count("load-balancer"));
        Assert.DoesNotContain("objects of shop/kept", replica.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_stays_while_a_Gateway_uses_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run();
        await world.ProgrammedAsync();
        await world.UntilAsync("GatewayClass", "cloud", Holds);
        await world.DeleteAsync("GatewayClass", "cloud");
        await world.QuietAsync();
        Assert.True(Holds(await world.FindAsync("GatewayClass", "cloud")));
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null);
        Assert.Equal(0, world.CloudObjects);
        await world.UntilAsync("GatewayClass", "cloud", found => found is null);

        static bool Holds(KubeObject? found) =>
            found?.Finalizers.Contains("gateway-exists-finalizer.gateway.networking.k8s.io") is true;
    }

    private static async Task ForceAwayAsync(ClusterWorld world, string gateway)
    {
        await world.Client.MergeAsync(
            Specs.ResourceOf("Gateway"), Specs.NameOf("Gateway", gateway),
            new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["finalizers"] = null } }, "",
            TestContext.Current.CancellationToken);
        await world.DeleteAsync("Gateway", gateway);
        await world.UntilAsync("Gateway", gateway, found => found is null);
    }

    private static async Task<string> NoteAsync(ClusterWorld world) =>
        (await world.FindAsync("Gateway", "web"))?.Annotation(ControllerAnnotations.CloudObjects) ?? "";

    private static string Address(KubeObject? gateway) =>
        Json.Text(gateway?.Status?["addresses"]?[0], "value");

    private static int Times(string text, string word) => text.Split(word).Length - 1;
}
