using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>The authority that signs the certificates which the sandbox's ACM issues. A client that trusts it trusts
/// them.</summary>
internal sealed class SandboxAuthority : IDisposable
{
    private const int ValidityYears = 10;
    /// <summary>In the state directory: certificate and key.</summary>
    public const string FileName = "authority.pem";

    private readonly X509Certificate2 _certificate;

    private SandboxAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Without the key.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <param name="directory">Where it is kept; null makes one for this process.</param>
    /// <param name="now">The start of a new one's validity.</param>
    public static SandboxAuthority Open(string? directory, DateTimeOffset now)
    {
        var path = directory is null ? null : Path.Combine(directory, FileName);
        if (path is not null && File.Exists(path))
        {
            var text = File.ReadAllText(path);
            var known = X509Certificate2.CreateFromPem(text, text);
            if (new DateTimeOffset(known.NotAfter) > now.AddYears(1))
            {
                return new SandboxAuthority(known);
            }

            known.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gwctl sandbox authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(ValidityYears));
        if (directory is not null && path is not null)
        {
            Directory.CreateDirectory(directory);
            PrivateFile.Write(path, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        return new SandboxAuthority(made);
    }

    /// <summary>A certificate for names, and its new key.</summary>
    /// <param name="names">DNS names, with or without a wildcard, or IP addresses; the first is the subject's.</param>
    /// <param name="notBefore">The start of its validity.</param>
    /// <param name="notAfter">The end, which the authority's own bounds.</param>
    /// <param name="ecdsa">A key on a curve, or an RSA key of 2048 bits.</param>
    public (X509Certificate2 Certificate, string KeyPem) Issue(
        IReadOnlyList<string> names, DateTimeOffset notBefore, DateTimeOffset notAfter, bool ecdsa)
    {
        using AsymmetricAlgorithm key = ecdsa ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        var subject = $"CN={names[0]}";
        var request = key is ECDsa curve
            ? new CertificateRequest(subject, curve, HashAlgorithmName.SHA256)
            : new CertificateRequest(
                subject, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));

        // The authority signs on a curve, whatever the certificate's own key is.
        using var signer = _certificate.GetECDsaPrivateKey()
            ?? throw new InvalidOperationException("The sandbox's authority has no key.");
        var end = new DateTimeOffset(_certificate.NotAfter);
        var certificate = request.Create(
            _certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), notBefore,
            notAfter < end ? notAfter : end, RandomNumberGenerator.GetBytes(16));
        return (certificate, key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();
}
