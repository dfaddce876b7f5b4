using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>A path condition that holds: what rewrites need to know of it.</summary>
/// <param name="Matched">The portion of the path that a prefix rewrite replaces, in characters from its start.</param>
/// <param name="Captured">A template's variables.</param>
internal sealed record PathMatch(int Matched, IReadOnlyDictionary<string, string> Captured)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>What a default action has: every path begins with the slash.</summary>
    public static readonly PathMatch Root = new(1, Nothing);

    /// <summary>Reads a match rule's path condition; null from the result means that the path does not fit.</summary>
    public static Func<string, PathMatch?> Compile(Struct rule)
    {
        var comparison = rule.Flag("ignoreCase") is true
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        if (rule.Text("prefixMatch") is { } prefix)
        {
            return path => path.StartsWith(prefix, comparison) ? new PathMatch(prefix.Length, Nothing) : null;
        }

        if (rule.Text("fullPathMatch") is { } full)
        {
            return path => path.Equals(full, comparison) ? new PathMatch(path.Length, Nothing) : null;
        }

        if (rule.Text("regexMatch") is { } pattern)
        {
            var regex = new Re2(pattern);
            return path => regex.Matches(path) ? new PathMatch(path.Length, Nothing) : null;
        }

        if (rule.Text("pathTemplateMatch") is { } text)
        {
            var template = PathTemplate.Parse(text);
            return path => template.Match(path) is { } captured ? new PathMatch(path.Length, captured) : null;
        }

        return _ => Root;
    }

    /// <summary>A path rule's path: whole, or with a star at its end.</summary>
    public static PathMatch? OfPathRule(string pattern, string path)
    {
        if (!pattern.EndsWith('*'))
        {
            return path == pattern ? new PathMatch(path.Length, Nothing) : null;
        }

        var prefix = pattern[..^1];
        return path.StartsWith(prefix, StringComparison.Ordinal) ? new PathMatch(prefix.Length, Nothing) : null;
    }
}
