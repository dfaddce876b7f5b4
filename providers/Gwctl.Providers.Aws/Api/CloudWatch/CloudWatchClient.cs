namespace Gwctl.Providers.Aws.Api.CloudWatch;

/// <summary>CloudWatch (2010-08-01). Each method is one operation, under the vendor's name.</summary>
public sealed class CloudWatchClient
{
    private readonly AwsChannel _channel;

    internal CloudWatchClient(AwsChannel channel) => _channel = channel;

    public Task<GetMetricDataResponse> GetMetricDataAsync(
        GetMetricDataRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetMetricData, request, cancellationToken);

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
