using Gwctl.Engine.Diff;

namespace Gwctl.Engine.Tests;

public sealed class RanksTests
{
    [Fact]
    public void A_first_numbering_leaves_room_above_between_and_below()
    {
        var ranks = Ranks.Assign([null, null, null], [], 1, 50_000);
        Assert.Equal([5_000, 5_100, 5_200], ranks);
    }

    [Fact]
    public void Nothing_changes_where_the_order_holds() =>
        Assert.Equal([3, 17, 18, 900], Ranks.Assign([3, 17, 18, 900], [4], 1, 50_000));

    [Fact]
    public void An_insertion_changes_no_other_number()
    {
        var live = Ranks.Assign(new int?[100], [], 1, 50_000);
        for (var place = 0; place <= 100; place++)
        {
            var wanted = live.Select(rank => (int?)rank).ToList();
            wanted.Insert(place, null);
            var assigned = Ranks.Assign(wanted, [], 1, 50_000);
            Assert.Equal(live, assigned.Where((_, index) => index != place));
        }
    }

    [Fact]
    public void Only_one_of_two_neighbours_moves_when_there_is_no_gap() =>
        Assert.Equal(2, Changed([10, null, 11, 12], Ranks.Assign([10, null, 11, 12], [13], 1, 50)));

    [Fact]
    public void A_full_range_is_filled_exactly() =>
        Assert.Equal([1, 2, 4, 5], Ranks.Assign([5, 2, 4, null], [3], 1, 5));

    [Fact]
    public void More_entries_than_numbers_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ranks.Assign(new int?[5], [3], 1, 5));

    // Goal: against every small case, ascending, free, in range, and no numbering changes fewer.
    [Fact]
    public void No_numbering_changes_fewer()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var max = random.Next(4, 9);
            var taken = Enumerable.Range(1, max).Where(_ => random.Next(5) is 0).ToHashSet();
            var count = random.Next(0, Math.Min(5, max - taken.Count) + 1);
            var live = Enumerable.Range(0, count).Select(
                _ => random.Next(3) is 0 ? (int?)null : random.Next(0, max + 2)).ToList();
            var assigned = Ranks.Assign(live, taken, 1, max);
            Assert.True(assigned.Zip(assigned.Skip(1)).All(pair => pair.First < pair.Second), $"seed {seed}");
            Assert.DoesNotContain(assigned, rank => rank < 1 || rank > max || taken.Contains(rank));
            Assert.True(Changed(live, assigned) == Fewest(live, taken, max),
                $"seed {seed}: {string.Join(' ', assigned)}");
        }
    }

    [Fact]
    public void A_hundred_insertions_at_the_top_change_little()
    {
        var live = Ranks.Assign(new int?[100], [], 1, 50_000).ToList();
        var moved = 0;
        for (var round = 0; round < 100; round++)
        {
            var wanted = live.Select(rank => (int?)rank).Prepend(null).ToList();
            var assigned = Ranks.Assign(wanted, [], 1, 50_000);
            moved += Changed(wanted, assigned) - 1;
            live = [.. assigned];
        }

        Assert.Equal(0, moved);
    }

    private static int Changed(IReadOnlyList<int?> live, int[] assigned) =>
        live.Zip(assigned).Count(pair => pair.First != pair.Second);

    private static int Fewest(List<int?> live, HashSet<int> taken, int max)
    {
        var free = Enumerable.Range(1, max).Where(rank => !taken.Contains(rank)).ToArray();
        var fewest = live.Count;
        for (var mask = 0; mask < 1 << free.Length; mask++)
        {
            if (int.PopCount(mask) == live.Count)
            {
                var chosen = free.Where((_, index) => (mask >> index & 1) is 1).ToArray();
                fewest = Math.Min(fewest, Changed(live, chosen));
            }
        }

        return fewest;
    }
}
