using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>What can be wrong with text before any kind is known.</summary>
internal static class ParseDiagnostics
{
    public const string JsonCode = "GW1012";

    /// <summary>Of a parser's own message.</summary>
    private const int MessageCharactersMax = 200;

    public static Diagnostic Yaml(SourceSpan place, string message) =>
        new("GW1010", Severity.Error, "YAML is malformed")
        {
            Subject = place,
            Detail = $"{Shorten(message)}.",
            Help = "Mend the YAML here or on the lines before; the rest of this document was not read.",
        };

    public static Diagnostic Tab(SourceSpan place) =>
        new("GW1011", Severity.Error, "YAML is indented by a tab")
        {
            Subject = place,
            Detail = "YAML does not allow tabs in indentation.",
            Help = "Indent by spaces; the rest of this document was not read.",
        };

    public static Diagnostic Json(SourceSpan place, string message) =>
        new(JsonCode, Severity.Error, "JSON is malformed")
        {
            Subject = place,
            Detail = $"{Shorten(message)}.",
            Help = "Mend the JSON here; the rest of this file was not read.",
        };

    public static Diagnostic DuplicateKey(SourceSpan place, string key, SourceSpan first) =>
        new("GW1013", Severity.Error, "Field is given twice")
        {
            Subject = place,
            Detail = $"{FieldDiagnostics.Quote(key)} was already given at {first}.",
            Help = "Remove one of the two.",
        };

    public static Diagnostic BadKey(SourceSpan place) =>
        new("GW1014", Severity.Error, "Field name is not text")
        {
            Subject = place,
            Detail = "A mapping or a list stands where a field's name belongs.",
            Help = "Give a plain name. A template's {{ … }} must be rendered first.",
        };

    public static Diagnostic BadCharacter(SourceSpan place, char character) =>
        new("GW1015", Severity.Error, "Character is not allowed in specs")
        {
            Subject = place,
            Detail = $"The text holds the control character U+{(int)character:X4}.",
            Help = "Remove it. If this is not a text file, leave it out.",
        };

    public static Diagnostic BadTag(SourceSpan place, string tag) =>
        new("GW1016", Severity.Error, "YAML tag is not supported")
        {
            Subject = place,
            Detail = $"{FieldDiagnostics.Quote(tag)} has no meaning in specs.",
            Help = "Remove the tag.",
        };

    public static Diagnostic BadMerge(SourceSpan place) =>
        new("GW1017", Severity.Error, "Merge key takes a mapping")
        {
            Subject = place,
            Detail = "What follows << is neither a mapping nor a list of mappings.",
            Help = "Refer to an anchored mapping, as <<: *name.",
        };

    public static Diagnostic UnknownAlias(SourceSpan place, string name) =>
        new("GW1018", Severity.Error, "Alias has no anchor")
        {
            Subject = place,
            Detail = $"*{name} refers to no anchor &{name} that is complete before it in the same document.",
            Help = "Define the anchor first, or remove the alias.",
        };

    public static Diagnostic TooLong(SourceSpan place, long count) =>
        new("GW1020", Severity.Error, "Document is too long")
        {
            Subject = place,
            Detail = $"It has {count} characters; at most {SpecLimits.DocumentCharactersMax} are read.",
            Help = "Split it into several documents.",
        };

    public static Diagnostic TooDeep(SourceSpan place) =>
        new("GW1021", Severity.Error, "Document is nested too deeply")
        {
            Subject = place,
            Detail = $"At most {SpecLimits.DepthMax} nested lists and mappings are read.",
            Help = "No spec needs such depth: look for a mistake in a generator.",
        };

    public static Diagnostic TooManyNodes(SourceSpan place) =>
        new("GW1022", Severity.Error, "Document has too many values")
        {
            Subject = place,
            Detail = $"At most {SpecLimits.NodesMax} are read.",
            Help = "Split it into several documents.",
        };

    public static Diagnostic TooManyAliases(SourceSpan place) =>
        new("GW1023", Severity.Error, "Aliases stand for too many values")
        {
            Subject = place,
            Detail = $"The aliases of one document may stand for {SpecLimits.AliasedNodesMax} values in all.",
            Help = "Write the values out, or split the document.",
        };

    private static string Shorten(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? message.AsSpan() : message.AsSpan(0, end);
        return line.Length > MessageCharactersMax ? $"{line[..MessageCharactersMax]}…" : line.TrimEnd('.').ToString();
    }
}
