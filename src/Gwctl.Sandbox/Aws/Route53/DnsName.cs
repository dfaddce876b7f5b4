using System.Text;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>DNS names as Route 53 keeps them: lower case, with a dot at the end, and every character outside of
/// letters,
/// digits, hyphen and underscore as an octal escape. <c>*</c> is <c>\052</c>.</summary>
internal static class DnsName
{
    public static string Normal(string name)
    {
        var text = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            var character = name[index];
            if (character is '\\' && Octal(name, index + 1) is { } escaped)
            {
                character = escaped;
                index += 3;
                Append(text, character, plain: character is not '.');
            }
            else
            {
                Append(text, character, plain: true);
            }
        }

        return text is { Length: > 0 } && text[^1] is '.' ? text.ToString() : text.Append('.').ToString();
    }

    public static string Reversed(string name) =>
        string.Join('.', name.TrimEnd('.').Split('.').Reverse()) + ".";

    public static bool IsWithin(string name, string zone) =>
        name == zone || name.EndsWith($".{zone}", StringComparison.Ordinal);

    /// <summary>Labels of 1 to 63 characters, 255 in all.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 1 and <= 255 && name.TrimEnd('.').Split('.').All(label => label.Length is >= 1 and <= 63);

    private static void Append(StringBuilder text, char character, bool plain)
    {
        var lower = char.ToLowerInvariant(character);
        if (plain && (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || lower is '-' or '_' or '.'))
        {
            text.Append(lower);
        }
        else
        {
            text.Append('\\').Append(Convert.ToString(lower, 8).PadLeft(3, '0'));
        }
    }

    private static char? Octal(string text, int start)
    {
        if (start + 3 > text.Length)
        {
            return null;
        }

        var digits = text.AsSpan(start, 3);
        return digits.ContainsAnyExceptInRange('0', '7') ? null : (char)Convert.ToInt32(digits.ToString(), 8);
    }
}
