namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>What a URL map looks at of a request.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The Host header or <c>:authority</c>, with its port where it has one.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Headers">By lower-case name; several values of one name are joined by commas.</param>
internal sealed record UrlRequest(
    string Scheme, string Host, string Target, string Method, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Target.Split('?', 2)[0];

    /// <summary>Without the question mark; null where there is none.</summary>
    public string? Query => Target.Split('?', 2) is [_, var query] ? query : null;

    /// <summary>A header or one of HTTP/2's pseudo headers; null where there is none.</summary>
    public string? Header(string name) => name switch
    {
        ":method" => Method,
        ":authority" => Host,
        ":path" => Target,
        ":scheme" => Scheme,
        _ => Headers.TryGetValue(name, out var value) ? value : null,
    };

    /// <summary>A query parameter's first value, as sent; null where there is none.</summary>
    public string? Parameter(string name)
    {
        foreach (var pair in Query?.Split('&') ?? [])
        {
            var parts = pair.Split('=', 2);
            if (parts[0] == name)
            {
                return parts is [_, var value] ? value : "";
            }
        }

        return null;
    }
}
