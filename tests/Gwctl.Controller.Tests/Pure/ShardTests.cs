using Gwctl.Controller.Sharding;
using Gwctl.Core;

namespace Gwctl.Controller.Tests.Pure;

public sealed class ShardTests
{
    [Fact]
    public void A_Gateways_shard_never_changes()
    {
        // Every replica of every version must agree: these numbers are part of the protocol.
        Assert.Equal(
            [2, 1, 0, 1],
            new[] { "web", "api", "shop", "admin" }.Select(name => ShardMap.ShardOf(new ObjectName("shop", name), 4)));
    }

    [Fact]
    public void Gateways_spread_evenly()
    {
        var counts = Enumerable.Range(0, 8_000)
            .GroupBy(number => ShardMap.ShardOf(new ObjectName("shop", $"web-{number}"), 8))
            .Select(group => group.Count());
        Assert.All(counts, count => Assert.InRange(count, 900, 1_100));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(16, 3)]
    [InlineData(16, 5)]
    [InlineData(2, 7)]
    public void Replicas_come_to_hold_all_shards_in_fair_shares(int shards, int replicas)
    {
        var holders = new int?[shards];
        for (var turn = 0; turn < shards * 2; turn++)
        {
            for (var replica = 0; replica < replicas; replica++)
            {
                Turn(holders, replica, replicas);
            }
        }

        var share = (shards + replicas - 1) / replicas;
        Assert.DoesNotContain(null, holders);
        Assert.All(holders.GroupBy(holder => holder), group => Assert.InRange(group.Count(), 1, share));
        Assert.All(
            Enumerable.Range(0, replicas),
            replica => Assert.Equal(new ShardMoves([], []), Moves(holders, replica, replicas)));
    }

    private static void Turn(int?[] holders, int replica, int replicas)
    {
        var moves = Moves(holders, replica, replicas);
        foreach (var shard in moves.Release)
        {
            holders[shard] = null;
        }

        foreach (var shard in moves.Take)
        {
            holders[shard] = replica;
        }
    }

    private static ShardMoves Moves(int?[] holders, int replica, int replicas)
    {
        var all = Enumerable.Range(0, holders.Length);
        return ShardMoves.Of(
            holders.Length,
            [.. all.Where(shard => holders[shard] == replica)],
            [.. all.Where(shard => holders[shard] is null)],
            replicas,
            replica);
    }
}
