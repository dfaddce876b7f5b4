using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>A URL map made ready to decide on requests: for its own tests, and for the data plane. It never
/// changes.</summary>
internal sealed class UrlMapProgram
{
    private readonly HostTable _hosts;
    private readonly Dictionary<string, PathMatcher> _matchers;
    private readonly RouteTarget _default;

    private UrlMapProgram(HostTable hosts, Dictionary<string, PathMatcher> matchers, RouteTarget ofMap)
    {
        _hosts = hosts;
        _matchers = matchers;
        _default = ofMap;
    }

    /// <param name="map">A URL map that has passed its checks.</param>
    /// <exception cref="FormatException">A regular expression or a template is malformed.</exception>
    public static UrlMapProgram Compile(Struct map)
    {
        var edits = RouteActions.Edits(map.Member("headerAction"));
        var hosts = map.Structs("hostRules")
            .SelectMany(rule => rule.Texts("hosts").Select(host => (host, rule.Required("pathMatcher"))));
        var matchers = new Dictionary<string, PathMatcher>(StringComparer.Ordinal);
        foreach (var (matcher, index) in map.Structs("pathMatchers").Select((matcher, index) => (matcher, index)))
        {
            matchers[matcher.Required("name")] = new PathMatcher($"pathMatchers[{index}]", matcher, map, edits);
        }

        return new UrlMapProgram(new HostTable(hosts), matchers, DefaultOf("", map, edits));
    }

    public RouteDecision Decide(UrlRequest request) =>
        _hosts.Find(request.Host) is { } name && _matchers.TryGetValue(name, out var matcher)
            ? matcher.Decide(request)
            : _default.Decide(request, PathMatch.Root);

    /// <summary>The default of a map or of a path matcher.</summary>
    public static RouteTarget DefaultOf(string rule, Struct owner, IReadOnlyList<HeaderEdits> edits) => new(
        rule, owner.Text("defaultService"), owner.Member("defaultRouteAction"), owner.Member("defaultUrlRedirect"),
        edits);
}
