namespace Gwctl.Providers.Aws.Settling;

/// <summary>Stands in for the engine's until that is merged.</summary>
internal static class Ranks
{
    public static int[] Assign(IReadOnlyList<int?> live, IReadOnlyCollection<int> taken, int min, int max)
    {
        var result = new int[live.Count];
        var next = min;
        for (var index = 0; index < live.Count; index++)
        {
            var candidate = live[index] is { } number && number >= next && !taken.Contains(number) ? number : next;
            while (taken.Contains(candidate) && candidate < max)
            {
                candidate++;
            }

            result[index] = candidate;
            next = candidate + 1;
        }

        return result;
    }
}
