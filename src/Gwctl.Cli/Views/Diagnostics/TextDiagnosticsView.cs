using System.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Diagnostics;

/// <summary>As compilers write them: editors and CI systems know <c>file:line:column: error CODE: …</c>.</summary>
public sealed class TextDiagnosticsView(StyledWriter writer, SourceTexts sources) : IDiagnosticsView
{
    /// <summary>Of an excerpt; what is farther off in a longer line says little.</summary>
    private const int ExcerptColumnsMax = 160;

    private const int Indent = 2;

    public void Show(IEnumerable<Diagnostic> diagnostics)
    {
        var list = DiagnosticList.Tidy(diagnostics);
        foreach (var diagnostic in list)
        {
            Write(diagnostic);
        }

        if (list.Any(diagnostic => diagnostic.Severity is not Severity.Note))
        {
            writer.Line().Line(DiagnosticList.Count(list) + ".");
        }

        writer.Flush();
    }

    /// <summary>One finding, without the counts.</summary>
    public void Write(Diagnostic diagnostic)
    {
        if (!diagnostic.Subject.IsNone)
        {
            writer.Write($"{diagnostic.Subject}: ", Tone.Strong);
        }

        var (word, tone) = Word(diagnostic.Severity);
        writer.Write($"{word} {diagnostic.Code}", tone).Line($": {diagnostic.Summary}", Tone.Strong);
        WriteExcerpt(diagnostic.Subject);
        WriteParagraph("", diagnostic.Detail);
        WriteParagraph("help: ", diagnostic.Help);
    }

    private static (string Word, Tone Tone) Word(Severity severity) => severity switch
    {
        Severity.Error => ("error", Tone.Error),
        Severity.Warning => ("warning", Tone.Warning),
        Severity.Note => ("note", Tone.Note),
        _ => throw new UnreachableException(),
    };

    private void WriteExcerpt(SourceSpan span)
    {
        if (sources.Line(span) is not { } line || string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        var (excerpt, caret) = Excerpt(line.Replace('\t', ' '), span.Column - 1);
        var margin = $"{span.Line,5} | ";
        writer.Write(margin, Tone.Dim).Line(excerpt);
        if (caret >= 0 && caret < excerpt.Length)
        {
            writer.Write("      | ", Tone.Dim).Line(new string(' ', caret) + "^", Tone.Error);
        }
    }

    /// <summary>The part of a line that has the place in it, and where it is in that part.</summary>
    private static (string Text, int Caret) Excerpt(string line, int at)
    {
        var start = at < ExcerptColumnsMax ? 0 : Math.Min(at, line.Length) - (ExcerptColumnsMax / 2);
        var end = Math.Min(start + ExcerptColumnsMax, line.Length);
        var before = start > 0 ? "…" : "";
        var after = end < line.Length ? "…" : "";
        return ($"{before}{line[start..end]}{after}", at - start + before.Length);
    }

    private void WriteParagraph(string label, string text)
    {
        if (text is "")
        {
            return;
        }

        var lines = TextWrap.Lines(text, writer.Columns - Indent - label.Length);
        for (var index = 0; index < lines.Count; index++)
        {
            writer.Write(new string(' ', Indent));
            writer.Write(index is 0 ? label : new string(' ', label.Length), Tone.Note).Line(lines[index]);
        }
    }
}
