using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Dns;

/// <summary>Which of a name's weighted records answers, by Route 53's rules: a weight of 0 is never returned while
/// another is healthy; where all weights are 0 all are equal; where nothing is healthy everything counts as
/// healthy.</summary>
internal static class WeightedChoice
{
    public static Struct? Choose(IReadOnlyList<Struct> records, Func<Struct, bool> isHealthy, Random random)
    {
        var healthy = records.Where(isHealthy).ToList();
        var candidates = healthy.Count > 0 ? healthy : records;
        var total = candidates.Sum(Weight);
        if (total is 0)
        {
            return candidates.Count is 0 ? null : candidates[random.Next(candidates.Count)];
        }

        var drawn = random.NextInt64(total);
        foreach (var record in candidates)
        {
            drawn -= Weight(record);
            if (drawn < 0)
            {
                return record;
            }
        }

        return null;
    }

    private static long Weight(Struct record) => record.Number("Weight") ?? 0;
}
