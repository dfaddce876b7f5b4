using Gwctl.Providers.Aws.Api.Acm;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Which of the account's certificates serves a hostname best: an exact name before a wildcard, then the one
/// that expires last, then the first by ARN.</summary>
internal static class CertificateChoice
{
    public static string? For(string hostname, IReadOnlyList<CertificateSummary> certificates) => certificates
        .Where(certificate => certificate.Status is CertificateStatus.ISSUED)
        .Select(certificate => (Certificate: certificate, Rank: Rank(hostname, certificate)))
        .Where(found => found.Rank is not null)
        .OrderBy(found => found.Rank)
        .ThenByDescending(found => found.Certificate.NotAfter ?? DateTimeOffset.MinValue)
        .ThenBy(found => found.Certificate.CertificateArn, StringComparer.Ordinal)
        .Select(found => found.Certificate.CertificateArn)
        .FirstOrDefault();

    private static int? Rank(string hostname, CertificateSummary certificate)
    {
        var names = certificate.SubjectAlternativeNameSummaries.Append(certificate.DomainName).ToList();
        if (names.Contains(hostname, StringComparer.OrdinalIgnoreCase))
        {
            return 0;
        }

        // A wildcard stands for exactly one label, and a wildcard hostname is covered only by itself.
        var dot = hostname.IndexOf('.');
        var covering = dot > 0 && !hostname.StartsWith('*') ? $"*{hostname[dot..]}" : "";
        return names.Contains(covering, StringComparer.OrdinalIgnoreCase) ? 1 : null;
    }
}
