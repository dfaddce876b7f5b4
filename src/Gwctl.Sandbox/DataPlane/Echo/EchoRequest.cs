using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>A request as it arrives at an echo backend.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Target">Path and query as sent, undecoded.</param>
/// <param name="Host">The Host header or <c>:authority</c>.</param>
/// <param name="IsHttp2">Over HTTP/2, with or without TLS.</param>
/// <param name="Headers">Without the host.</param>
internal sealed record EchoRequest(
    string Method, string Target, string Host, bool IsHttp2, IHeaderDictionary Headers)
{
    public bool IsGrpc =>
        IsHttp2 && Headers.ContentType.ToString().StartsWith("application/grpc", StringComparison.Ordinal);

    public bool IsWebSocket =>
        Path is "/ws" && Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path that decides what the echo does: runs of two slashes are one to it.</summary>
    public string Path
    {
        get
        {
            var mark = Target.IndexOf('?');
            var path = mark < 0 ? Target : Target[..mark];
            return path.Contains("//", StringComparison.Ordinal)
                ? path.Replace("//", "/", StringComparison.Ordinal)
                : path;
        }
    }
}

/// <summary>What the echo says of the TLS connection that a request came over.</summary>
internal sealed record EchoTls(string Version, string ServerName, string NegotiatedProtocol, string CipherSuite);
