using System.Text;
using Gwctl.Core;

namespace Gwctl.Cli.Views;

/// <summary>Workflow commands of GitHub Actions (<c>::error file=…,line=…::…</c>), which show beside the lines of a
/// pull request.</summary>
public static class GitHubAnnotation
{
    /// <param name="command">error, warning or notice.</param>
    /// <returns>One line, without its end.</returns>
    public static string Of(string command, SourceSpan place, string title, string text)
    {
        var line = new StringBuilder($"::{command} ");
        if (!place.IsNone)
        {
            line.Append($"file={Property(place.File)},");
            if (place.Line > 0)
            {
                line.Append($"line={place.Line},col={Math.Max(place.Column, 1)},");
            }
        }

        return line.Append($"title={Property(title)}::{Data(text)}").ToString();
    }

    // As the runner undoes it: a line is a command, so nothing of ours may end one.
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
