using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Requests that have all that a match asks for. There are some, because another rule may take one of
/// them.</summary>
internal static class BaseRequests
{
    /// <summary>A label, path element and value that no spec is likely to name.</summary>
    public const string Word = "gwctl";

    /// <summary>A host that no listener has, unless it has every host (RFC 6761 6.4).</summary>
    public const string ForeignHost = $"{Word}.invalid";

    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE"];

    /// <summary>At most 48, the plainest first; empty where no text is found for an expression.</summary>
    /// <param name="hostname">A rule's or listener's; empty for every host.</param>
    /// <param name="isGrpc">A gRPC call is a POST with its own content type, the last header.</param>
    public static EquatableList<Request> Of(
        RoutingPort port, string hostname, HttpMatchSpec match, bool isGrpc = false)
    {
        var headers = SentValues(match.Headers);
        var parameters = SentValues(match.QueryParams);
        if (headers is null || parameters is null)
        {
            return [];
        }

        if (isGrpc)
        {
            headers.Add(new HeaderField("Content-Type", "application/grpc"));
        }

        string[] methods = isGrpc ? ["POST"] : match.Method is { } method ? [method.Value] : s_methods;
        var requests = from requestMethod in methods
                       from host in HostsOf(hostname)
                       from path in PathsOf(match.Path).Where(IsSendable)
                       select new Request
                       {
                           Method = requestMethod,
                           Scheme = SchemeOf(port),
                           Host = host,
                           Port = port.Port,
                           Path = path,
                           Query = QueryOf(parameters),
                           Headers = [.. headers.Select(term => new HeaderField(term.Name, term.Value))],
                           Sni = SchemeOf(port) is "https" ? Authority.ServerNameOf(host) : null,
                       };
        return [.. requests];
    }

    /// <summary>True for paths that a request line can carry: clients encode all else (RFC 9112 3.2).</summary>
    public static bool IsSendable(string path) =>
        !path.AsSpan().ContainsAnyExceptInRange('!', '~') && path.AsSpan().IndexOfAny('?', '#') < 0;

    public static string? QueryOf(IReadOnlyList<HeaderField> parameters) => parameters.Count is 0
        ? null
        : string.Join('&', parameters.Select(
            term => $"{Uri.EscapeDataString(term.Name)}={Uri.EscapeDataString(term.Value)}"));

    /// <summary>What to send for each term; null where an expression has no text.</summary>
    public static List<HeaderField>? SentValues(EquatableList<NamedMatchSpec> terms)
    {
        var sent = new List<HeaderField>(terms.Count);
        foreach (var term in terms)
        {
            var values = term.IsRegex ? PatternText.Samples(term.Value) : [term.Value];
            if (values.Count is 0)
            {
                return null;
            }

            sent.Add(new HeaderField(term.Name, values[0]));
        }

        return sent;
    }

    private static string SchemeOf(RoutingPort port) =>
        port.Protocol is RoutingProtocol.Https or RoutingProtocol.Tls ? "https" : "http";

    private static string[] HostsOf(string hostname)
    {
        if (hostname is "")
        {
            return [$"{Word}.example", ForeignHost];
        }

        var suffix = hostname is ['*', .. var rest] ? rest : null;
        return suffix is null ? [hostname] : [$"{Word}{suffix}", $"x{suffix}", $"{Word}.{Word}{suffix}"];
    }

    private static IEnumerable<string> PathsOf(PathMatchSpec match)
    {
        if (match.Type is PathMatchType.RegularExpression)
        {
            return PatternText.Paths(match.Value);
        }

        if (match.Type is PathMatchType.Exact)
        {
            return [match.Value];
        }

        var prefix = PathPrefix.Normalize(match.Value);
        return prefix is ""
            ? ["/", $"/{Word}", $"/{Word}/x"]
            : [prefix, $"{prefix}/{Word}", $"{prefix}/", $"{prefix}/{Word}/x"];
    }
}
