using System.Text;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Brings matches to the form in which equal ones look equal.</summary>
internal static class MatchNormalizer
{
    /// <summary>Drops a prefix's last slash, which the specification ignores, and repeated header and parameter names,
    /// of which the first counts.</summary>
    public static HttpMatchSpec Normalize(HttpMatchSpec match)
    {
        var path = match.Path;
        if (path is { Type: PathMatchType.PathPrefix, Value.Length: > 1 } && path.Value.EndsWith('/'))
        {
            var trimmed = path.Value.TrimEnd('/');
            path = path with { Value = trimmed is "" ? "/" : trimmed };
        }

        var headers = FirstOfEach(match.Headers, StringComparer.OrdinalIgnoreCase);
        var queryParams = FirstOfEach(match.QueryParams, StringComparer.Ordinal);
        var isUnchanged = ReferenceEquals(path, match.Path)
            && ReferenceEquals(headers, match.Headers)
            && ReferenceEquals(queryParams, match.QueryParams);
        return isUnchanged ? match : match with { Path = path, Headers = headers, QueryParams = queryParams };
    }

    /// <summary>A text that is equal for matches in normal form that differ at most in the order of their
    /// terms.</summary>
    public static string PredicateOf(HttpMatchSpec match)
    {
        var text = new StringBuilder();
        text.Append((int)match.Path.Type).Append('/');
        Append(text, match.Path.Value);
        Append(text, match.Method?.Value ?? "");
        AppendTerms(text, match.Headers, ignoreCase: true);
        AppendTerms(text, match.QueryParams, ignoreCase: false);
        return text.ToString();
    }

    private static EquatableList<NamedMatchSpec> FirstOfEach(
        EquatableList<NamedMatchSpec> terms, IEqualityComparer<string> comparer)
    {
        if (terms.Count < 2)
        {
            return terms;
        }

        var first = terms.DistinctBy(term => term.Name, comparer).ToList();
        return first.Count == terms.Count ? terms : [.. first];
    }

    private static void AppendTerms(StringBuilder text, EquatableList<NamedMatchSpec> terms, bool ignoreCase)
    {
        if (terms.Count is 1)
        {
            Append(text, terms[0], ignoreCase);
        }
        else if (terms.Count > 1)
        {
            var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
            foreach (var term in terms.OrderBy(term => term.Name, comparer))
            {
                Append(text, term, ignoreCase);
            }
        }

        text.Append('|');
    }

    private static void Append(StringBuilder text, NamedMatchSpec term, bool ignoreCase)
    {
        Append(text, ignoreCase ? term.Name.ToLowerInvariant() : term.Name);
        text.Append(term.IsRegex ? '~' : '=');
        Append(text, term.Value);
    }

    /// <summary>With its length in front, so that no value can be mistaken for two.</summary>
    private static void Append(StringBuilder text, string part) => text.Append(part.Length).Append(':').Append(part);
}
