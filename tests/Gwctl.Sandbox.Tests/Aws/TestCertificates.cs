using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gwctl.Sandbox.Tests.Aws;

/// <summary>Certificates made on the spot.</summary>
internal static class TestCertificates
{
    /// <summary>PEM of a self-signed RSA certificate and of its key.</summary>
    public static (string Certificate, string Key) Rsa(string name, int days = 30, int keySize = 2048)
    {
        using var key = RSA.Create(keySize);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return (Signed(request, name, days), key.ExportPkcs8PrivateKeyPem());
    }

    public static (string Certificate, string Key) Curve(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return (Signed(request, name, 30), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>PEM of a certificate authority's own certificate.</summary>
    public static string Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return Signed(request, "authority.example.com", 30);
    }

    /// <summary>Imports a new RSA certificate and returns its ARN.</summary>
    public static async Task<string> ImportAsync(this SandboxFixture sandbox, string name)
    {
        var (certificate, key) = Rsa(name);
        var answer = (await sandbox.ImportAsync(certificate, key)).Ok();
        return answer.Json().GetProperty("CertificateArn").GetString() ?? "";
    }

    public static Task<Answer> ImportAsync(
        this SandboxFixture sandbox, string certificate, string key, string more = "") => sandbox.Acm(
        "ImportCertificate",
        $$"""{"Certificate":"{{Base64(certificate)}}","PrivateKey":"{{Base64(key)}}"{{more}}}""");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Signed(CertificateRequest request, string name, int days)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(days));
        return certificate.ExportCertificatePem();
    }
}
