namespace Gwctl.Compiler.Topology;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    private const int CandidatesMax = 1_000;

    /// <summary>The candidate within a third of the name's length in edits, of equals the first by text; null where none is.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        var best = (Distance: Math.Max(1, name.Length / 3) + 1, Name: (string?)null);
        foreach (var candidate in candidates.Take(CandidatesMax))
        {
            if (Math.Abs(candidate.Length - name.Length) > best.Distance)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            var isBetter = distance < best.Distance
                || (distance == best.Distance && best.Name is not null && string.CompareOrdinal(candidate, best.Name) < 0);
            best = isBetter ? (distance, candidate) : best;
        }

        return best.Name;
    }

    /// <summary>A sentence for a diagnostic's help, with a leading blank; empty where nothing is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Of(name, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column - 1], diagonal) + 1);
            }
        }

        return row[right.Length];
    }
}
