using System.Text;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Validation;

/// <summary>Workflow commands of GitHub Actions (<c>::error file=…,line=…::…</c>): findings show beside the lines of a
/// pull request.</summary>
public sealed class GitHubValidationView(TextWriter writer) : IValidationView
{
    public void Show(SpecCounts? counts, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in DiagnosticList.Tidy(diagnostics))
        {
            writer.Write(LineOf(diagnostic));
            writer.Write('\n');
        }

        writer.Flush();
    }

    private static string LineOf(Diagnostic diagnostic)
    {
        var severity = diagnostic.Severity;
        var command = severity is Severity.Note ? "notice" : DiagnosticJson.SeverityName(severity);
        var line = new StringBuilder($"::{command} ");
        if (!diagnostic.Subject.IsNone)
        {
            line.Append($"file={Property(diagnostic.Subject.File)},");
            if (diagnostic.Subject.Line > 0)
            {
                line.Append($"line={diagnostic.Subject.Line},col={Math.Max(diagnostic.Subject.Column, 1)},");
            }
        }

        line.Append($"title={Property($"{diagnostic.Code} {diagnostic.Summary}")}");
        return line.Append($"::{Data(DiagnosticText.InOneParagraph(diagnostic))}").ToString();
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
