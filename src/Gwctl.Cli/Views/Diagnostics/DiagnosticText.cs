using Gwctl.Core;

namespace Gwctl.Cli.Views.Diagnostics;

/// <summary>A finding for readers that show one text.</summary>
public static class DiagnosticText
{
    /// <summary>Summary, detail and help in one paragraph; the code is shown elsewhere.</summary>
    public static string InOneParagraph(Diagnostic diagnostic)
    {
        var summary = diagnostic.Summary.EndsWith('.') ? diagnostic.Summary : diagnostic.Summary + ".";
        return string.Join(' ', new[] { summary, diagnostic.Detail, diagnostic.Help }.Where(text => text is not ""));
    }
}
