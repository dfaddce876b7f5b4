namespace Gwctl.Providers.Aws.Api.CloudWatch;

/// <summary>CloudWatch (2010-08-01). Each method is one operation, under the vendor's name.</summary>
public sealed partial class CloudWatchClient
{
    private readonly AwsChannel _channel;

    internal CloudWatchClient(AwsChannel channel) => _channel = channel;

    public Task<GetMetricDataResponse> GetMetricDataAsync(
        GetMetricDataRequest request,
        CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Operations.GetMetricData, request, cancellationToken);
}
