using static Gwctl.Sandbox.Aws.OperationHandler;

namespace Gwctl.Sandbox.Aws.CloudWatch;

/// <summary>CloudWatch, API version 2010-08-01, as far as load balancers publish to it: what the data plane has really
/// counted.</summary>
internal static class CloudWatchService
{
    public static AwsService Create() => new("cloudwatch", [Reads("GetMetricData", MetricData.Get)]);
}
