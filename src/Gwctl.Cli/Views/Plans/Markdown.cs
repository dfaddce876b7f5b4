using System.Text;
using System.Text.RegularExpressions;
using Gwctl.Cli.Views.Texts;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Writes text that others chose into Markdown so that it stays text.</summary>
public static partial class Markdown
{
    /// <summary>In a code span, as a table's cell may hold it.</summary>
    public static string Code(string text)
    {
        if (text is "")
        {
            return "";
        }

        var safe = StyledWriter.Escape(text).Replace('\n', ' ').Replace("|", "\\|");
        var fence = new string('`', LongestRun(safe) + 1);
        return fence.Length is 1 ? $"`{safe}`" : $"{fence} {safe} {fence}";
    }

    /// <summary>In running text.</summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in StyledWriter.Escape(text).Replace('\n', ' '))
        {
            // A mention or a link is an action, not text: @ and :// are broken up by an entity.
            escaped.Append(character switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                '#' => "&#35;",
                '|' or '`' or '*' or '_' or '[' or ']' or '\\' or '!' or '~' => $"\\{character}",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>A fenced block of diff text, whose fence no line of the text can close.</summary>
    public static string DiffBlock(string text)
    {
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}diff\n{Signs().Replace(text.TrimEnd('\n'), SignFirst)}\n{fence}\n";
    }

    /// <summary>Diff highlighting looks at the first column only; a <c>~</c> is a <c>!</c> there.</summary>
    private static string SignFirst(Match match)
    {
        var sign = match.Groups["sign"].Value is "~" ? "!" : match.Groups["sign"].Value;
        return $"{sign}{match.Groups["margin"].Value} ";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character is '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    [GeneratedRegex(@"^(?<margin> *)(?<sign>-/\+|\+/-|[-+~]) ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signs();
}
