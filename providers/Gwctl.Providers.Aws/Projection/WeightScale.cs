using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Weights of 0 to 1,000,000 as weights of 0 to 999.</summary>
internal static class WeightScale
{
    /// <summary>In shares of all requests: half a request in a thousand.</summary>
    private const double AbsoluteLossMax = 0.0005;

    /// <summary>In shares of the backend's own requests.</summary>
    private const double RelativeLossMax = 0.1;

    /// <summary>As they are where they fit, in lowest terms where that fits, else scaled to the bound; above 0 stays
    /// above 0.
    /// </summary>
    public static EquatableList<int> Scale(IReadOnlyList<long> weights)
    {
        var max = weights.Count is 0 ? 0 : weights.Max();
        if (max <= AlbLimits.WeightMax)
        {
            return [.. weights.Select(weight => (int)weight)];
        }

        var divisor = weights.Aggregate(0L, Gcd);
        return max / divisor <= AlbLimits.WeightMax
            ? [.. weights.Select(weight => (int)(weight / divisor))]
            : [.. weights.Select(weight => weight is 0
                ? 0
                : (int)Math.Max(1, ((weight * AlbLimits.WeightMax) + (max / 2)) / max))];
    }

    public static bool IsLoss(double before, double after)
    {
        var difference = Math.Abs(before - after);
        return difference > AbsoluteLossMax || (before > 0 && difference / before > RelativeLossMax);
    }

    private static long Gcd(long left, long right) => right is 0 ? left : Gcd(right, left % right);
}
