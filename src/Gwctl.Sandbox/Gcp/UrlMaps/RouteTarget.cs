using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>Where a rule or a default sends what it matches: to services, or elsewhere by a redirect.</summary>
internal sealed class RouteTarget
{
    private readonly string _rule;
    private readonly IReadOnlyList<WeightedService> _services;
    private readonly Struct _rewrite;
    private readonly Re2? _rewritten;
    private readonly Struct? _redirect;
    private readonly RoutePolicies _policies;

    /// <param name="rule">Where in the map it stands.</param>
    /// <param name="outer">Header actions of what encloses the rule, from the inside to the outside.</param>
    public RouteTarget(
        string rule, string? service, Struct? action, Struct? redirect, IReadOnlyList<HeaderEdits> outer)
    {
        _rule = rule;
        _redirect = redirect;
        _rewrite = action?.Member("urlRewrite") ?? new Struct();
        _rewritten = _rewrite.Member("regexRewrite")?.Text("pathPattern") is { } pattern ? new Re2(pattern) : null;
        _policies = action is null ? RoutePolicies.None : RouteActions.Policies(action);
        _services = RouteActions.Services(service, action, outer);
    }

    public RouteDecision Decide(UrlRequest request, PathMatch match)
    {
        if (_redirect is not null)
        {
            return Redirected(_redirect, request, match);
        }

        var host = _rewrite.Text("hostRewrite") ?? request.Host;
        return new RouteDecision.Forward(
            _rule, _services, host, WithQuery(RewrittenPath(request.Path, match), request.Query), _policies);
    }

    private string RewrittenPath(string path, PathMatch match)
    {
        if (_rewrite.Text("pathPrefixRewrite") is { } prefix)
        {
            return prefix + path[match.Matched..];
        }

        if (_rewrite.Text("pathTemplateRewrite") is { } template)
        {
            return PathTemplate.Expand(template, match.Captured);
        }

        return _rewritten is { } regex
            ? regex.Replace(path, _rewrite.Member("regexRewrite")?.Text("substitution") ?? "")
            : path;
    }

    private RouteDecision.Redirect Redirected(Struct redirect, UrlRequest request, PathMatch match)
    {
        var isSecure = redirect.Flag("httpsRedirect") is true;
        var path = redirect.Text("pathRedirect")
            ?? (redirect.Text("prefixRedirect") is { } prefix ? prefix + request.Path[match.Matched..] : request.Path);
        var host = redirect.Text("hostRedirect") ?? request.Host;
        if (isSecure && host.EndsWith(":80", StringComparison.Ordinal))
        {
            host = HostTable.WithoutPort(host);
        }

        var query = redirect.Flag("stripQuery") is true ? null : request.Query;
        var status = redirect.Text("redirectResponseCode") switch
        {
            "FOUND" => 302,
            "SEE_OTHER" => 303,
            "TEMPORARY_REDIRECT" => 307,
            "PERMANENT_REDIRECT" => 308,
            _ => 301,
        };
        var scheme = isSecure ? "https" : request.Scheme;
        return new RouteDecision.Redirect(_rule, status, $"{scheme}://{host}{WithQuery(path, query)}");
    }

    private static string WithQuery(string path, string? query) => query is null ? path : $"{path}?{query}";
}
