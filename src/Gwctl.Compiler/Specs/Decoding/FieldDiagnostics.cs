using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>What can be wrong with a single field, whatever its meaning.</summary>
public static class FieldDiagnostics
{
    /// <summary>The longest piece of a user's text that a diagnostic quotes.</summary>
    public const int QuotedCharactersMax = 80;

    private const int PathCharactersMax = 400;

    public static Diagnostic Unknown(SpecField field, string path, string? nearest) =>
        new("GW1101", Severity.Error, "Unknown field")
        {
            Subject = field.KeySpan,
            Detail = $"{Shorten(path)} is no field that gwctl knows here.",
            Help = nearest is null ? "Remove the field, or look its name up." : $"Did you mean {Quote(nearest)}?",
        };

    public static Diagnostic Missing(SourceSpan span, string path) =>
        new("GW1102", Severity.Error, "Required field is missing")
        {
            Subject = span,
            Detail = $"{path} is required and not given.",
            Help = $"Give {path} a value.",
        };

    public static Diagnostic WrongType(SpecNode node, string path, string wanted) =>
        new("GW1103", Severity.Error, "Field has the wrong type")
        {
            Subject = node.Span,
            Detail = $"{path} must be {wanted}, but is {Describe(node)}.",
            Help = HelpForType(node, wanted),
        };

    public static Diagnostic OutOfBounds(SourceSpan span, string path, long value, long min, long max) =>
        new("GW1104", Severity.Error, "Number is out of bounds")
        {
            Subject = span,
            Detail = $"{path} is {value}.",
            Help = max >= int.MaxValue ? $"Give a number of at least {min}." : $"Give a number from {min} to {max}.",
        };

    public static Diagnostic NotAllowed(SourceSpan span, string path, string value, string allowed, string? nearest) =>
        new("GW1105", Severity.Error, "Value is not one of the allowed")
        {
            Subject = span,
            Detail = $"{path} is {Quote(value)}; allowed are {allowed}.",
            Help = nearest is null ? $"Use one of {allowed}." : $"Did you mean {Quote(nearest)}?",
        };

    public static Diagnostic BadDuration(SourceSpan span, string path, string value) =>
        new("GW1106", Severity.Error, "Duration is malformed")
        {
            Subject = span,
            Detail = $"{path} is {Quote(value)}.",
            Help = "Write one to four pairs of a number of up to five digits and a unit out of h, m, s, ms: "
                + "10s, 1h30m, 500ms.",
        };

    public static Diagnostic DurationOutOfBounds(
        SourceSpan span, string path, string value, TimeSpan min, TimeSpan max) =>
        new("GW1107", Severity.Error, "Duration is out of bounds")
        {
            Subject = span,
            Detail = $"{path} is {value}.",
            Help = max == TimeSpan.MaxValue
                ? $"Give a duration of at least {DurationText.Format(min)}."
                : $"Give a duration from {DurationText.Format(min)} to {DurationText.Format(max)}.",
        };

    public static Diagnostic CountOutOfBounds(SourceSpan span, string path, int count, int min, int max) =>
        new("GW1108", Severity.Error, "List has too few or too many items")
        {
            Subject = span,
            Detail = $"{path} has {count} {(count is 1 ? "item" : "items")}.",
            Help = (min, max) switch
            {
                (_, int.MaxValue) => $"Give at least {min}.",
                (0, _) => $"Give at most {max}.",
                _ when min == max => $"Give {min}.",
                _ => $"Give {min} to {max}.",
            },
        };

    /// <param name="complaint">What is wrong, as the end of a sentence that starts with the field.</param>
    /// <param name="remedy">What would be right, as a sentence.</param>
    public static Diagnostic BadText(SourceSpan span, string path, string value, string complaint, string remedy) =>
        new("GW1109", Severity.Error, "Text is not of the field's form")
        {
            Subject = span,
            Detail = $"{path} is {Quote(value)}: it {complaint}.",
            Help = remedy,
        };

    public static Diagnostic OctalNumber(SourceSpan span, string path, string text, long value) =>
        new("GW1110", Severity.Warning, "Number is read as octal")
        {
            Subject = span,
            Detail = $"{path} is written {text}: with a leading zero YAML reads it as octal, that is {value}.",
            Help = "Drop the leading zero.",
        };

    /// <summary>The last part of an unknown field's path is whatever somebody wrote.</summary>
    private static string Shorten(string path) =>
        path.Length > PathCharactersMax ? $"{path.AsSpan(0, PathCharactersMax)}…" : path;

    /// <summary>A user's text in quotes, cut where it is long, with control characters made visible.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > QuotedCharactersMax ? text[..QuotedCharactersMax] + "…" : text;
        return shown.Any(char.IsControl)
            ? $"\"{string.Concat(shown.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))}\""
            : $"\"{shown}\"";
    }

    private static string Describe(SpecNode node) => node switch
    {
        SpecNode.Mapping => "a mapping",
        SpecNode.Sequence => "a list",
        SpecNode.Scalar scalar => ScalarText.KindOf(scalar) switch
        {
            ScalarKind.Null => "null",
            ScalarKind.Bool => $"the truth value {scalar.Text}",
            ScalarKind.Integer or ScalarKind.Float => $"the number {scalar.Text}",
            _ => $"the text {Quote(scalar.Text)}",
        },
        _ => "something else",
    };

    private static string HelpForType(SpecNode node, string wanted) => (node, wanted) switch
    {
        (SpecNode.Scalar { Quoted: false } scalar, NodeReader.WantsText) => $"Put it in quotes: \"{scalar.Text}\".",
        (SpecNode.Scalar { Quoted: true }, NodeReader.WantsNumber or NodeReader.WantsBool) =>
            "Write it without quotes.",
        (not SpecNode.Sequence, NodeReader.WantsList) => "Write it as a list: each item on its own line after \"- \".",
        _ => $"Give {wanted}.",
    };
}
