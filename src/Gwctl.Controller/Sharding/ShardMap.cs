using System.Security.Cryptography;
using System.Text;
using Gwctl.Core;

namespace Gwctl.Controller.Sharding;

/// <summary>Which shard a Gateway belongs to, the same in every replica and version.</summary>
public static class ShardMap
{
    /// <summary>0 up to, not including, the number of shards.</summary>
    public static int ShardOf(ObjectName gateway, int shards)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(gateway.ToString()));
        return (int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash) % (uint)shards);
    }
}

/// <summary>What a replica should do about its shards now.</summary>
/// <param name="Take">Free ones to try for, in this order.</param>
/// <param name="Release">Ours beyond a fair share.</param>
public sealed record ShardMoves(EquatableList<int> Take, EquatableList<int> Release)
{
    /// <summary>A fair share is as many as everybody would have, rounded up. So shards move only when a replica comes
    /// or goes.</summary>
    /// <param name="held">By this replica.</param>
    /// <param name="free">Held by nobody.</param>
    /// <param name="replicas">Alive, this one included; 1 or more.</param>
    /// <param name="offset">Where to begin among the free ones: replicas that begin apart seldom want the same.</param>
    public static ShardMoves Of(
        int shards, IReadOnlyCollection<int> held, IReadOnlyCollection<int> free, int replicas, int offset)
    {
        var share = (shards + replicas - 1) / replicas;
        if (held.Count > share)
        {
            return new ShardMoves([], [.. held.OrderDescending().Take(held.Count - share)]);
        }

        var inOrder = free.Order().Select(shard => (Shard: shard, Place: (shard - offset + shards) % shards));
        return new ShardMoves(
            [.. inOrder.OrderBy(item => item.Place).Take(share - held.Count).Select(item => item.Shard)], []);
    }
}
