namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>Finds the name that somebody meant who wrote another.</summary>
public static class NearestName
{
    /// <summary>Longer names are not compared: the cost grows with the square.</summary>
    public const int CharactersMax = 64;

    /// <summary>The candidate that differs in case alone or by few edits; null where none is near. Of equally near ones
    /// the first in ordinal order.</summary>
    public static string? Find(string written, IEnumerable<string> candidates)
    {
        if (written.Length > CharactersMax)
        {
            return null;
        }

        string? nearest = null;
        var distanceMax = Math.Max(1, written.Length / 3);
        var best = distanceMax + 1;
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            if (string.Equals(candidate, written, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }

            var distance = candidate.Length > CharactersMax ? int.MaxValue : Distance(written, candidate);
            (nearest, best) = distance < best ? (candidate, distance) : (nearest, best);
        }

        return nearest;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that make one of the other; case costs
    /// nothing.</summary>
    private static int Distance(string left, string right)
    {
        Span<int> older = stackalloc int[right.Length + 1];
        Span<int> above = stackalloc int[right.Length + 1];
        Span<int> row = stackalloc int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            above[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = AreSame(left[line - 1], right[column - 1]);
                var cost = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (same ? 0 : 1));
                var swapped = line > 1 && column > 1
                    && AreSame(left[line - 1], right[column - 2]) && AreSame(left[line - 2], right[column - 1]);
                row[column] = swapped ? Math.Min(cost, older[column - 2] + 1) : cost;
            }

            above.CopyTo(older);
            row.CopyTo(above);
        }

        return above[right.Length];
    }

    private static bool AreSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
