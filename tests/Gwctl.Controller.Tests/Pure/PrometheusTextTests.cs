using System.Diagnostics.Metrics;
using Gwctl.Controller.Operations;

namespace Gwctl.Controller.Tests.Pure;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written_as_Prometheus_reads_them()
    {
        var name = $"Gwctl.Test.{nameof(PrometheusTextTests)}";
        using var text = new PrometheusText(name);
        using var meter = new Meter(name);
        meter.CreateObservableGauge("test.depth", () => 3, "{item}", "Waiting");
        var calls = meter.CreateCounter<long>("test.calls");
        calls.Add(1, new KeyValuePair<string, object?>("service", "a"), new("result", "ok \"x\""));
        calls.Add(2, new KeyValuePair<string, object?>("result", "ok \"x\""), new("service", "a"));
        var times = meter.CreateHistogram<double>("test.time", "s");
        times.Record(0.2);
        times.Record(400);
        var lines = text.Write().Split('\n');
        Assert.Contains("# HELP test_depth Waiting", lines);
        Assert.Contains("# TYPE test_depth gauge", lines);
        Assert.Contains("test_depth 3", lines);
        Assert.Contains("# TYPE test_calls_total counter", lines);
        Assert.Contains("test_calls_total{result=\"ok \\\"x\\\"\",service=\"a\"} 3", lines);
        Assert.Contains("test_time_seconds_bucket{le=\"0.1\"} 0", lines);
        Assert.Contains("test_time_seconds_bucket{le=\"0.25\"} 1", lines);
        Assert.Contains("test_time_seconds_bucket{le=\"+Inf\"} 2", lines);
        Assert.Contains("test_time_seconds_sum 400.2", lines);
        Assert.Contains("test_time_seconds_count 2", lines);
    }
}
