using System.Buffers;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>How a piece of text is written.</summary>
internal enum SpecFormat
{
    Yaml,
    Json,

    /// <summary>JSON by its first character; YAML's flow style where that fails.</summary>
    JsonOrYaml,
}

/// <summary>A piece of a source that can be parsed by itself.</summary>
/// <param name="LineOffset">Lines of the file before it.</param>
internal sealed record DocumentText(string File, ReadOnlyMemory<char> Text, int LineOffset, SpecFormat Format)
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\u0085\u2028\u2029");

    /// <summary>Splits YAML at its document markers, so that a mistake in one document spares the others and that many
    /// can be parsed at once. A line that starts with <c>---</c> starts a document wherever it stands, even inside a
    /// block scalar, so no parser is needed to find it.</summary>
    public static IEnumerable<DocumentText> Split(SpecSource source)
    {
        var text = source.Text.AsMemory();
        if (text.Length > 0 && text.Span[0] is ByteOrderMark)
        {
            text = text[1..];
        }

        var format = FormatOf(source.FileName, text.Span);
        return format is SpecFormat.Yaml && !HasDirective(text.Span)
            ? SplitYaml(source.FileName, text)
            : [new DocumentText(source.FileName, text, 0, format)];
    }

    private static SpecFormat FormatOf(string fileName, ReadOnlySpan<char> text)
    {
        var start = text.TrimStart();
        if (fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            // Several objects in one .json file are often set apart as in YAML; kubectl takes them too.
            return IsMarker(start) ? SpecFormat.Yaml : SpecFormat.Json;
        }

        return start is ['{' or '[', ..] ? SpecFormat.JsonOrYaml : SpecFormat.Yaml;
    }

    /// <summary>A %YAML or %TAG line belongs to the document after the next marker: then the text stays in one
    /// piece.</summary>
    private static bool HasDirective(ReadOnlySpan<char> text) =>
        text is ['%', ..] || text.IndexOf("\n%", StringComparison.Ordinal) >= 0;

    private static IEnumerable<DocumentText> SplitYaml(string file, ReadOnlyMemory<char> text)
    {
        var start = 0;
        var startLine = 0;
        var line = 0;
        var position = 0;
        while (NextLine(text.Span, ref position))
        {
            line++;
            if (IsMarker(text.Span[position..]))
            {
                yield return new DocumentText(file, text[start..position], startLine, SpecFormat.Yaml);
                (start, startLine) = (position, line);
            }
        }

        yield return new DocumentText(file, text[start..], startLine, SpecFormat.Yaml);
    }

    /// <summary>Moves to the start of the next line; false where there is none.</summary>
    private static bool NextLine(ReadOnlySpan<char> text, ref int position)
    {
        var length = text[position..].IndexOfAny(LineBreaks);
        if (length < 0)
        {
            return false;
        }

        position += length + 1;
        if (text[position - 1] is '\r' && position < text.Length && text[position] is '\n')
        {
            position++;
        }

        return true;
    }

    private static bool IsMarker(ReadOnlySpan<char> line) =>
        line is ['-', '-', '-'] or ['-', '-', '-', ' ' or '\t' or '\r' or '\n', ..];
}
