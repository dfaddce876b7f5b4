using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes spec.gates[] of a Cutover.</summary>
internal static class CutoverGateDecoder
{
    /// <summary>In a row.</summary>
    public const int FailuresMax = 100;

    private const int ArgumentsMax = 64;
    private const int TextMax = 4_096;
    private const int ProbesMax = 1_000;
    private const int SamplesMax = 1_000_000_000;

    private static readonly string[] Kinds = ["probe", "targetHealth", "metrics", "command", "webhook"];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan WindowMin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(1);
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(7);

    private static readonly TextRule Url = new(
        1, TextMax, Forms.IsHttpUrl, "is no absolute URL of http or https",
        "Write it as https://shop.example.com/healthz, without a fragment and without credentials.");

    public static CutoverGateSpec? Decode(NodeReader reader, EquatableList<Located<string>> hostnames)
    {
        var name = reader.RequiredText("name", TextRule.Length(1, 63));
        var failures = reader.Int("consecutiveFailures", 1, FailuresMax)?.Value;
        var given = Kinds.Where(reader.Has).ToList();
        if (given is not [var kind])
        {
            reader.Problems.Add(CutoverDiagnostics.OneOf(
                given is [_, var second, ..] ? reader.PlaceOf(second) : reader.Span, reader.Path, given, Kinds));
            reader.Ignore([.. Kinds]);
            return null;
        }

        reader.Ignore([.. Kinds.Where(other => other != kind)]);
        var gate = reader.Section<CutoverGateSpec>(kind, inner => kind switch
        {
            "probe" => DecodeProbe(inner, name, hostnames),
            "targetHealth" => new CutoverGateSpec.TargetHealth(
                name, inner.Int("healthyPercentMin", 1, 100)?.Value ?? 100, inner.Span),
            "metrics" => DecodeMetrics(inner, name),
            "command" => new CutoverGateSpec.Command(
                name, inner.Texts("argv", TextRule.Length(0, TextMax), 1, ArgumentsMax), TimeoutOf(inner), inner.Span),
            _ => new CutoverGateSpec.Webhook(name, inner.RequiredText("url", Url), TimeoutOf(inner), inner.Span),
        });
        return gate is null ? null : gate with { ConsecutiveFailures = failures };
    }

    private static CutoverGateSpec.Probe DecodeProbe(
        NodeReader reader, Located<string> name, EquatableList<Located<string>> hostnames)
    {
        var url = reader.RequiredText("url", Url);
        if (Uri.TryCreate(url.Value, UriKind.Absolute, out var parsed)
            && !hostnames.Any(hostname => Covers(hostname.Value, parsed.Host)))
        {
            reader.Problems.Add(CutoverDiagnostics.ProbesElsewhere(url, reader.PathOf("url"), parsed.Host));
        }

        return new CutoverGateSpec.Probe(name, reader.Span)
        {
            Url = url,
            Status = reader.NumberOrText("status", Forms.StatusCodes)?.Value ?? "200-399",
            Body = reader.Text("body", TextRule.Length(1, TextMax))?.Value,
            LatencyMax = reader.Duration("latencyMax", TimeSpan.FromMilliseconds(1), TimeoutMax)?.Value,
            CertificateLifeMin = reader.Duration("certificateLifeMin", TimeSpan.Zero, TimeSpan.FromDays(365))?.Value
                ?? CertificateLife,
            Count = reader.Int("count", 1, ProbesMax)?.Value ?? 3,
            Timeout = TimeoutOf(reader),
            CaFile = reader.Text("caFile", TextRule.Length(1, TextMax))?.Value,
        };
    }

    private static CutoverGateSpec.Metrics DecodeMetrics(NodeReader reader, Located<string> name)
    {
        var gate = new CutoverGateSpec.Metrics(name, reader.Span)
        {
            Prometheus = reader.Section("prometheus", DecodePrometheus),
            Window = reader.Duration("window", WindowMin, WindowMax)?.Value ?? TimeSpan.FromMinutes(10),
            SamplesMin = reader.Int("samplesMin", 1, SamplesMax)?.Value ?? 100,
            ErrorPercentMax = reader.Percent("errorPercentMax")?.Value,
            ErrorPercentAboveOldMax = reader.Percent("errorPercentAboveOldMax")?.Value,
            LatencyMax = reader.Duration("latencyMax", TimeSpan.FromMilliseconds(1), TimeoutMax)?.Value,
            LatencyPercentOfOldMax = reader.Int("latencyPercentOfOldMax", 1, 10_000)?.Value,
        };
        if (!reader.Has("errorPercentMax") && !reader.Has("errorPercentAboveOldMax")
            && !reader.Has("latencyMax") && !reader.Has("latencyPercentOfOldMax"))
        {
            reader.Problems.Add(CutoverDiagnostics.JudgesNothing(reader.Span, reader.Path));
        }

        if (gate.Prometheus is { } prometheus)
        {
            CheckQueries(gate, prometheus, reader);
        }

        return gate;
    }

    private static void CheckQueries(CutoverGateSpec.Metrics gate, PrometheusSpec prometheus, NodeReader reader)
    {
        var comparesErrors = gate.ErrorPercentAboveOldMax is not null;
        var comparesLatency = gate.LatencyPercentOfOldMax is not null;
        if ((comparesErrors || comparesLatency) && prometheus.Old is null)
        {
            reader.Problems.Add(CutoverDiagnostics.QueryMissing(prometheus.New.Span, "old"));
        }

        if ((gate.LatencyMax is not null || comparesLatency) && prometheus.New.LatencySeconds is null)
        {
            reader.Problems.Add(CutoverDiagnostics.QueryMissing(prometheus.New.Span, "new.latencySeconds"));
        }

        if (comparesLatency && prometheus.Old is { LatencySeconds: null } old)
        {
            reader.Problems.Add(CutoverDiagnostics.QueryMissing(old.Span, "old.latencySeconds"));
        }
    }

    private static PrometheusSpec? DecodePrometheus(NodeReader reader)
    {
        var url = reader.RequiredText("url", Url);
        var old = reader.Section("old", DecodeQueries);
        return reader.RequiredSection("new", DecodeQueries) is { } queries
            ? new PrometheusSpec(url, queries, old)
            : null;
    }

    private static MetricQueriesSpec DecodeQueries(NodeReader reader) => new(
        reader.RequiredText("requests", TextRule.Length(1, TextMax)).Value,
        reader.RequiredText("errors", TextRule.Length(1, TextMax)).Value,
        reader.Text("latencySeconds", TextRule.Length(1, TextMax))?.Value,
        reader.Span);

    private static TimeSpan TimeoutOf(NodeReader reader) =>
        reader.Duration("timeout", Second, TimeoutMax)?.Value ?? TimeSpan.FromSeconds(30);

    private static bool Covers(string hostname, string host) => hostname is ['*', '.', ..]
        ? host.EndsWith(hostname[1..], StringComparison.OrdinalIgnoreCase) && host.Length > hostname.Length - 1
        : string.Equals(host, hostname, StringComparison.OrdinalIgnoreCase);
}
