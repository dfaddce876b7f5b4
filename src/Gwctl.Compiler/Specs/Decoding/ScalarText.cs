using System.Globalization;
using System.Text.RegularExpressions;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>What a scalar means before any field asks for a type.</summary>
public enum ScalarKind
{
    Text,
    Null,
    Bool,
    Integer,
    Float,
}

/// <summary>Types plain scalars as Kubernetes' own YAML reader does: by the YAML 1.1 words (<c>yes</c> and <c>on</c>
/// are truth values), with octal, hexadecimal and binary numbers and <c>_</c> between digits. Quoted text is always
/// text. What it does not know either, as base 60 numbers and dates, is text.</summary>
public static partial class ScalarText
{
    public static ScalarKind KindOf(SpecNode.Scalar scalar)
    {
        if (scalar.Quoted)
        {
            return ScalarKind.Text;
        }

        var text = scalar.Text;
        if (text.Length is 0)
        {
            return ScalarKind.Null;
        }

        return text[0] switch
        {
            '~' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'y' or 'Y' or 'o' or 'O' => KindOfWord(text),
            (>= '0' and <= '9') or '+' or '-' or '.' => KindOfNumber(text),
            _ => ScalarKind.Text,
        };
    }

    public static bool IsNull(SpecNode node) => node is SpecNode.Scalar scalar && KindOf(scalar) is ScalarKind.Null;

    /// <summary>The value of a scalar of kind <see cref="ScalarKind.Bool"/>.</summary>
    public static bool IsTrue(SpecNode.Scalar scalar) => scalar.Text switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        _ => false,
    };

    /// <summary>The whole number that a plain scalar stands for; <c>80.0</c> is one, as in JSON.</summary>
    public static bool TryWholeNumber(SpecNode.Scalar scalar, out long value)
    {
        value = 0;
        if (scalar.Quoted || scalar.Text.Length is 0)
        {
            return false;
        }

        if (TryInteger(scalar.Text, out value))
        {
            return true;
        }

        if (!FloatForm().IsMatch(scalar.Text))
        {
            return false;
        }

        var number = double.Parse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        value = Math.Abs(number) < WholeFloatMax ? (long)number : 0;
        return Math.Abs(number) < WholeFloatMax && value == number;
    }

    /// <summary>True for <c>010</c>, which is 8 and seldom meant.</summary>
    public static bool IsOctalByLeadingZero(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] is '0' && digits[1] is >= '0' and <= '7';
    }

    /// <summary>2^53: beyond it a double no longer holds every whole number.</summary>
    private const double WholeFloatMax = 9_007_199_254_740_992;

    private static ScalarKind KindOfWord(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => ScalarKind.Bool,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" => ScalarKind.Bool,
        "off" or "Off" or "OFF" => ScalarKind.Bool,
        _ => ScalarKind.Text,
    };

    private static ScalarKind KindOfNumber(string text)
    {
        if (TryInteger(text, out _))
        {
            return ScalarKind.Integer;
        }

        return text switch
        {
            ".nan" or ".NaN" or ".NAN" => ScalarKind.Float,
            _ when FloatForm().IsMatch(text) || InfinityForm().IsMatch(text) => ScalarKind.Float,
            _ => ScalarKind.Text,
        };
    }

    private static bool TryInteger(string text, out long value)
    {
        var digits = text.AsSpan();
        var negative = digits[0] is '-';
        if (digits[0] is '-' or '+')
        {
            digits = digits[1..];
        }

        value = 0;
        if (digits.Length is 0 || digits[0] is < '0' or > '9')
        {
            return false;
        }

        var radix = RadixOf(ref digits);
        if (digits.Length is 0)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is '_')
            {
                continue;
            }

            var worth = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (worth >= radix || value > (long.MaxValue - worth) / radix)
            {
                return false;
            }

            value = value * radix + worth;
        }

        value = negative ? -value : value;
        return true;
    }

    private static int RadixOf(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] is not '0')
        {
            return 10;
        }

        var (radix, prefix) = digits[1] switch
        {
            'x' or 'X' => (16, 2),
            'o' or 'O' => (8, 2),
            'b' or 'B' => (2, 2),
            _ => (8, 1),
        };
        digits = digits[prefix..];
        return radix;
    }

    [GeneratedRegex(
        @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FloatForm();

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InfinityForm();
}
