using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gwctl.Controller.Operations;

/// <summary>What the controller measures. Names are stable; tags are names only, never contents.</summary>
public sealed class ControllerTelemetry : IDisposable
{
    /// <summary>Of the meter and of the source of traces.</summary>
    public const string Name = "Gwctl.Controller";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _queueLatency;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _drift;
    private readonly Histogram<long> _planSteps;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _statusWrites;
    private readonly Counter<long> _watchFailures;

    /// <param name="queueDepth">Asked whenever the metrics are.</param>
    /// <param name="shardsHeld">As above.</param>
    /// <param name="objects">As above: in the store.</param>
    /// <param name="orphans">As above: at the last look.</param>
    public ControllerTelemetry(Func<int> queueDepth, Func<int> shardsHeld, Func<int> objects, Func<int> orphans)
    {
        _queueLatency = _meter.CreateHistogram<double>(
            "gwctl.controller.queue.latency", "s", "From the first reason to look at something until it is looked at");
        _durations = _meter.CreateHistogram<double>(
            "gwctl.controller.reconcile.duration", "s", "Of one look at a Gateway or GatewayClass, by result");
        _errors = _meter.CreateCounter<long>(
            "gwctl.controller.reconcile.errors", "{error}", "Looks that went wrong, by the diagnostic's code");
        _drift = _meter.CreateCounter<long>(
            "gwctl.controller.drift", "{object}", "Cloud objects that somebody else had changed");
        _planSteps = _meter.CreateHistogram<long>(
            "gwctl.controller.plan.steps", "{step}", "Steps of plans that change something");
        _steps = _meter.CreateCounter<long>(
            "gwctl.controller.steps", "{step}", "Steps carried out, by action, kind and result");
        _statusWrites = _meter.CreateCounter<long>(
            "gwctl.controller.status.writes", "{write}", "Status written, by kind");
        _watchFailures = _meter.CreateCounter<long>(
            "gwctl.controller.watch.failures", "{failure}", "Lists and watches that failed, by resource");
        _meter.CreateObservableGauge(
            "gwctl.controller.queue.depth", queueDepth, "{item}", "Gateways and classes that wait");
        _meter.CreateObservableGauge(
            "gwctl.controller.shards.held", shardsHeld, "{shard}", "Shards whose lease this replica holds");
        _meter.CreateObservableGauge(
            "gwctl.controller.objects", objects, "{object}", "Objects of the cluster in memory");
        _meter.CreateObservableGauge(
            "gwctl.controller.orphans", orphans, "{gateway}",
            "Gateways that are not in the cluster, and have objects in a cloud under our owner's mark");
    }

    public void Taken(TimeSpan waited) => _queueLatency.Record(waited.TotalSeconds);

    public void Reconciled(string kind, string result, TimeSpan duration) => _durations.Record(
        duration.TotalSeconds, new TagList { { "kind", kind }, { "result", result } });

    public void Failed(string kind, string code) => _errors.Add(1, new TagList { { "kind", kind }, { "code", code } });

    public void Drifted(int objects) => _drift.Add(objects);

    public void Planned(int steps) => _planSteps.Record(steps);

    public void Stepped(string action, string kind, string result) => _steps.Add(
        1, new TagList { { "action", action }, { "kind", kind }, { "result", result } });

    public void StatusWritten(string kind) => _statusWrites.Add(1, new TagList { { "kind", kind } });

    public void WatchFailed(string resource) => _watchFailures.Add(1, new TagList { { "resource", resource } });

    public void Dispose() => _meter.Dispose();
}
