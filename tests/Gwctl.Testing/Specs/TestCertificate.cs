using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gwctl.Testing.Specs;

/// <summary>A self-signed certificate and its key in PEM, valid for a century from 2020.</summary>
public sealed record TestCertificate(string Chain, string PrivateKey)
{
    public static TestCertificate For(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(start, start.AddYears(100));
        return new TestCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
