using System.Buffers;
using System.Globalization;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>Durations in Go's notation, such as <c>1m30s</c> or <c>250ms</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001), ("us", 0.000001), ("µs", 0.000001), ("ns", 0.000000001), ("h", 3600), ("m", 60), ("s", 1),
    ];

    /// <returns>Null where the text is no duration.</returns>
    public static TimeSpan? Parse(ReadOnlySpan<char> text)
    {
        var total = 0.0;
        var rest = text;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits < 1 || !double.TryParse(rest[..digits], NumberStyles.Float, null, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            if (UnitOf(rest) is not var (unit, seconds))
            {
                return null;
            }

            total += number * seconds;
            rest = rest[unit.Length..];
        }

        return text.IsEmpty || total > TimeSpan.FromDays(1).TotalSeconds ? null : TimeSpan.FromSeconds(total);
    }

    private static (string Unit, double Seconds)? UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var unit in Units)
        {
            if (text.StartsWith(unit.Unit, StringComparison.Ordinal))
            {
                return unit;
            }
        }

        return null;
    }
}
