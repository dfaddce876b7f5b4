using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>spec.gates[]: what must hold before a step is taken.</summary>
public abstract record CutoverGateSpec(Located<string> Name, SourceSpan Span)
{
    /// <summary>How many askings in a row must fail, one by each run; null is what spec.abort says.</summary>
    public int? ConsecutiveFailures { get; init; }

    /// <summary>Requests to the new load balancer by its own address, with the URL's host as Host and server
    /// name.</summary>
    public sealed record Probe(Located<string> Name, SourceSpan Span) : CutoverGateSpec(Name, Span)
    {
        /// <summary>Absolute, http or https; its host is one of the document's hostnames.</summary>
        public required Located<string> Url { get; init; }

        /// <summary>Status codes and ranges, as <c>200</c>, <c>200-299</c> or <c>200,204</c>.</summary>
        public required string Status { get; init; }

        /// <summary>A text that the body must contain; null where any body will do.</summary>
        public string? Body { get; init; }

        public TimeSpan? LatencyMax { get; init; }

        /// <summary>For how long the certificate must still be valid; 0 where today is enough.</summary>
        public required TimeSpan CertificateLifeMin { get; init; }

        /// <summary>Requests to each address of the load balancer.</summary>
        public required int Count { get; init; }

        public required TimeSpan Timeout { get; init; }

        /// <summary>A file of certificates (PEM) to trust instead of the system's.</summary>
        public string? CaFile { get; init; }
    }

    /// <summary>The cloud's own word on the health of the new side's targets.</summary>
    /// <param name="HealthyPercentMin">1 to 100, of the targets of each group.</param>
    public sealed record TargetHealth(Located<string> Name, int HealthyPercentMin, SourceSpan Span)
        : CutoverGateSpec(Name, Span);

    /// <summary>The new side's requests against the old side's, over one window. Asked only while the new side has a
    /// share.</summary>
    public sealed record Metrics(Located<string> Name, SourceSpan Span) : CutoverGateSpec(Name, Span)
    {
        /// <summary>Null asks the cloud of the Gateway.</summary>
        public PrometheusSpec? Prometheus { get; init; }

        public required TimeSpan Window { get; init; }

        /// <summary>Fewer requests to the new side in the window say nothing.</summary>
        public required int SamplesMin { get; init; }

        /// <summary>The largest share of server errors, in percent; null is any.</summary>
        public double? ErrorPercentMax { get; init; }

        /// <summary>By how many percentage points the share of errors may be above the old side's; null is
        /// any.</summary>
        public double? ErrorPercentAboveOldMax { get; init; }

        /// <summary>The largest mean latency; null is any.</summary>
        public TimeSpan? LatencyMax { get; init; }

        /// <summary>The new side's mean latency in percent of the old side's; null is any.</summary>
        public int? LatencyPercentOfOldMax { get; init; }
    }

    /// <summary>A program: exit code 0 passes, 75 is inconclusive, everything else fails.</summary>
    public sealed record Command(
        Located<string> Name, EquatableList<Located<string>> Arguments, TimeSpan Timeout, SourceSpan Span)
        : CutoverGateSpec(Name, Span);

    /// <summary>A POST with what the cutover is about; the answer's status, or a JSON body's verdict,
    /// decides.</summary>
    public sealed record Webhook(Located<string> Name, Located<string> Url, TimeSpan Timeout, SourceSpan Span)
        : CutoverGateSpec(Name, Span);
}

/// <summary>gates[].metrics.prometheus. Each query gives one number; <c>$window</c> in it stands for the
/// window.</summary>
/// <param name="Url">The server, without <c>/api/v1/query</c>.</param>
/// <param name="Old">Null where nothing is compared with the old side.</param>
public sealed record PrometheusSpec(Located<string> Url, MetricQueriesSpec New, MetricQueriesSpec? Old);

/// <summary>Queries for one side, over the window.</summary>
/// <param name="Requests">How many requests.</param>
/// <param name="Errors">How many of them failed with a server error.</param>
/// <param name="LatencySeconds">Their mean latency; null where latency is not judged.</param>
public sealed record MetricQueriesSpec(string Requests, string Errors, string? LatencySeconds, SourceSpan Span);
