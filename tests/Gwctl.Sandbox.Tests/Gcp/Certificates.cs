using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Certificates to insert.</summary>
internal static class Certificates
{
    public static string Insertion(string name, string host)
    {
        var (chain, key) = Make(host);
        return new JsonObject { ["name"] = name, ["certificate"] = chain, ["privateKey"] = key }.ToJsonString();
    }

    public static (string Chain, string Key) Make(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
