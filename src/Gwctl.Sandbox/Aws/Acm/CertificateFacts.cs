using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Acm;

/// <summary>What ACM shows of an X.509 certificate.</summary>
internal static class CertificateFacts
{
    private const int ValidityDays = 395;
    private static readonly string[] HashSizes = ["512", "384", "256", "1"];

    public static Struct Of(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames())
            .ToList();
        var common = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
        if (names.Count is 0 && common is not "")
        {
            names.Add(common);
        }

        return new Struct
        {
            { "DomainName", CommonName(certificate) ?? names.FirstOrDefault() ?? common },
            { "SubjectAlternativeNames", names },
            { "Serial", Serial(certificate) },
            { "Subject", certificate.Subject },
            { "Issuer", CommonName(certificate.IssuerName) ?? certificate.Issuer },
            { "NotBefore", new DateTimeOffset(certificate.NotBefore) },
            { "NotAfter", new DateTimeOffset(certificate.NotAfter) },
            { "KeyAlgorithm", KeyAlgorithm(certificate) },
            { "SignatureAlgorithm", SignatureAlgorithm(certificate) },
            { "KeyUsages", KeyUsages(certificate).Select(name => new Struct { { "Name", name } }) },
            { "ExtendedKeyUsages", ExtendedKeyUsages(certificate) },
        };
    }

    /// <summary>A certificate for a requested one's names: the sandbox has no authority, so it signs itself.</summary>
    public static Struct SelfIssued(Struct requested, DateTimeOffset at)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={requested.Required("DomainName")}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in requested.Texts("SubjectAlternativeNames"))
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using var certificate = request.CreateSelfSigned(at, at.AddDays(ValidityDays));
        return Of(certificate).Without("DomainName", "SubjectAlternativeNames", "KeyAlgorithm", "SignatureAlgorithm")
            .With("@Body", certificate.ExportCertificatePem());
    }

    public static string KeyAlgorithm(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            return $"RSA_{rsa.KeySize}";
        }

        using var curve = certificate.GetECDsaPublicKey();
        return curve?.KeySize switch
        {
            256 => "EC_prime256v1",
            384 => "EC_secp384r1",
            521 => "EC_secp521r1",
            _ => "",
        };
    }

    private static string? CommonName(X509Certificate2 certificate) => CommonName(certificate.SubjectName);

    private static string? CommonName(X500DistinguishedName name) => name.EnumerateRelativeDistinguishedNames()
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value is "2.5.4.3")
        .Select(part => part.GetSingleElementValue())
        .FirstOrDefault();

    private static string Serial(X509Certificate2 certificate) => string.Join(
        ':', certificate.SerialNumber.ToLowerInvariant().Chunk(2).Select(pair => new string(pair)));

    private static string SignatureAlgorithm(X509Certificate2 certificate)
    {
        var name = certificate.SignatureAlgorithm.FriendlyName ?? "";
        var hash = Array.Find(
            HashSizes, bits => name.Contains($"sha{bits}", StringComparison.OrdinalIgnoreCase)) ?? "256";
        return $"SHA{hash}WITH{(name.Contains("ecdsa", StringComparison.OrdinalIgnoreCase) ? "ECDSA" : "RSA")}";
    }

    private static IEnumerable<string> KeyUsages(X509Certificate2 certificate)
    {
        var flags = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages
            ?? X509KeyUsageFlags.None;
        (X509KeyUsageFlags Flag, string Name)[] names =
        [
            (X509KeyUsageFlags.DigitalSignature, "DIGITAL_SIGNATURE"),
            (X509KeyUsageFlags.NonRepudiation, "NON_REPUDIATION"),
            (X509KeyUsageFlags.KeyEncipherment, "KEY_ENCIPHERMENT"),
            (X509KeyUsageFlags.DataEncipherment, "DATA_ENCIPHERMENT"),
            (X509KeyUsageFlags.KeyAgreement, "KEY_AGREEMENT"),
            (X509KeyUsageFlags.KeyCertSign, "CERTIFICATE_SIGNING"),
            (X509KeyUsageFlags.CrlSign, "CRL_SIGNING"),
        ];
        return names.Where(usage => flags.HasFlag(usage.Flag)).Select(usage => usage.Name);
    }

    private static ListValue ExtendedKeyUsages(X509Certificate2 certificate) => new(
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
            .Select(usage => new Struct
            {
                {
                    "Name", usage.Value switch
                    {
                        "1.3.6.1.5.5.7.3.1" => "TLS_WEB_SERVER_AUTHENTICATION",
                        "1.3.6.1.5.5.7.3.2" => "TLS_WEB_CLIENT_AUTHENTICATION",
                        _ => "CUSTOM",
                    }
                },
                { "OID", usage.Value },
            }));
}
