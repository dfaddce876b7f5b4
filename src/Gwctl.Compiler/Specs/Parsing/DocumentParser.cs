using System.Buffers;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>Parses a piece of text by its format, after what no format allows was refused.</summary>
internal static class DocumentParser
{
    /// <summary>Control characters but tab and line breaks. NUL matters most: to a scanner it can look like the
    /// end.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
    [
        .. Enumerable.Range(0, ' ').Select(code => (char)code).Where(c => c is not ('\t' or '\n' or '\r')),
        '\u007F', '\uFFFE', '\uFFFF',
    ]);

    public static List<SpecNode> Parse(DocumentText text, TextCache cache, List<Diagnostic> diagnostics)
    {
        if (text.Text.Length > SpecLimits.DocumentCharactersMax)
        {
            var place = new SourceSpan(text.File, text.LineOffset + 1, 1);
            diagnostics.Add(ParseDiagnostics.TooLong(place, text.Text.Length));
            return [];
        }

        var forbidden = text.Text.Span.IndexOfAny(Forbidden);
        if (forbidden >= 0)
        {
            diagnostics.Add(ParseDiagnostics.BadCharacter(PlaceOf(text, forbidden), text.Text.Span[forbidden]));
            return [];
        }

        return text.Format switch
        {
            SpecFormat.Yaml => ParseYaml(text, cache, diagnostics),
            SpecFormat.Json => JsonParser.Parse(text, cache, diagnostics),
            _ => ParseJsonOrYaml(text, cache, diagnostics),
        };
    }

    /// <summary>True for text that no parser may see.</summary>
    public static bool IsForbidden(DocumentText text) => text.Text.Span.ContainsAny(Forbidden);

    private static List<SpecNode> ParseYaml(DocumentText text, TextCache cache, List<Diagnostic> diagnostics) =>
        BlockYamlParser.TryParse(text, cache) is { } simple ? [simple] : YamlParser.Parse(text, cache, diagnostics);

    private static List<SpecNode> ParseJsonOrYaml(DocumentText text, TextCache cache, List<Diagnostic> diagnostics)
    {
        var asJson = new List<Diagnostic>();
        var documents = JsonParser.Parse(text, cache, asJson);
        if (!asJson.Exists(diagnostic => diagnostic.Code is ParseDiagnostics.JsonCode))
        {
            diagnostics.AddRange(asJson);
            return documents;
        }

        return YamlParser.Parse(text, cache, diagnostics);
    }

    private static SourceSpan PlaceOf(DocumentText text, int position)
    {
        var before = text.Text.Span[..position];
        var line = before.Count('\n');
        return new SourceSpan(text.File, text.LineOffset + line + 1, position - before.LastIndexOf('\n'));
    }
}
