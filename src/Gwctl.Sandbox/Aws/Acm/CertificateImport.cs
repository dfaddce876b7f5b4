using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Acm;

/// <summary>ImportCertificate: really reads the certificate and the key.</summary>
internal static class CertificateImport
{
    public static Struct Run(Call call)
    {
        var body = Pem(call, "Certificate");
        using var certificate = Read(body);
        var key = Pem(call, "PrivateKey");
        CheckKey(certificate, key);
        CheckTime(certificate, call.Now);
        var chain = call.Input.Has("CertificateChain") ? Pem(call, "CertificateChain") : null;
        CheckChain(chain);
        var facts = CertificateFacts.Of(certificate);
        var arn = call.Input.Text("CertificateArn") is { } again
            ? Again(call, again, facts)
            : First(call);
        var created = call.State.Get(CertificateStore.Table(call.Scope), arn)?.Time("CreatedAt") ?? call.Now;
        call.State.Put(CertificateStore.Table(call.Scope), arn, new Struct
        {
            { "CertificateArn", arn },
            { "CreatedAt", created },
            { "ImportedAt", call.Now },
            { "Type", "IMPORTED" },
            { "RenewalEligibility", "INELIGIBLE" },
            { "Options", new Struct { { "CertificateTransparencyLoggingPreference", "DISABLED" } } },
            { "@Body", body },
            { "@Chain", chain },
        }.Merge(facts));
        call.Options.DataPlane?.KeepKey(certificate, key);
        return new Struct { { "CertificateArn", arn } };
    }

    private static string First(Call call)
    {
        var arn = Certificates.NewArn(call);
        CertificateTags.Put(call, arn);
        return arn;
    }

    /// <summary>Keeps the ARN, the tags and every use of the certificate.</summary>
    private static string Again(Call call, string arn, Struct facts)
    {
        var before = CertificateStore.Existing(call, arn);
        if (before.Text("Type") is not "IMPORTED")
        {
            throw new AwsException("ValidationException", "Only an imported certificate can be imported again.");
        }

        if (call.Input.Has("Tags"))
        {
            throw new AwsException("ValidationException", "Tagging is not permitted on re-import.");
        }

        return before.Text("KeyAlgorithm") == facts.Text("KeyAlgorithm")
            ? arn
            : throw new AwsException(
                "ValidationException", "The key algorithm and size must be those of the certificate that is replaced.");
    }

    private static string Pem(Call call, string member) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(call.Input.Required(member)));

    private static X509Certificate2 Read(string pem)
    {
        var count = pem.Split("-----BEGIN CERTIFICATE-----").Length - 1;
        if (count > 1)
        {
            throw new AwsException(
                "ValidationException",
                "The certificate field contains more than one certificate. You can specify only one certificate in "
                + "this field.");
        }

        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw new AwsException(
                "ValidationException", "The certificate is not a valid PEM-encoded X.509 certificate.");
        }
    }

    private static void CheckKey(X509Certificate2 certificate, string pem)
    {
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new AwsException("ValidationException", "The private key is encrypted. You must decrypt it first.");
        }

        try
        {
            using AsymmetricAlgorithm? key = CertificateFacts.KeyAlgorithm(certificate) switch
            {
                ['R', ..] => RsaKey(pem),
                ['E', ..] => CurveKey(pem),
                _ => null,
            };
            if (key is null)
            {
                throw new AwsException("ValidationException", "The key algorithm of the certificate is not supported.");
            }

            var expected = certificate.PublicKey.ExportSubjectPublicKeyInfo();
            if (!key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(expected))
            {
                throw new AwsException(
                    "ValidationException", "The private key does not match the public key of the certificate.");
            }
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            throw new AwsException("ValidationException", "The private key is not supported.");
        }
    }

    private static RSA RsaKey(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private static ECDsa CurveKey(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private static void CheckTime(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now < new DateTimeOffset(certificate.NotBefore) || now > new DateTimeOffset(certificate.NotAfter))
        {
            throw new AwsException(
                "ValidationException",
                "The certificate is not in its validity period: it has expired or is not yet valid.");
        }
    }

    private static void CheckChain(string? chain)
    {
        if (chain is null)
        {
            return;
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(chain);
        }
        catch (CryptographicException)
        {
            throw new AwsException("ValidationException", "The certificate chain is not in a valid PEM format.");
        }

        if (certificates.Count is 0)
        {
            throw new AwsException("ValidationException", "The certificate chain is not in a valid PEM format.");
        }
    }
}
