using System.Globalization;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Gates;

/// <summary>The new side's requests against the old side's, over one window.</summary>
internal static class MetricsGate
{
    public static async Task<GateResult> AskAsync(
        CutoverGateSpec.Metrics gate, GateContext context, CancellationToken cancellationToken)
    {
        if (context.Weight is 0)
        {
            return gate.Result(GateVerdict.Pass, "not asked before the new side has a share");
        }

        if (gate.Prometheus is { } prometheus)
        {
            return Judge(gate, await PrometheusSource.ReadAsync(prometheus, gate.Window, cancellationToken));
        }

        if (context.NewBalancer is not { CountsRequests: true } balancer)
        {
            return gate.Result(GateVerdict.Inconclusive, "nobody counts the new side's requests");
        }

        var to = context.Clock.GetUtcNow();
        var next = await context.Balancers.ReadMetricsAsync(balancer, to - gate.Window, to, cancellationToken);
        var old = context.OldBalancer is { CountsRequests: true } other
            ? await context.Balancers.ReadMetricsAsync(other, to - gate.Window, to, cancellationToken)
            : null;
        return Judge(gate, new Compared(next, old));
    }

    /// <param name="Old">Null where nobody counts the old side's requests.</param>
    internal sealed record Compared(RequestMetrics New, RequestMetrics? Old);

    internal static GateResult Judge(CutoverGateSpec.Metrics gate, Compared compared)
    {
        var (next, old) = (compared.New, compared.Old);
        List<Measurement> measured =
        [
            new("new requests", Text(next.Requests)), new("new errors", Percent(ErrorsOf(next))),
            new("new latency", Latency(next.MeanLatency)),
            new("old requests", old is null ? "not counted" : Text(old.Requests)),
            new("old errors", old is null ? "not counted" : Percent(ErrorsOf(old))),
            new("old latency", Latency(old?.MeanLatency)),
        ];
        if (next.Requests < gate.SamplesMin)
        {
            return gate.Result(
                GateVerdict.Inconclusive,
                $"{Text(next.Requests)} requests in {gate.Window:g}, at least {gate.SamplesMin} say something",
                measured);
        }

        var failures = Absolute(gate, next).ToList();
        var needsOld = gate.ErrorPercentAboveOldMax is not null || gate.LatencyPercentOfOldMax is not null;
        if (needsOld && old is { Requests: > 0 })
        {
            failures.AddRange(Relative(gate, next, old));
        }
        else if (needsOld && failures.Count is 0 && !IsAlone(old))
        {
            return gate.Result(GateVerdict.Inconclusive, "nobody counts the old side's requests", measured);
        }

        return failures.Count is 0
            ? gate.Result(GateVerdict.Pass, $"{Text(next.Requests)} requests within the limits", measured)
            : gate.Result(GateVerdict.Fail, string.Join(", ", failures), measured);
    }

    /// <summary>At the end the old side has no requests to compare with, and that is as it should be.</summary>
    private static bool IsAlone(RequestMetrics? old) => old is { Requests: 0 };

    private static IEnumerable<string> Absolute(CutoverGateSpec.Metrics gate, RequestMetrics next)
    {
        if (ErrorsOf(next) > gate.ErrorPercentMax)
        {
            yield return $"{Percent(ErrorsOf(next))} errors, at most {Percent(gate.ErrorPercentMax ?? 0)}";
        }

        if (next.MeanLatency > gate.LatencyMax)
        {
            yield return $"latency {Latency(next.MeanLatency)}, at most {Latency(gate.LatencyMax)}";
        }
    }

    private static IEnumerable<string> Relative(CutoverGateSpec.Metrics gate, RequestMetrics next, RequestMetrics old)
    {
        if (ErrorsOf(next) - ErrorsOf(old) > gate.ErrorPercentAboveOldMax)
        {
            yield return $"{Percent(ErrorsOf(next))} errors, {Percent(ErrorsOf(old))} on the old side, at most "
                + $"{Percent(gate.ErrorPercentAboveOldMax ?? 0)} more";
        }

        if (next.MeanLatency is { } now && old.MeanLatency is { } before && before > TimeSpan.Zero
            && 100 * now / before > gate.LatencyPercentOfOldMax)
        {
            yield return $"latency {Latency(now)}, {Latency(before)} on the old side, at most "
                + $"{gate.LatencyPercentOfOldMax} percent of it";
        }
    }

    private static double ErrorsOf(RequestMetrics metrics) =>
        metrics.Requests > 0 ? 100 * metrics.ServerErrors / metrics.Requests : 0;

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static string Percent(double number) => number.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Latency(TimeSpan? time) => time is { } known
        ? known.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms"
        : "not measured";
}
