using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>What the Gateway API says of a request, by the routing model's own terms: the first listener whose hostname
/// matches, its first rule that matches, and nothing else.</summary>
internal static class RoutingOracle
{
    /// <summary>The outcome, and the rule that decided (null where none did).</summary>
    public static (string Outcome, RoutingRule? Rule) Answer(GatewayRouting gateway, OracleRequest request)
    {
        var port = gateway.Ports.FirstOrDefault(item => item.Port == request.Port);
        if (port is null)
        {
            return ("no listener", null);
        }

        var listener = port.Listeners.FirstOrDefault(item => HostMatches(item.Hostname, request.Host));
        var rule = listener?.Rules.FirstOrDefault(item =>
            HostMatches(item.Hostname, request.Host) && Matches(item.Match, request));
        return rule is null ? ("status 404", null) : (Act(rule, port, request), rule);
    }

    private static bool HostMatches(string pattern, string host) =>
        pattern is ""
        || pattern == host
        || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.Ordinal)
            && host.Length >= pattern.Length);

    private static bool Matches(HttpMatchSpec match, OracleRequest request) =>
        PathMatches(match.Path, request.Path)
        && (match.Method is not { } method || method.Value == request.Method)
        && match.Headers.All(header => request.Headers.Any(given =>
            given.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase) && ValueMatches(header, given.Value)))
        && match.QueryParams.All(query => request.Query.Any(given =>
            given.Key == query.Name && ValueMatches(query, given.Value)));

    private static bool ValueMatches(NamedMatchSpec wanted, string given) =>
        wanted.IsRegex ? WholeMatch(wanted.Value, given) : wanted.Value == given;

    private static bool WholeMatch(string regex, string text) =>
        Regex.IsMatch(text, $"\\A(?:{regex})\\z", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool PathMatches(PathMatchSpec path, string given)
    {
        switch (path.Type)
        {
            case PathMatchType.Exact:
                return path.Value == given;
            case PathMatchType.RegularExpression:
                return WholeMatch(path.Value, given);
            default:
                var wanted = path.Value.Split('/', StringSplitOptions.RemoveEmptyEntries);
                var elements = given[1..].Split('/');
                return wanted.Length <= elements.Length && wanted.Zip(elements).All(pair => pair.First == pair.Second);
        }
    }

    private static string Act(RoutingRule rule, RoutingPort port, OracleRequest request) => rule.Action switch
    {
        RoutingAction.Status status => $"status {status.Code}",
        RoutingAction.Redirect redirect => Redirect(rule, redirect.Filter, port, request),
        RoutingAction.Forward forward => $"{Forward(forward)} {Rewritten(rule, request)}",
        _ => throw new InvalidOperationException(),
    };

    private static string Forward(RoutingAction.Forward forward) => string.Join(' ', forward.Backends
        .Where(backend => backend.Weight > 0)
        .OrderBy(backend => backend.BackendId, StringComparer.Ordinal)
        .Select(backend => $"{backend.BackendId}={(forward.Backends.Count is 1 ? 1 : backend.Weight)}"));

    private static string Rewritten(RoutingRule rule, OracleRequest request)
    {
        var (host, path) = (request.Host, request.Path);
        foreach (var rewrite in rule.Filters.OfType<HttpFilterSpec.UrlRewrite>())
        {
            host = rewrite.Hostname?.Value ?? host;
            path = NewPath(rewrite.Path, rule.Match.Path, path);
        }

        return request.QueryText is "" ? $"{host}{path}" : $"{host}{path}?{request.QueryText}";
    }

    private static string Redirect(
        RoutingRule rule, HttpFilterSpec.RequestRedirect redirect, RoutingPort port, OracleRequest request)
    {
        var scheme = redirect.Scheme?.Value ?? (request.IsHttps ? "https" : "http");
        var number = redirect.Port?.Value
            ?? (redirect.Scheme is null ? port.Port : redirect.Scheme.Value.Value is "https" ? 443 : 80);
        return $"redirect {redirect.StatusCode} {scheme}://{redirect.Hostname?.Value ?? request.Host}:{number}"
            + $"{NewPath(redirect.Path, rule.Match.Path, request.Path)}?{request.QueryText}";
    }

    /// <summary>By the table of the specification's HTTPPathModifier.</summary>
    private static string NewPath(PathRewriteSpec? change, PathMatchSpec match, string path)
    {
        if (change is null)
        {
            return path;
        }

        if (!change.ReplacesPrefix)
        {
            return change.Value;
        }

        var prefix = match.Value.TrimEnd('/');
        var rest = path[prefix.Length..];
        var replaced = $"{change.Value.TrimEnd('/')}{rest}";
        return replaced is "" ? "/" : replaced;
    }
}
