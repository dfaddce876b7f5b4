using System.Buffers;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Turns a match of the Gateway API into terms that rule conditions can say.</summary>
internal static class MatchTranslation
{
    private const string PathLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.$/~\"'@:+&";

    /// <summary>Characters that a query carries as they are.</summary>
    private const string Unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> PathAlphabet = SearchValues.Create(PathLetters);
    private static readonly SearchValues<char> QueryAlphabet = SearchValues.Create(Unreserved);

    /// <summary>Null where no condition can say it; why has been reported then, at the very term.</summary>
    public static MatchTerms? Translate(HttpMatchSpec match, RuleOrigin origin, Action<Diagnostic> report)
    {
        var isComplete = true;
        PathTerm? path = null;
        if (!IsAnyPath(match.Path))
        {
            path = PathOf(match.Path, origin, report);
            isComplete &= path is not null;
        }

        if (match is { Method: null, Headers.Count: 0, QueryParams.Count: 0 })
        {
            return isComplete ? path is null ? MatchTerms.Everything : new MatchTerms { Path = path } : null;
        }

        var headers = match.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .Select(header => HeaderOf(header, origin, report)).ToList();
        var queries = match.QueryParams.DistinctBy(query => query.Name, StringComparer.Ordinal)
            .Select(query => QueryOf(query, origin, report)).ToList();
        isComplete &= headers.All(header => header is not null) && queries.All(query => query is not null);
        return !isComplete ? null : new MatchTerms
        {
            Path = path,
            Method = match.Method?.Value,
            Headers = [.. headers.OfType<HeaderTerm>().OrderBy(term => term.Name, StringComparer.OrdinalIgnoreCase)],
            Queries = [.. queries.OfType<QueryTerm>().OrderBy(term => term.Name, StringComparer.Ordinal)],
        };
    }

    private static bool IsAnyPath(PathMatchSpec path) => path is { Type: PathMatchType.PathPrefix, Value: "/" or "" };

    private static PathTerm? PathOf(PathMatchSpec path, RuleOrigin origin, Action<Diagnostic> report)
    {
        var term = path.Type switch
        {
            PathMatchType.Exact => ExactPath(path.Value),
            PathMatchType.PathPrefix => PrefixPath(path.Value.TrimEnd('/')),
            _ => RegexPath(path, origin, report),
        };
        if (term is { Values: null, Regex: null })
        {
            report(RuleDiagnostics.Common.Match(
                origin, path.Span, $"matches the path {path.Value}, which takes more than "
                    + $"{AlbLimits.ValueCharactersMax} characters in a condition", "Match a shorter path."));
            return null;
        }

        return term;
    }

    private static PathTerm ExactPath(string path)
    {
        var regex = $"^{AlbRegex.Escape(path)}$";
        return new PathTerm
        {
            Kind = PathKind.Exact,
            Value = path,
            Values = IsPlainPath(path) ? [path] : null,
            Regex = regex.Length <= AlbLimits.ValueCharactersMax ? regex : null,
        };
    }

    private static PathTerm PrefixPath(string prefix)
    {
        var regex = $"^{AlbRegex.Escape(prefix)}(/.*)?$";
        return new PathTerm
        {
            Kind = PathKind.Prefix,
            Value = prefix,

            // Not one value with a wildcard behind the prefix: /foo* would match /foobar.
            Values = IsPlainPath($"{prefix}/x") ? [prefix, $"{prefix}/*"] : null,
            Regex = regex.Length <= AlbLimits.ValueCharactersMax ? regex : null,
        };
    }

    private static PathTerm? RegexPath(PathMatchSpec path, RuleOrigin origin, Action<Diagnostic> report)
    {
        if (AlbRegex.WhyRefused(path.Value) is { } why)
        {
            report(RuleDiagnostics.Common.Match(
                origin, path.Span, $"matches paths by '{path.Value}', which {why}", "Rewrite the expression without "
                    + "it."));
            return null;
        }

        var anchored = AlbRegex.Anchor(path.Value);
        return new PathTerm
        {
            Kind = PathKind.Regex,
            Value = path.Value,
            Values = null,
            Regex = anchored.Length <= AlbLimits.ValueCharactersMax ? anchored : null,
        };
    }

