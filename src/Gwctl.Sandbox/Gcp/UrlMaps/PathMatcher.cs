using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>The rules for some hosts: route rules by priority, or path rules by length, and a default.</summary>
internal sealed class PathMatcher
{
    private readonly IReadOnlyList<(IReadOnlyList<MatchRule> Matches, RouteTarget Target)> _routeRules;
    private readonly IReadOnlyList<(string Path, RouteTarget Target)> _pathRules;
    private readonly RouteTarget _default;

    /// <param name="place">Where in the map the matcher stands.</param>
    /// <param name="edits">The map's header actions.</param>
    public PathMatcher(string place, Struct matcher, Struct map, IReadOnlyList<HeaderEdits> edits)
    {
        IReadOnlyList<HeaderEdits> own = [.. RouteActions.Edits(matcher.Member("headerAction")), .. edits];
        _routeRules =
        [
            .. matcher.Structs("routeRules")
                .Select((rule, index) => (Rule: rule, Place: $"{place}.routeRules[{index}]"))
                .OrderBy(row => row.Rule.Number("priority") ?? 0)
                .Select(row => (
                    (IReadOnlyList<MatchRule>)[.. row.Rule.Structs("matchRules").Select(match => new MatchRule(match))],
                    Target(row.Place, row.Rule, [.. RouteActions.Edits(row.Rule.Member("headerAction")), .. own]))),
        ];
        _pathRules =
        [
            .. matcher.Structs("pathRules")
                .SelectMany((rule, index) =>
                {
                    var target = Target($"{place}.pathRules[{index}]", rule, own);
                    return rule.Texts("paths").Select(path => (Path: path, Target: target));
                })
                .OrderByDescending(row => row.Path.TrimEnd('*').Length)
                .ThenBy(row => row.Path.EndsWith('*')),
        ];
        var hasOwnDefault = matcher.Has("defaultService") || matcher.Has("defaultUrlRedirect")
            || matcher.Has("defaultRouteAction");
        _default = hasOwnDefault
            ? UrlMapProgram.DefaultOf(place, matcher, own)
            : UrlMapProgram.DefaultOf("", map, own);
    }

    public RouteDecision Decide(UrlRequest request)
    {
        foreach (var (matches, target) in _routeRules)
        {
            foreach (var rule in matches)
            {
                if (rule.Match(request) is { } match)
                {
                    return target.Decide(request, match);
                }
            }
        }

        foreach (var (path, target) in _pathRules)
        {
            if (PathMatch.OfPathRule(path, request.Path) is { } match)
            {
                return target.Decide(request, match);
            }
        }

        return _default.Decide(request, PathMatch.Root);
    }

    private static RouteTarget Target(string place, Struct rule, IReadOnlyList<HeaderEdits> edits) =>
        new(place, rule.Text("service"), rule.Member("routeAction"), rule.Member("urlRedirect"), edits);
}
