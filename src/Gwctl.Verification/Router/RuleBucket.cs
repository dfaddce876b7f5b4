namespace Gwctl.Verification.Router;

/// <summary>Rules that a path has in common, in precedence order. Where they are many and most ask for another value of
/// the same header or parameter, the value is looked up instead of tried.</summary>
internal sealed class RuleBucket
{
    /// <summary>Fewer rules than this are tried in turn.</summary>
    private const int LookupMin = 8;

    private readonly CompiledRule[] _tried;
    private readonly string? _header;
    private readonly string? _queryParam;
    private readonly Dictionary<string, CompiledRule[]>.AlternateLookup<ReadOnlySpan<char>> _byValue;

    /// <param name="rules">At least one, by position.</param>
    public RuleBucket(IReadOnlyList<CompiledRule> rules)
    {
        First = rules[0].Position;
        _header = rules.Count < LookupMin ? null : CommonName(rules, isHeader: true);
        _queryParam = rules.Count < LookupMin || _header is not null ? null : CommonName(rules, isHeader: false);
        _tried = [.. rules.Where(rule => WantedValue(rule) is null)];
        _byValue = rules.Where(rule => WantedValue(rule) is not null)
            .GroupBy(rule => WantedValue(rule) ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The position of the first rule.</summary>
    public int First { get; }

    /// <summary>The position of the first rule that fits, or <paramref name="best"/> where none before it
    /// does.</summary>
    public int Find(Request request, int best)
    {
        if (First >= best)
        {
            return best;
        }

        if (_header is not null && request.HeaderValue(_header) is { } sent)
        {
            best = FindByValue(sent, request, best);
        }
        else if (_queryParam is not null && QueryText.TryFindFirst(request.Query, _queryParam, out var value))
        {
            best = FindByValue(value, request, best);
        }

        return FirstFit(_tried, request, best);
    }

    private int FindByValue(ReadOnlySpan<char> value, Request request, int best) =>
        _byValue.TryGetValue(value, out var rules) ? FirstFit(rules, request, best) : best;

    private static int FirstFit(CompiledRule[] rules, Request request, int best)
    {
        foreach (var rule in rules)
        {
            if (rule.Position >= best)
            {
                break;
            }

            if (rule.FitsBeyondPath(request))
            {
                return rule.Position;
            }
        }

        return best;
    }

    /// <summary>The value by which the rule is looked up; null where it is tried.</summary>
    private string? WantedValue(CompiledRule rule)
    {
        if (_header is not null)
        {
            return ExactValue(rule.Headers, _header, StringComparison.OrdinalIgnoreCase);
        }

        return _queryParam is null ? null : ExactValue(rule.QueryParams, _queryParam, StringComparison.Ordinal);
    }

    private static string? ExactValue(ReadOnlySpan<CompiledTerm> terms, string name, StringComparison comparison)
    {
        foreach (var term in terms)
        {
            if (!term.IsRegex && term.Name.Equals(name, comparison))
            {
                return term.Value;
            }
        }

        return null;
    }

    /// <summary>The name of which at least half of the rules want an exact value.</summary>
    private static string? CommonName(IReadOnlyList<CompiledRule> rules, bool isHeader)
    {
        var counts = new Dictionary<string, int>(
            isHeader ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            foreach (var term in isHeader ? rule.Headers : rule.QueryParams)
            {
                if (!term.IsRegex)
                {
                    counts[term.Name] = counts.GetValueOrDefault(term.Name) + 1;
                }
            }
        }

        var common = counts.OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return common.Value * 2 >= rules.Count ? common.Key : null;
    }
}
