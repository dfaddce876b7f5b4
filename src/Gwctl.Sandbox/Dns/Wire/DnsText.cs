using System.Text;

namespace Gwctl.Sandbox.Dns.Wire;

/// <summary>Labels and character strings, as zones spell them and as the wire has them.</summary>
internal static class DnsText
{
    /// <summary>Lower case; what is no letter, digit, hyphen or underscore is an octal escape.</summary>
    public static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        foreach (var value in label)
        {
            var character = char.ToLowerInvariant((char)value);
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_')
            {
                text.Append(character);
            }
            else
            {
                text.Append('\\').Append(Convert.ToString(character, 8).PadLeft(3, '0'));
            }
        }
    }

    /// <summary>The labels of a name, without the root's.</summary>
    public static IEnumerable<byte[]> Labels(string name) => name.TrimEnd('.') is { Length: > 0 } text
        ? text.Split('.').Select(Unescape)
        : [];

    /// <summary>The strings of a TXT value: <c>"a" "b"</c>.</summary>
    public static IEnumerable<byte[]> Strings(string value)
    {
        var index = 0;
        while ((index = value.IndexOf('"', index)) >= 0)
        {
            var end = index + 1;
            while (end < value.Length && value[end] is not '"')
            {
                end += value[end] is '\\' ? 2 : 1;
            }

            yield return Unescape(value[(index + 1)..Math.Min(end, value.Length)]);
            index = end + 1;
        }
    }

    /// <summary><c>\052</c> is octal, as Route 53 writes it; any other escaped character stands for itself.</summary>
    public static byte[] Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is not '\\' || index + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[index].ToString()));
            }
            else if (index + 3 < text.Length && IsOctal(text.AsSpan(index + 1, 3)))
            {
                bytes.Add(Convert.ToByte(text.Substring(index + 1, 3), 8));
                index += 3;
            }
            else
            {
                index++;
                bytes.AddRange(Encoding.UTF8.GetBytes(text[index].ToString()));
            }
        }

        return [.. bytes];
    }

    private static bool IsOctal(ReadOnlySpan<char> digits) =>
        digits[0] is >= '0' and <= '3' && !digits.ContainsAnyExceptInRange('0', '7');
}
