using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.CloudWatch;

/// <summary>The operations: their class for the rate limits, and whether a repetition could double anything.</summary>
internal static class Operations
{
    public static readonly AwsOperation<GetMetricDataResponse> GetMetricData =
        new("GetMetricData", CallClass.Read, GetMetricDataResponse.Read);
}
