using System.Text.Json;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Diagnostics;

/// <summary>The JSON shape of a finding; the same wherever one is written. Fields may be added, never
/// renamed.</summary>
public static class DiagnosticJson
{
    public static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", SeverityName(diagnostic.Severity));
        json.WriteString("summary", diagnostic.Summary);
        WriteUnlessEmpty(json, "detail", diagnostic.Detail);
        WriteUnlessEmpty(json, "help", diagnostic.Help);
        WriteUnlessEmpty(json, "object", diagnostic.Object);
        if (!diagnostic.Subject.IsNone)
        {
            json.WriteStartObject("subject");
            json.WriteString("file", diagnostic.Subject.File);
            json.WriteNumber("line", diagnostic.Subject.Line);
            json.WriteNumber("column", diagnostic.Subject.Column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static string SeverityName(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>The members <c>errors</c>, <c>warnings</c> and <c>diagnostics</c> of an open object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<Diagnostic> diagnostics)
    {
        json.WriteNumber("errors", diagnostics.Count(diagnostic => diagnostic.Severity is Severity.Error));
        json.WriteNumber("warnings", diagnostics.Count(diagnostic => diagnostic.Severity is Severity.Warning));
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            Write(json, diagnostic);
        }

        json.WriteEndArray();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string value)
    {
        if (value is not "")
        {
            json.WriteString(name, value);
        }
    }
}
