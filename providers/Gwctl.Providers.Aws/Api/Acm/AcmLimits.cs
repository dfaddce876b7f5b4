namespace Gwctl.Providers.Aws.Api.Acm;

/// <summary>How much one call takes (API reference, ACM 2015-12-08).</summary>
public static class AcmLimits
{
    public const int CertificatesPerPageMax = 1_000;
    public const int DomainNamesPerCertificateMax = 100;
    public const int TagsPerCertificateMax = 50;

    /// <summary>Letters, digits and underscores.</summary>
    public const int IdempotencyTokenLengthMax = 32;
}
