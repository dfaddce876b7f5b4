namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>Host rules: a whole name wins over a pattern, a longer pattern over a shorter one.</summary>
internal sealed class HostTable
{
    private readonly Dictionary<string, string> _whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Suffix, string Matcher)> _patterns = [];

    /// <param name="rules">Host patterns with the names of their path matchers.</param>
    public HostTable(IEnumerable<(string Host, string Matcher)> rules)
    {
        foreach (var (host, matcher) in rules)
        {
            if (host.StartsWith('*'))
            {
                _patterns.Add((host[1..], matcher));
            }
            else
            {
                _whole.TryAdd(host, matcher);
            }
        }

        _patterns.Sort((left, right) => right.Suffix.Length.CompareTo(left.Suffix.Length));
    }

    /// <summary>The path matcher's name; null where no rule fits.</summary>
    /// <param name="authority">With a port or without: rules without a port hold for every port.</param>
    public string? Find(string authority)
    {
        var host = WithoutPort(authority);
        if (_whole.TryGetValue(authority, out var found) || _whole.TryGetValue(host, out found))
        {
            return found;
        }

        foreach (var (suffix, matcher) in _patterns)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                || (suffix.Contains(':') && authority.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
            {
                return matcher;
            }
        }

        return null;
    }

    public static string WithoutPort(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
    }
}
