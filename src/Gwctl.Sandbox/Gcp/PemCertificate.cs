using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gwctl.Sandbox.Gcp;

/// <summary>What a given certificate says of itself.</summary>
/// <param name="Names">The DNS names that it is for.</param>
internal sealed record PemCertificate(IReadOnlyList<string> Names, DateTimeOffset NotAfter)
{
    /// <param name="chain">In PEM, the server's certificate first.</param>
    /// <param name="key">In PEM; it must be the certificate's.</param>
    /// <exception cref="GcpException">They cannot be read, or do not belong together.</exception>
    public static PemCertificate Read(string chain, string key)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(chain, key);
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(extension => extension.EnumerateDnsNames());
            return new PemCertificate([.. names], new DateTimeOffset(certificate.NotAfter));
        }
        catch (CryptographicException)
        {
            throw new GcpException(
                400, "sslCertificateCouldNotParseCert",
                "The SSL certificate could not be parsed, or the key is not its.");
        }
        catch (ArgumentException)
        {
            throw new GcpException(
                400, "sslCertificateCouldNotParseKey",
                "The private key is not the certificate's, or cannot be parsed.");
        }
    }
}
