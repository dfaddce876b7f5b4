using Gwctl.Core;

namespace Gwctl.Engine.Providers;

/// <summary>The Gateway API's weights of 0 to 1,000,000 as weights within a cloud's bound.</summary>
public static class WeightScale
{
    /// <summary>In shares of all requests: half a request in a thousand.</summary>
    private const double AbsoluteLossMax = 0.0005;

    /// <summary>In shares of the backend's own requests.</summary>
    private const double RelativeLossMax = 0.1;

    /// <summary>As they are where they fit, in lowest terms where that fits, else scaled to the bound; above 0 stays
    /// above 0.</summary>
    /// <param name="weights">Each 0 or more.</param>
    /// <param name="bound">The highest that the cloud takes.</param>
    public static EquatableList<int> Scale(IReadOnlyList<long> weights, int bound)
    {
        var max = weights.Count is 0 ? 0 : weights.Max();
        if (max <= bound)
        {
            return [.. weights.Select(weight => (int)weight)];
        }

        var divisor = weights.Aggregate(0L, Gcd);
        return max / divisor <= bound
            ? [.. weights.Select(weight => (int)(weight / divisor))]
            : [.. weights.Select(weight => weight is 0
                ? 0
                : (int)Math.Max(1, ((weight * bound) + (max / 2)) / max))];
    }

    /// <summary>True where a share of the traffic is no longer what was asked for, by more than anybody would overlook.
    /// </summary>
    /// <param name="before">0 to 1.</param>
    /// <param name="after">0 to 1.</param>
    public static bool IsLoss(double before, double after)
    {
        var difference = Math.Abs(before - after);
        return difference > AbsoluteLossMax || (before > 0 && difference / before > RelativeLossMax);
    }

    private static long Gcd(long left, long right) => right is 0 ? left : Gcd(right, left % right);
}
