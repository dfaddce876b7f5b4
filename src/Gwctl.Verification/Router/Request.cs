using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>One header line.</summary>
public readonly record struct HeaderField(string Name, string Value)
{
    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>A request as a client sends it: nothing is decoded, folded or completed.</summary>
public sealed record Request
{
    public string Method { get; init; } = "GET";

    /// <summary>http or https.</summary>
    public required string Scheme { get; init; }

    /// <summary>The Host header or authority as sent, with a port where the client wrote one; may be empty.</summary>
    public required string Host { get; init; }

    /// <summary>The listener's port that the connection goes to, whatever <see cref="Host"/> says.</summary>
    public required int Port { get; init; }

    /// <summary>Percent-encoded as sent, without the query.</summary>
    public string Path { get; init; } = "/";

    /// <summary>What follows the question mark, as sent; null where there is none.</summary>
    public string? Query { get; init; }

    /// <summary>In the order sent, without Host; names may be repeated.</summary>
    public EquatableList<HeaderField> Headers { get; init; } = [];

    /// <summary>The server name of the TLS client hello; null where none was sent.</summary>
    public string? Sni { get; init; }

    /// <summary>The client's address; null where it does not matter.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>A GET of an absolute URL, taken apart without changing a character. Port, Host and server name are what
    /// a client makes of it. Null where the text is no http or https URL.</summary>
    public static Request? ForUrl(string url)
    {
        return RequestUrl.Parse(url) is not { } parts ? null : new Request
        {
            Scheme = parts.Scheme,
            Host = parts.Authority,
            Port = parts.Port,
            Path = parts.Path,
            Query = parts.Query,
            Sni = parts.Scheme is "https" ? Authority.ServerNameOf(parts.Authority) : null,
        };
    }

    /// <summary>The value that a rule sees: of a repeated header all values in order, joined by a comma as RFC 9110
    /// 5.3 combines them; null where the header was not sent.</summary>
    public string? HeaderValue(string name)
    {
        string? value = null;
        foreach (var header in Headers.AsSpan())
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = value is null ? header.Value : $"{value},{header.Value}";
            }
        }

        return value is null && name.Equals("host", StringComparison.OrdinalIgnoreCase) ? Host : value;
    }

    /// <summary>Method and URL, for people.</summary>
    public override string ToString()
    {
        var query = Query is null ? "" : $"?{Query}";
        var port = Authority.PortOf(Host, Scheme) == Port ? "" : $" (port {Port})";
        return $"{Method} {Scheme}://{Host}{Path}{query}{port}";
    }
}
