using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Verification.Router;

/// <summary>The first part of a match that a request fails.</summary>
internal readonly record struct Failing(RuleVerdictKind Kind, string Name, string Why);

/// <summary>A rule made ready to be tried.</summary>
internal sealed class CompiledRule
{
    private readonly CompiledTerm[] _headers;
    private readonly CompiledTerm[] _queryParams;
    private readonly string? _method;
    private readonly CompiledPattern? _path;

    /// <param name="position">The rule's place in the listener's precedence order.</param>
    public CompiledRule(RoutingRule rule, int position)
    {
        Rule = rule;
        Position = position;
        Host = HostPattern.Parse(rule.Hostname);
        _method = rule.Match.Method?.Value;
        _path = rule.Match.Path.Type is PathMatchType.RegularExpression
            ? new CompiledPattern(rule.Match.Path.Value)
            : null;
        _headers = TermsOf(rule.Match.Headers, StringComparer.OrdinalIgnoreCase);
        _queryParams = TermsOf(rule.Match.QueryParams, StringComparer.Ordinal);
        PathText = rule.Match.Path.Type is PathMatchType.PathPrefix
            ? PathPrefix.Normalize(rule.Match.Path.Value)
            : rule.Match.Path.Value;
    }

    public RoutingRule Rule { get; }

    public int Position { get; }

    public HostPattern Host { get; }

    /// <summary>A prefix is without its last slash: <c>/</c> is empty.</summary>
    public string PathText { get; }

    public ReadOnlySpan<CompiledTerm> Headers => _headers;

    public ReadOnlySpan<CompiledTerm> QueryParams => _queryParams;

    /// <summary>True where the path fits the regular expression; of other paths the index knows.</summary>
    public bool FitsPattern(string path) => _path?.Fits(path) is true;

    /// <summary>All but host and path, which the index has looked up.</summary>
    public bool FitsBeyondPath(Request request)
    {
        if (_method is not null && _method != request.Method)
        {
            return false;
        }

        foreach (var term in _headers)
        {
            if (!term.FitsHeader(request))
            {
                return false;
            }
        }

        foreach (var term in _queryParams)
        {
            if (!term.FitsQuery(request.Query))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first part that fails, in the order host, path, method, headers, parameters; null where the rule
    /// matches.</summary>
    public Failing? FailingPart(Request request)
    {
        if (!Host.Matches(request.Host))
        {
            return new Failing(RuleVerdictKind.Hostname, "", $"its hostname is {Host}, not {request.Host}");
        }

        if (!FitsPath(request.Path))
        {
            var note = _path?.Problem is { } problem ? $", which cannot be read ({problem})" : "";
            var path = Rule.Match.Path;
            return new Failing(RuleVerdictKind.Path, "", $"its path is {path.Type} {path.Value}{note}");
        }

        return _method is not null && _method != request.Method
            ? new Failing(RuleVerdictKind.Method, "", $"its method is {_method}, not {request.Method}")
            : FailingTerm(request);
    }

    private Failing? FailingTerm(Request request)
    {
        foreach (var term in _headers)
        {
            if (!term.FitsHeader(request))
            {
                var sent = request.HeaderValue(term.Name);
                return new Failing(RuleVerdictKind.Header, term.Name, $"header {term.Name} {term.Wants(sent)}");
            }
        }

        foreach (var term in _queryParams)
        {
            if (!term.FitsQuery(request.Query))
            {
                var sent = QueryText.FirstValue(request.Query, term.Name);
                return new Failing(
                    RuleVerdictKind.QueryParam, term.Name, $"query parameter {term.Name} {term.Wants(sent)}");
            }
        }

        return null;
    }

    private bool FitsPath(string path) => Rule.Match.Path.Type switch
    {
        PathMatchType.Exact => path == PathText,
        PathMatchType.PathPrefix => PathPrefix.Fits(path, PathText),
        _ => FitsPattern(path),
    };

    /// <summary>Of names that are written twice the first counts.</summary>
    private static CompiledTerm[] TermsOf(
        IReadOnlyList<NamedMatchSpec> terms, IEqualityComparer<string> comparer) =>
        [.. terms.DistinctBy(term => term.Name, comparer).Select(term => new CompiledTerm(term))];
}
