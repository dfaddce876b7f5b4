using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gwctl.Controller.Tests;

/// <summary>TLS Secrets for tests.</summary>
internal static class TestSecrets
{
    public static string Of(string name, string hostname = "shop.example.com")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={hostname}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(hostname);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return $$"""
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/tls
            metadata: {name: {{name}}, namespace: shop}
            data:
              tls.crt: {{Base64(certificate.ExportCertificatePem())}}
              tls.key: {{Base64(key.ExportPkcs8PrivateKeyPem())}}
            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
