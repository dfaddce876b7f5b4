namespace Gwctl.Providers.Aws.Api.Acm;

/// <summary>The paged lists, walked to their ends.</summary>
public sealed partial class AcmClient
{
    public IAsyncEnumerable<CertificateSummary> ListAllCertificatesAsync(
        ListCertificatesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => ListCertificatesAsync(request with { NextToken = token }, stop),
            page => page.CertificateSummaryList,
            page => page.NextToken,
            cancellationToken);
}