    private static bool IsPlainPath(string path) =>
        path.Length <= AlbLimits.ValueCharactersMax && !path.AsSpan().ContainsAnyExcept(PathAlphabet);

    private static HeaderTerm? HeaderOf(NamedMatchSpec header, RuleOrigin origin, Action<Diagnostic> report)
    {
        if (WhyHeaderRefused(header) is { } why)
        {
            report(RuleDiagnostics.Common.Match(
                origin, header.Span, $"matches the header {header.Name} by '{header.Value}', {why}",
                HeaderRemedy(header)));
            return null;
        }

        // Wildcards cannot be escaped in a header's value; in a regular expression they can.
        var isPlain = !header.IsRegex && header.Value.AsSpan().IndexOfAny("*?\\") < 0;
        var regex = isPlain
            ? null
            : header.IsRegex ? AlbRegex.Anchor(header.Value) : $"^{AlbRegex.Escape(header.Value)}$";
        if ((regex ?? header.Value).Length > AlbLimits.ValueCharactersMax)
        {
            report(RuleDiagnostics.Common.Match(
                origin, header.Span, $"matches the header {header.Name} by a value that takes more than "
                    + $"{AlbLimits.ValueCharactersMax} characters in a condition", "Match a shorter value."));
            return null;
        }

        if (header.Value.Any(char.IsAsciiLetter))
        {
            var feature = header.IsRegex ? Capabilities.HeaderRegex : Capabilities.HeaderMatching;
            report(RuleDiagnostics.CaseIgnored(origin, header.Span, feature, $"header {header.Name}: {header.Value}"));
        }

        return new HeaderTerm(header.Name.ToLowerInvariant(), isPlain ? header.Value : null, regex);
    }

    private static string? WhyHeaderRefused(NamedMatchSpec header) =>
        header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? "which a header condition cannot"
        : header.Name.Length > AlbLimits.HeaderNameCharactersMax
            ? $"whose name is longer than the {AlbLimits.HeaderNameCharactersMax} characters of a condition"
        : header.IsRegex && AlbRegex.WhyRefused(header.Value) is { } why ? $"which {why}"
        : header.Value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "which holds other than printable ASCII characters"
        : null;

    private static string HeaderRemedy(NamedMatchSpec header) =>
        header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)
            ? "Use the route's hostnames."
            : header.IsRegex ? "Rewrite the expression without it." : "Match another header.";

    private static QueryTerm? QueryOf(NamedMatchSpec query, RuleOrigin origin, Action<Diagnostic> report)
    {
        if (query.IsRegex)
        {
            report(RuleDiagnostics.Common.Feature(
                origin, query.Span, Capabilities.QueryRegex, "Match exact values, one match for each."));
            return null;
        }

        var (name, value) = (EscapeWildcards(query.Name), EscapeWildcards(query.Value));
        if (name.Length > AlbLimits.ValueCharactersMax || value.Length > AlbLimits.ValueCharactersMax
            || query.Name.Contains('\\') || query.Value.Contains('\\'))
        {
            report(RuleDiagnostics.Common.Match(
                origin, query.Span, $"matches a query parameter '{query.Name}' whose name or value holds a backslash "
                    + $"or takes more than {AlbLimits.ValueCharactersMax} characters in a condition",
                    "Match another parameter."));
            return null;
        }

        var written = $"query parameter {query.Name}={query.Value}";
        if (query.Name.Concat(query.Value).Any(char.IsAsciiLetter))
        {
            report(RuleDiagnostics.CaseIgnored(origin, query.Span, Capabilities.QueryMatching, written));
        }

        if (query.Name.AsSpan().ContainsAnyExcept(QueryAlphabet)
            || query.Value.AsSpan().ContainsAnyExcept(QueryAlphabet))
        {
            report(RuleDiagnostics.QueryUndecoded(origin, query.Span, written));
        }

        return new QueryTerm(name, value);
    }

    private static string EscapeWildcards(string text) => text.Replace("*", "\\*").Replace("?", "\\?");
}
