using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The dialect of regular expressions in rule conditions and transforms: no lookaround, backreferences, atomic
/// groups, possessive quantifiers, recursion or Unicode classes. Whether AWS anchors an expression is not documented,
/// so gwctl always writes both anchors.</summary>
internal static class AlbRegex
{
    /// <summary>Only parses: no text is ever matched here.</summary>
    private static readonly TimeSpan ParseTimeout = TimeSpan.FromSeconds(1);

    private static readonly SearchValues<char> Special = SearchValues.Create("\\^$.|?*+()[]{}");

    /// <summary>The text, to be matched literally.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (Special.Contains(letter))
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    /// <summary>The expression, to be matched from the first character to the last.</summary>
    public static string Anchor(string expression)
    {
        // Anchors of the user's bind more tightly than an alternative's bar: ^a|b$ is not ^(a|b)$.
        if (expression.Contains('|'))
        {
            return $"^({expression})$";
        }

        var start = expression.StartsWith('^') ? "" : "^";
        return $"{start}{expression}{(EndsWithAnchor(expression) ? "" : "$")}";
    }

    /// <summary>What of the expression is outside the dialect, as "which …"; null where nothing is.</summary>
    public static string? WhyRefused(string expression)
    {
        try
        {
            _ = new Regex(expression, RegexOptions.None, ParseTimeout);
        }
        catch (RegexParseException broken)
        {
            return $"is no regular expression: {broken.Error} at character {broken.Offset}";
        }

        return WhyOutside(expression);
    }

    private static string? WhyOutside(string expression)
    {
        var inClass = false;
        for (var index = 0; index < expression.Length; index++)
        {
            var letter = expression[index];
            var next = index + 1 < expression.Length ? expression[index + 1] : '\0';
            if (letter is '\\')
            {
                index++;
                if (WhyEscapeOutside(next) is { } why)
                {
                    return why;
                }
            }
            else if (inClass)
            {
                inClass = letter is not ']';
                if (letter is '-' && next is '[')
                {
                    return "subtracts character classes";
                }
            }
            else if (letter is '[')
            {
                inClass = true;

                // A bracket that comes first is a member of the class.
                var rest = expression.AsSpan(index + 1);
                index += rest.StartsWith("]") ? 1 : rest.StartsWith("^]") ? 2 : 0;
            }
            else if (letter is '(' && next is '?' && !expression.AsSpan(index).StartsWith("(?:"))
            {
                return "has a lookaround, an atomic or named group or an option";
            }
        }

        return null;
    }

    private static string? WhyEscapeOutside(char escaped) => escaped switch
    {
        'p' or 'P' => "has a Unicode class",
        >= '1' and <= '9' or 'k' => "has a backreference",
        'G' or 'A' or 'Z' or 'z' => "has an anchor other than ^ and $",
        _ => null,
    };

    private static bool EndsWithAnchor(string expression)
    {
        if (!expression.EndsWith('$'))
        {
            return false;
        }

        var backslashes = 0;
        while (backslashes < expression.Length - 1 && expression[^(backslashes + 2)] is '\\')
        {
            backslashes++;
        }

        return backslashes % 2 is 0;
    }
}
