using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Running;

/// <summary>The share of requests that the new side really gets: resolvers and kept connections make it another than
/// the
/// weight says.</summary>
internal static class Shares
{
    private static readonly TimeSpan WindowMax = TimeSpan.FromMinutes(30);

    /// <summary>Since the last step had reached everybody, at most half an hour; null where nobody counts on both
    /// sides,
    /// or nothing was counted.</summary>
    public static async Task<double?> ObservedAsync(
        BalancerFacts? next, BalancerFacts? old, IReadOnlyList<NameReport> names, CutoverParts parts,
        CancellationToken cancellationToken)
    {
        var drained = names.Max(name => name.DrainedAt);
        var now = parts.Clock.GetUtcNow();
        if (drained is not { } since || since >= now || next is not { CountsRequests: true }
            || old is not { CountsRequests: true })
        {
            return null;
        }

        var from = now - since > WindowMax ? now - WindowMax : since;
        var ofNew = await parts.Balancers.ReadMetricsAsync(next, from, now, cancellationToken);
        var ofOld = await parts.Balancers.ReadMetricsAsync(old, from, now, cancellationToken);
        var total = ofNew.Requests + ofOld.Requests;
        return total > 0 ? 100 * ofNew.Requests / total : null;
    }
}
