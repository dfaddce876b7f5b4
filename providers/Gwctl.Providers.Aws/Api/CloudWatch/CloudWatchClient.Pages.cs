namespace Gwctl.Providers.Aws.Api.CloudWatch;

/// <summary>The paged lists, walked to their ends.</summary>
public sealed partial class CloudWatchClient
{
    /// <summary>The results of all pages; a query's values may be spread over several of them.</summary>
    public IAsyncEnumerable<MetricDataResult> GetAllMetricDataAsync(
        GetMetricDataRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => GetMetricDataAsync(request with { NextToken = token }, stop),
            page => page.MetricDataResults,
            page => page.NextToken,
            cancellationToken);
}
