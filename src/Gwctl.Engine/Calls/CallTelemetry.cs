using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gwctl.Engine.Calls;

/// <summary>Spans per call, counts per attempt. Tags are names only, never contents.</summary>
public sealed class CallTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _durations;
    private readonly Histogram<double> _waits;

    /// <param name="name">Of the source and the meter: the assembly's.</param>
    /// <param name="provider">The provider's name, as in <c>gwctl.{provider}.calls</c>.</param>
    public CallTelemetry(string name, string provider)
    {
        Source = new ActivitySource(name);
        _meter = new Meter(name);
        _calls = _meter.CreateCounter<long>(
            $"gwctl.{provider}.calls", "{call}", "Attempts by service, operation and result");
        _durations = _meter.CreateHistogram<double>(
            $"gwctl.{provider}.call.duration", "s", "Duration of one attempt");
        _waits = _meter.CreateHistogram<double>(
            $"gwctl.{provider}.throttle.wait", "s", "Wait for the client-side token bucket");
    }

    public ActivitySource Source { get; }

    public void Record(CloudCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var tags = new TagList
        {
            { "service", call.Service },
            { "operation", call.Operation },
            { "result", call.Code ?? "ok" },
        };
        _calls.Add(1, tags);
        _durations.Record(call.Duration.TotalSeconds, tags);
        if (call.Waited > TimeSpan.Zero)
        {
            _waits.Record(call.Waited.TotalSeconds, new TagList { { "service", call.Service } });
        }
    }

    public void Dispose()
    {
        Source.Dispose();
        _meter.Dispose();
    }
}
