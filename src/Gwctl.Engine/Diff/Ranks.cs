using Gwctl.Core;

namespace Gwctl.Engine.Diff;

/// <summary>Sparse numbering for ordered things (rule priorities): the least of them change, and gaps stay for those to
/// come.</summary>
public static class Ranks
{
    // New numberings start away from the lower end, so that insertions at the top find room, with this distance.
    private const int StrideMax = 100;
    private const int HeadRoomDivisor = 10;

    // At an open end an insertion takes at most a sixteenth of what is free there, so that a hundred more find room.
    private const int InsertionsToCome = 15;

    /// <summary>Numbers in ascending order, one for each entry.</summary>
    /// <param name="liveRanksInDesiredOrder">The number that each has now, in the order that they should have; null:
    /// none yet. Numbers out of bounds or among <paramref name="taken"/> are given up.</param>
    /// <param name="taken">Never to be used: of foreign objects, and of objects of ours that this plan deletes.</param>
    /// <param name="min">Lowest number, inclusive.</param>
    /// <param name="max">Highest number, inclusive.</param>
    /// <returns>As many numbers as entries, strictly ascending. The most that can stay do stay. O(n log n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are more entries than free numbers.</exception>
    public static int[] Assign(
        IReadOnlyList<int?> liveRanksInDesiredOrder, IReadOnlyCollection<int> taken, int min, int max)
    {
        var free = new FreeNumbers(taken, min, max);
        var count = liveRanksInDesiredOrder.Count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, free.Count, nameof(liveRanksInDesiredOrder));
        var places = new int[count];
        var kept = KeptIndexes(liveRanksInDesiredOrder, free);
        if (kept.Count is 0)
        {
            FillAll(places, free.Count);
        }
        else
        {
            FillBetween(places, kept, liveRanksInDesiredOrder, free);
        }

        return Array.ConvertAll(places, free.NumberAt);
    }

    // Entries i < j can both stay if the free places between theirs hold those between them: place(j) - place(i) >= j -
    // i. So the entries that stay are a longest sequence in which place(i) - i never falls.
    private static List<int> KeptIndexes(IReadOnlyList<int?> ranks, FreeNumbers free)
    {
        var tails = new List<(int Slack, int Index)>();
        var previous = new int[ranks.Count];
        for (var index = 0; index < ranks.Count; index++)
        {
            if (ranks[index] is not { } rank || free.PlaceOf(rank) is not { } place
                || place < index || free.Count - 1 - place < ranks.Count - 1 - index)
            {
                continue;
            }

            var slack = place - index;
            var position = FirstAbove(tails, slack);
            previous[index] = position is 0 ? -1 : tails[position - 1].Index;
            if (position == tails.Count)
            {
                tails.Add((slack, index));
            }
            else
            {
                tails[position] = (slack, index);
            }
        }

        var kept = new List<int>(tails.Count);
        for (var index = tails.Count is 0 ? -1 : tails[^1].Index; index >= 0; index = previous[index])
        {
            kept.Add(index);
        }

        kept.Reverse();
        return kept;
    }

    private static int FirstAbove(List<(int Slack, int Index)> tails, int slack)
    {
        var (low, high) = (0, tails.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = tails[middle].Slack <= slack ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static void FillAll(int[] places, int freeCount)
    {
        var stride = Stride(places.Length, freeCount);
        var span = stride * Math.Max(places.Length - 1, 0);
        var start = Math.Min(Math.Max(freeCount / HeadRoomDivisor - 1, 0), freeCount - 1 - span);
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = start + (index * stride);
        }
    }

    private static void FillBetween(int[] places, List<int> kept, IReadOnlyList<int?> ranks, FreeNumbers free)
    {
        var stride = Stride(places.Length, free.Count);
        foreach (var index in kept)
        {
            places[index] = free.PlaceOf(ranks[index] ?? 0) ?? 0;
        }

        FillHead(places, kept[0], stride);
        for (var pair = 1; pair < kept.Count; pair++)
        {
            FillGap(places, kept[pair - 1], kept[pair]);
        }

        FillTail(places, kept[^1], stride, free.Count);
    }

    private static void FillGap(int[] places, int before, int after)
    {
        var (from, width, steps) = (places[before], (long)places[after] - places[before], after - before);
        for (var step = 1; step < steps; step++)
        {
            places[before + step] = from + (int)(width * step / steps);
        }
    }

    private static void FillHead(int[] places, int first, int stride)
    {
        var step = first is 0 ? 0 : Math.Min(stride, Math.Max(places[first] / (first + InsertionsToCome), 1));
        for (var index = first - 1; index >= 0; index--)
        {
            places[index] = places[index + 1] - step;
        }
    }

    private static void FillTail(int[] places, int last, int stride, int freeCount)
    {
        var count = places.Length - 1 - last;
        var step = count is 0 ? 0
            : Math.Min(stride, Math.Max((freeCount - 1 - places[last]) / (count + InsertionsToCome), 1));
        for (var index = last + 1; index < places.Length; index++)
        {
            places[index] = places[index - 1] + step;
        }
    }

    private static int Stride(int count, int freeCount) => Math.Clamp(freeCount / (2 * (count + 1)), 1, StrideMax);
}

/// <summary>The numbers of a range that are not taken, counted from 0.</summary>
internal sealed class FreeNumbers
{
    private readonly int _min;
    private readonly int _max;
    private readonly int[] _taken;

    public FreeNumbers(IReadOnlyCollection<int> taken, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(min, max);
        (_min, _max) = (min, max);
        _taken = [.. taken.Where(number => number >= min && number <= max).Distinct().Order()];
        Count = (int)Math.Min((long)max - min + 1 - _taken.Length, int.MaxValue / 4);
    }

    public int Count { get; }

    /// <summary>Null for a number that is taken or out of range.</summary>
    public int? PlaceOf(int number)
    {
        if (number < _min || number > _max)
        {
            return null;
        }

        var found = Array.BinarySearch(_taken, number);
        return found >= 0 ? null : number - _min - ~found is var place && place < Count ? place : null;
    }

    public int NumberAt(int place)
    {
        Invariant.Holds(place >= 0 && place < Count);
        var (low, high) = (0, _taken.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _taken[middle] - _min - middle <= place ? (middle + 1, high) : (low, middle);
        }

        return _min + place + low;
    }
}
