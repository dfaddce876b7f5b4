using System.Net.Security;
using System.Security.Authentication;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>How a listener answers TLS handshakes: certificates by server name, versions, protocols.</summary>
internal sealed class TlsSettings
{
    private readonly LiveCertificate? _default;
    private readonly Dictionary<string, LiveCertificate> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly SslProtocols _versions;
    private readonly bool _http2;

    /// <param name="defaultCertificate">Presented where no other fits the server name, or there is none. Null: such
    /// handshakes fail.</param>
    /// <param name="others">Those that server names choose from.</param>
    /// <param name="versions">Those that clients may speak.</param>
    /// <param name="http2">Offers HTTP/2.</param>
    public TlsSettings(
        LiveCertificate? defaultCertificate, IReadOnlyList<LiveCertificate> others, SslProtocols versions, bool http2)
    {
        _default = defaultCertificate;
        _http2 = http2;
        _versions = versions;
        foreach (var certificate in defaultCertificate is null ? others : others.Prepend(defaultCertificate))
        {
            foreach (var name in certificate.Names)
            {
                _byName.TryAdd(name, certificate);
            }
        }
    }

    /// <summary>Sets up the authentication of clients, where the listener asks for it.</summary>
    public Action<SslServerAuthenticationOptions>? ClientAuthentication { get; init; }

    public string Problem => _default is { Problem: not "" } ? _default.Problem
        : _byName.Values.FirstOrDefault(certificate => certificate.Problem is not "")?.Problem ?? "";

#pragma warning disable CA5397, CA5398 // The policy's name says which versions; the system has no say in them.
    /// <summary>The versions of one of ELB's security policies.</summary>
    public static SslProtocols VersionsOf(string policy) =>
        policy.Contains("TLS13-1-3", StringComparison.Ordinal) ? SslProtocols.Tls13
        : policy.Contains("TLS13", StringComparison.Ordinal) ? SslProtocols.Tls13 | SslProtocols.Tls12
        : SslProtocols.Tls12;
#pragma warning restore CA5397, CA5398

    /// <exception cref="AuthenticationException">No certificate is for that name.</exception>
    public SslServerAuthenticationOptions For(string? serverName)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Choose(serverName ?? "")?.Context
                ?? throw new AuthenticationException("No certificate is for that server name."),
            EnabledSslProtocols = _versions,
            ApplicationProtocols = _http2
                ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
                : [SslApplicationProtocol.Http11],
        };
        ClientAuthentication?.Invoke(options);
        return options;
    }

    /// <summary>The exact name before a wildcard for its first label, before the default.</summary>
    public LiveCertificate? Choose(string serverName)
    {
        if (_byName.TryGetValue(serverName, out var exact))
        {
            return exact;
        }

        var dot = serverName.IndexOf('.');
        return dot > 0 && _byName.TryGetValue($"*{serverName[dot..]}", out var wild) ? wild : _default;
    }
}
