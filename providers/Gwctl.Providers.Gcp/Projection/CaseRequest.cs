using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Whether a rule takes a request, as far as a URL map's test can tell.</summary>
internal enum Fit
{
    No,
    Maybe,
    Yes,
}

/// <summary>The request of a RouteTest's case, as a URL map's test can send it: host, path, query and headers. Of
/// methods, and of regular expressions, nothing is known.</summary>
internal sealed record CaseRequest(string Host, string Path, string? Query, IReadOnlyList<HeaderValueSpec> Headers)
{
    public string Target => Query is null ? Path : $"{Path}?{Query}";

    /// <summary>Why a test cannot send it; null where it can.</summary>
    public static string? Obstacle(RouteTestRequestSpec request, RequestUrl url) => request switch
    {
        { Method: "OPTIONS" } => "its method is OPTIONS",
        { Sni: { } sni } when !sni.Equals(url.Host, StringComparison.OrdinalIgnoreCase) =>
            "its server name is not its host",
        _ when request.Headers.Any(header => header.Name.StartsWith(':')
            || header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)) => "it sends a header of HTTP's own",
        _ when request.Headers.GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .Any(group => group.Count() > 1) => "it repeats a header",
        _ => null,
    };

    /// <summary>The first rule that takes the request, with certainty or not; null where none does.</summary>
    public (RoutingRule Rule, Fit Fit)? FirstOf(IEnumerable<RoutingRule> rules)
    {
        foreach (var rule in rules)
        {
            if (FitOf(rule.Match) is var fit and not Fit.No)
            {
                return (rule, fit);
            }
        }

        return null;
    }

    private Fit FitOf(HttpMatchSpec match) => match.Headers.Select(FitOfHeader)
        .Concat(match.QueryParams.Select(FitOfParameter))
        .Append(FitOfPath(match.Path))
        .Append(match.Method is null ? Fit.Yes : Fit.Maybe)
        .Min();

    private Fit FitOfPath(PathMatchSpec path)
    {
        var prefix = path.Value.TrimEnd('/');
        return path.Type switch
        {
            PathMatchType.Exact => Of(Path == path.Value),
            PathMatchType.PathPrefix => Of(prefix is "" || Path == prefix
                || Path.StartsWith($"{prefix}/", StringComparison.Ordinal)),
            _ => Fit.Maybe,
        };
    }

    private Fit FitOfHeader(NamedMatchSpec wanted)
    {
        var sent = Headers.FirstOrDefault(
            header => header.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase))?.Value;
        return wanted.Name.StartsWith(':') ? Fit.Maybe
            : sent is null ? Fit.No
            : wanted.IsRegex ? Fit.Maybe
            : Of(sent == wanted.Value);
    }

    /// <summary>What is percent-encoded the Gateway API decodes, and Google does not.</summary>
    private Fit FitOfParameter(NamedMatchSpec wanted)
    {
        var pairs = (Query ?? "").Split('&').Select(pair => pair.Split('=', 2)).ToList();
        var sent = pairs.FindAll(pair => pair[0] == wanted.Name);
        return (Query ?? "").AsSpan().ContainsAny('%', '+') ? Fit.Maybe
            : sent.Count is 0 ? Fit.No
            : wanted.IsRegex || sent.Count > 1 ? Fit.Maybe
            : Of((sent[0] is [_, var value] ? value : "") == wanted.Value);
    }

    private static Fit Of(bool fits) => fits ? Fit.Yes : Fit.No;
}
