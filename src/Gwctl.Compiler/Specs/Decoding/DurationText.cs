using System.Globalization;
using System.Text;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>Gateway API durations (GEP-2257): one to four pairs of a number of up to five digits and a unit.</summary>
public static class DurationText
{
    public const int PairsMax = 4;
    public const int DigitsMax = 5;

    /// <summary>Reads <c>10s</c>, <c>1h30m</c>, <c>500ms</c>; no sign, no fraction, no space, no bare number.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var rest = text.AsSpan();
        var pairs = 0;
        while (rest.Length > 0)
        {
            var digits = 0;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            {
                digits++;
            }

            pairs++;
            if (digits is 0 or > DigitsMax || pairs > PairsMax
                || !TryUnit(rest[digits..], out var unit, out var length))
            {
                return false;
            }

            value += int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * unit;
            rest = rest[(digits + length)..];
        }

        return pairs > 0;
    }

    /// <summary>The canonical form: the largest units first, none that is zero; <c>0s</c> for zero.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        Append(text, (long)value.TotalHours, "h");
        Append(text, value.Minutes, "m");
        Append(text, value.Seconds, "s");
        Append(text, value.Milliseconds, "ms");
        return text.ToString();
    }

    private static void Append(StringBuilder text, long count, string unit)
    {
        if (count is not 0)
        {
            text.Append(count).Append(unit);
        }
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out TimeSpan unit, out int length)
    {
        (unit, length) = text switch
        {
            ['m', 's', ..] => (TimeSpan.FromMilliseconds(1), 2),
            ['h', ..] => (TimeSpan.FromHours(1), 1),
            ['m', ..] => (TimeSpan.FromMinutes(1), 1),
            ['s', ..] => (TimeSpan.FromSeconds(1), 1),
            _ => (TimeSpan.Zero, 0),
        };
        return length > 0;
    }
}
