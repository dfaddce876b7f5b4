using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Spans per call, counts per attempt. Tags are names only, never contents.</summary>
internal static class GcpTelemetry
{
    public const string Name = "Gwctl.Providers.Gcp";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Calls =
        Meter.CreateCounter<long>("gwctl.gcp.calls", "{call}", "Attempts by service, operation and result");
    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("gwctl.gcp.call.duration", "s", "Duration of one attempt");
    private static readonly Histogram<double> Waits =
        Meter.CreateHistogram<double>("gwctl.gcp.throttle.wait", "s", "Wait for the client-side token bucket");

    public static void Record(GcpCall call)
    {
        var tags = new TagList
        {
            { "service", call.Service },
            { "operation", call.Operation },
            { "result", call.Reason ?? "ok" },
        };
        Calls.Add(1, tags);
        Durations.Record(call.Duration.TotalSeconds, tags);
        if (call.Waited > TimeSpan.Zero)
        {
            Waits.Record(call.Waited.TotalSeconds, new TagList { { "service", call.Service } });
        }
    }
}
