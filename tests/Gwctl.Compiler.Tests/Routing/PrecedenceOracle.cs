using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>A request as far as HTTPRoute matches look at it.</summary>
internal sealed record Request(
    int Port,
    string Host,
    string Path,
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Query)
{
    public override string ToString() =>
        $"{Method} {Host}:{Port}{Path}?{string.Join('&', Query)} [{string.Join(", ", Headers)}]";
}

/// <summary>Answers "which match of which rule serves this request?" by the specification's sentences, one after
/// another, for each request anew and straight from the specs. It shares no code with the compiler and is as slow as it
/// looks.</summary>
/// <remarks>Knows HTTP listeners of one Gateway that allow every route of its namespace.</remarks>
internal static class PrecedenceOracle
{
    /// <summary><c>namespace/route rule match</c>, or null for a 404.</summary>
    public static string? Serve(GatewaySpec gateway, IReadOnlyList<RouteSpec> routes, Request request)
    {
        var listener = gateway.Listeners
            .Where(item => item.Port.Value == request.Port && HostMatches(item.Hostname?.Value ?? "", request.Host))
            .OrderByDescending(item => !(item.Hostname?.Value ?? "*").StartsWith('*'))
            .ThenByDescending(item => (item.Hostname?.Value ?? "").Count(letter => letter is '.'))
            .FirstOrDefault();
        if (listener is null)
        {
            return null;
        }

        Hit? best = null;
        foreach (var hit in routes.SelectMany(route => HitsOf(route, gateway, listener, request)))
        {
            best = best is null || IsBetter(hit, best) ? hit : best;
        }

        return best is null ? null : $"{best.Route.Name} {best.Rule} {best.Match}";
    }

    private static IEnumerable<Hit> HitsOf(
        RouteSpec route, GatewaySpec gateway, ListenerSpec listener, Request request)
    {
        var isAttached = route.ParentRefs.Any(parent => parent.Target.Name == gateway.Name.Name
            && (parent.SectionName is not { } section || section.Value == listener.Name.Value)
            && (parent.Port is not { } port || port.Value == listener.Port.Value));
        if (!isAttached)
        {
            yield break;
        }

        foreach (var (hostname, written) in EffectiveHostnames(route, listener)
            .Where(name => HostMatches(name.Effective, request.Host)))
        {
            for (var rule = 0; rule < route.Rules.Count; rule++)
            {
                for (var match = 0; match < route.Rules[rule].Matches.Count; match++)
                {
                    if (Holds(route.Rules[rule].Matches[match], request))
                    {
                        yield return new Hit(route, rule, match, hostname, written);
                    }
                }
            }
        }
    }

    /// <summary>The narrower of both sides; one that is outside the listener's does not exist.</summary>
    private static IEnumerable<(string Effective, string Written)> EffectiveHostnames(
        RouteSpec route, ListenerSpec listener)
    {
        var own = listener.Hostname?.Value ?? "";
        if (route.Hostnames.Count is 0)
        {
            yield return (own, "");
            yield break;
        }

        foreach (var hostname in route.Hostnames.Select(item => item.Value))
        {
            if (own is "" || hostname == own)
            {
                yield return (hostname, hostname);
            }
            else if (own.StartsWith('*') && HostMatches(own, hostname.Replace("*", "any", StringComparison.Ordinal)))
            {
                yield return (hostname, hostname);
            }
            else if (hostname.StartsWith('*')
                && HostMatches(hostname, own.Replace("*", "any", StringComparison.Ordinal)))
            {
                yield return (own, hostname);
            }
        }
    }

    private static bool HostMatches(string pattern, string host) =>
        pattern is ""
        || pattern == host
        || (pattern.StartsWith('*') && host.Length >= pattern.Length && host.EndsWith(pattern[1..]));

    private static bool Holds(HttpMatchSpec match, Request request)
    {
        var path = match.Path.Type switch
        {
            PathMatchType.Exact => request.Path == match.Path.Value,
            PathMatchType.PathPrefix => Elements(request.Path).Take(Elements(match.Path.Value).Length)
                .SequenceEqual(Elements(match.Path.Value)),
            _ => Regex.IsMatch(request.Path, $"^(?:{match.Path.Value})$"),
        };
        return path
            && (match.Method is not { } method || method.Value == request.Method)
            && Firsts(match.Headers, true).All(term => Holds(term, request.Headers))
            && Firsts(match.QueryParams, false).All(term => Holds(term, request.Query));
    }

    private static bool Holds(NamedMatchSpec term, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(term.Name, out var value)
        && (term.IsRegex ? Regex.IsMatch(value, $"^(?:{term.Value})$") : value == term.Value);

    private static string[] Elements(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static List<NamedMatchSpec> Firsts(EquatableList<NamedMatchSpec> terms, bool ignoreCase)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var firsts = new List<NamedMatchSpec>();
        foreach (var term in terms)
        {
            if (!firsts.Exists(other => other.Name.Equals(term.Name, comparison)))
            {
                firsts.Add(term);
            }
        }

        return firsts;
    }

    /// <summary>Each line is one "largest number of", "oldest" or "first" of the specification.</summary>
    private static bool IsBetter(Hit left, Hit right)
    {
        int[] signs =
        [
            Characters(left.Hostname, wildcard: false) - Characters(right.Hostname, wildcard: false),
            Characters(left.Hostname, wildcard: true) - Characters(right.Hostname, wildcard: true),
            Characters(left.Written, wildcard: false) - Characters(right.Written, wildcard: false),
            Characters(left.Written, wildcard: true) - Characters(right.Written, wildcard: true),
            Is(left, PathMatchType.Exact) - Is(right, PathMatchType.Exact),
            Is(left, PathMatchType.RegularExpression) - Is(right, PathMatchType.RegularExpression),
            PathCharacters(left) - PathCharacters(right),
            (left.Spec.Method is null ? 0 : 1) - (right.Spec.Method is null ? 0 : 1),
            Firsts(left.Spec.Headers, true).Count - Firsts(right.Spec.Headers, true).Count,
            Firsts(left.Spec.QueryParams, false).Count - Firsts(right.Spec.QueryParams, false).Count,
            DateTimeOffset.Compare(Born(right), Born(left)),
            string.CompareOrdinal(right.Route.Name.Namespace, left.Route.Name.Namespace),
            string.CompareOrdinal(right.Route.Name.Name, left.Route.Name.Name),
            right.Rule - left.Rule,
            right.Match - left.Match,
        ];
        return Array.Find(signs, sign => sign is not 0) > 0;
    }

    private static int Characters(string hostname, bool wildcard) =>
        !wildcard && hostname.StartsWith('*') ? 0 : hostname.Length;

    private static int Is(Hit hit, PathMatchType type) => hit.Spec.Path.Type == type ? 1 : 0;

    private static int PathCharacters(Hit hit) => hit.Spec.Path.Type switch
    {
        PathMatchType.Exact => 0,
        PathMatchType.PathPrefix => $"/{string.Join('/', Elements(hit.Spec.Path.Value))}".Length,
        _ => hit.Spec.Path.Value.Length,
    };

    private static DateTimeOffset Born(Hit hit) => hit.Route.Meta.CreatedAt ?? DateTimeOffset.MaxValue;

    private sealed record Hit(RouteSpec Route, int Rule, int Match, string Hostname, string Written)
    {
        public HttpMatchSpec Spec => Route.Rules[Rule].Matches[Match];
    }
}
