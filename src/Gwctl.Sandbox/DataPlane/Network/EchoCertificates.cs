using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>Self-signed certificates of the echo behind a listener that passes TLS through, one for each server
/// name.</summary>
internal sealed class EchoCertificates(TimeProvider clock)
{
    private const int NamesMax = 1024;
    private const string NoName = "echo.invalid";

    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> _byName =
        new(StringComparer.OrdinalIgnoreCase);

    public SslStreamCertificateContext For(string serverName)
    {
        if (_byName.Count >= NamesMax)
        {
            _byName.Clear();
        }

        return _byName.GetOrAdd(serverName is "" ? NoName : serverName, Make);
    }

    private SslStreamCertificateContext Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gwctl sandbox echo", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = clock.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return SslStreamCertificateContext.Create(certificate, [], offline: true);
    }
}
