using Gwctl.Compiler.Specs;

namespace Gwctl.Verification.Router;

/// <summary>The rules of one hostname of a listener, by path.</summary>
internal sealed class HostRules
{
    private readonly Dictionary<string, RuleBucket> _exact;
    private readonly CompiledRule[] _patterns;
    private readonly PrefixTrie _prefixes;

    /// <param name="rules">At least one, by position.</param>
    public HostRules(IReadOnlyList<CompiledRule> rules)
    {
        First = rules[0].Position;
        _exact = OfType(rules, PathMatchType.Exact)
            .GroupBy(rule => rule.PathText, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new RuleBucket([.. group]), StringComparer.Ordinal);
        _patterns = [.. OfType(rules, PathMatchType.RegularExpression)];
        _prefixes = new PrefixTrie(OfType(rules, PathMatchType.PathPrefix));
    }

    /// <summary>The position of the first rule.</summary>
    public int First { get; }

    /// <inheritdoc cref="RuleBucket.Find"/>
    public int Find(Request request, int best)
    {
        if (_exact.TryGetValue(request.Path, out var exact))
        {
            best = exact.Find(request, best);
        }

        foreach (var rule in _patterns)
        {
            if (rule.Position >= best)
            {
                break;
            }

            // What costs least is asked first.
            if (rule.FitsBeyondPath(request) && rule.FitsPattern(request.Path))
            {
                best = rule.Position;
            }
        }

        return _prefixes.Find(request, best);
    }

    private static IEnumerable<CompiledRule> OfType(IEnumerable<CompiledRule> rules, PathMatchType type) =>
        rules.Where(rule => rule.Rule.Match.Path.Type == type);
}
