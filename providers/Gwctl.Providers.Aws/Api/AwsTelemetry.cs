using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gwctl.Providers.Aws.Api;

/// <summary>Spans per call, counts per attempt. Tags are names only, never contents.</summary>
internal static class AwsTelemetry
{
    public const string Name = "Gwctl.Providers.Aws";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Calls =
        Meter.CreateCounter<long>("gwctl.aws.calls", "{call}", "Attempts by service, operation and result");
    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("gwctl.aws.call.duration", "s", "Duration of one attempt");
    private static readonly Histogram<double> Waits =
        Meter.CreateHistogram<double>("gwctl.aws.throttle.wait", "s", "Wait for the client-side token bucket");

    public static void Record(AwsCall call)
    {
        var tags = new TagList
        {
            { "service", call.Service },
            { "operation", call.Operation },
            { "result", call.Code ?? "ok" },
        };
        Calls.Add(1, tags);
        Durations.Record(call.Duration.TotalSeconds, tags);
        if (call.Waited > TimeSpan.Zero)
        {
            Waits.Record(call.Waited.TotalSeconds, new TagList { { "service", call.Service } });
        }
    }
}
