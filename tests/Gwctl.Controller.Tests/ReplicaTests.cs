using Gwctl.Sandbox.Calls;

namespace Gwctl.Controller.Tests;

/// <summary>Several replicas, and what happens when one of them dies.</summary>
public sealed class ReplicaTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    public async Task When_the_leader_is_killed_in_the_middle_the_other_one_finishes(int atCall)
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(),
            Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store"),
            Specs.Backend("cart", "10.0.1.20"), Specs.Route("cart", "/cart", "cart")));
        Replica? leader = null;
        world.Aws.Faults.Plan = call =>
        {
            if (call.MutatingNumber == atCall)
            {
                // The call may have its effect; nobody hears of it.
                leader?.Kill();
                return new Fault.LoseResponse();
            }

            return null;
        };
        leader = world.Run("leader");
        await world.UntilAsync(() => Task.FromResult(leader.Host.Shards.Count is 1), () => "Nobody leads.");
        var other = world.Run("other");

        await world.ProgrammedAsync();
        await world.QuietAsync();
        Assert.Equal([0], other.Host.Shards);
        Assert.Equal(1, world.Count("load-balancer"));
        Assert.Equal(1, world.Count("listener"));
        Assert.Equal(2, world.Count("target-group"));
        Assert.Empty(world.Steps.Quarrels());
    }

    [Fact]
    public async Task A_leader_that_stops_hands_over_at_once()
    {
        await using var world = await ClusterWorld.StartAsync();
        var leader = world.Run("leader", options => LongLeases(options));
        await world.UntilAsync(() => Task.FromResult(leader.Host.Shards.Count is 1), () => "Nobody leads.");
        var other = world.Run("other", options => LongLeases(options));
        await world.UntilAsync(() => Task.FromResult(other.Host.IsReady), () => "The other one does not start.");
        await leader.StopAsync();
        // Well before the lease could run out.
        await world.UntilAsync(
            () => Task.FromResult(other.Host.Shards.Count is 1), () => "Nobody took over.", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Shards_are_shared_move_and_survive_a_death_without_two_writers_for_one_Gateway()
    {
        const int Gateways = 12;
        await using var world = await ClusterWorld.StartAsync();
        ControllerOptions Sharded(ControllerOptions options) =>
            options with { Shards = options.Shards with { Shards = 6 } };
        await world.ApplyAsync(Specs.All(
            [Specs.Backend("store", "10.0.1.10"), .. Enumerable.Range(0, Gateways).Select(Shop)]));
        var replicas = new List<Replica> { world.Run("a", Sharded), world.Run("b", Sharded) };
        await AllProgrammedAsync(world, Gateways);

        replicas.Add(world.Run("c", Sharded));
        var churn = ChurnAsync(world, Gateways, TimeSpan.FromSeconds(8));
        await world.UntilAsync(
            () => Task.FromResult(replicas.TrueForAll(replica => replica.Host.Shards.Count is 2)),
            () => string.Join(' ', replicas.Select(replica => replica.Host.Shards.Count)));
        replicas[0].Kill();
        await world.UntilAsync(
            () => Task.FromResult(replicas.Skip(1).Sum(replica => replica.Host.Shards.Count) is 6),
            () => string.Join(' ', replicas.Select(replica => replica.Host.Shards.Count)));
        await churn;
        await world.QuietAsync();

        Assert.Empty(world.Steps.Quarrels());
        Assert.Equal(3, world.Steps.Writes.Select(item => item.Replica).Distinct().Count());
        Assert.Equal(Gateways, world.Count("load-balancer"));
        await AllProgrammedAsync(world, Gateways);

        static string Shop(int number) => Specs.All(
            Specs.GatewayOf($"web-{number}"), Specs.Route($"store-{number}", "/", "store", gateway: $"web-{number}"));
    }

    private static ControllerOptions LongLeases(ControllerOptions options) => options with
    {
        Shards = options.Shards with
        {
            Times = options.Shards.Times with
            {
                Duration = TimeSpan.FromMinutes(5),
                StopAfter = TimeSpan.FromMinutes(4),
                GiveUpAfter = TimeSpan.FromMinutes(4.5),
            },
        },
    };

    private static async Task AllProgrammedAsync(ClusterWorld world, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await world.ProgrammedAsync($"web-{number}");
        }
    }

    private static async Task ChurnAsync(ClusterWorld world, int gateways, TimeSpan lasts)
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        for (var turn = 0; clock.GetElapsedTime(since) < lasts; turn++)
        {
            var number = turn % gateways;
            await world.ApplyAsync(
                Specs.Route($"store-{number}", $"/turn-{turn}", "store", gateway: $"web-{number}"));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
