using System.Globalization;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Shares as text.</summary>
internal static class Percents
{
    /// <summary>With at most four decimals, as the attribute has it.</summary>
    /// <param name="percent">0 to 100.</param>
    public static string TextOf(double percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>For people: <c>12.5%</c>.</summary>
    /// <param name="share">0 to 1.</param>
    public static string Of(double share) => $"{TextOf(share * 100)}%";
}
