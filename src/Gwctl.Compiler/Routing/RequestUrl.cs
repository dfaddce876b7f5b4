namespace Gwctl.Compiler.Routing;

/// <summary>An absolute URL of http or https, taken apart without changing a character.</summary>
/// <param name="Scheme">Lower case.</param>
/// <param name="Authority">As a client sends it: with a port where one was written.</param>
/// <param name="Port">The one written, else the scheme's.</param>
/// <param name="Path">Percent-encoded as written; at least <c>/</c>.</param>
/// <param name="Query">What follows the question mark; null where there is none.</param>
public sealed record RequestUrl(string Scheme, string Authority, int Port, string Path, string? Query)
{
    /// <summary>The host without port and final dots, in the case written.</summary>
    public string Host => Routing.Authority.NameOf(Authority).ToString();

    /// <summary>Null where the text is no such URL, or has a fragment.</summary>
    public static RequestUrl? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = schemeEnd < 0 ? "" : text[..schemeEnd].ToLowerInvariant();
        if (scheme is not ("http" or "https"))
        {
            return null;
        }

        var rest = text[(schemeEnd + 3)..];
        var pathStart = rest.AsSpan().IndexOfAny('/', '?');
        var authority = pathStart < 0 ? rest : rest[..pathStart];
        var target = pathStart < 0 ? "/" : rest[pathStart..];
        var queryStart = target.IndexOf('?', StringComparison.Ordinal);
        var path = queryStart < 0 ? target : target[..queryStart];
        return Routing.Authority.NameOf(authority).IsEmpty || target.Contains('#', StringComparison.Ordinal)
            || Routing.Authority.PortOf(authority, scheme) is not { } port
            ? null
            : new RequestUrl(
                scheme, authority, port, path is "" ? "/" : path, queryStart < 0 ? null : target[(queryStart + 1)..]);
    }
}
