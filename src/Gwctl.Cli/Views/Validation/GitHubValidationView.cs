using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Validation;

/// <summary>An annotation of GitHub Actions for each finding.</summary>
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

    private static string LineOf(Diagnostic diagnostic) => GitHubAnnotation.Of(
        diagnostic.Severity is Severity.Note ? "notice" : DiagnosticJson.SeverityName(diagnostic.Severity),
        diagnostic.Subject,
        $"{diagnostic.Code} {diagnostic.Summary}",
        DiagnosticText.InOneParagraph(diagnostic));
}
