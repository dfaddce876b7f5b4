using System.Text.Json;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Validation;

/// <summary>SARIF 2.1.0 (OASIS), which code scanning services read: one run, a rule for each code that was found, a
/// result for each finding.</summary>
public sealed class SarifValidationView(TextWriter writer) : IValidationView
{
    public const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public void Show(SpecCounts? counts, IReadOnlyList<Diagnostic> diagnostics)
    {
        var list = DiagnosticList.Tidy(diagnostics);
        List<Diagnostic> rules =
            [.. list.DistinctBy(found => found.Code).OrderBy(found => found.Code, StringComparer.Ordinal)];
        var indexes = rules.Select((rule, index) => (rule.Code, index))
            .ToDictionary(pair => pair.Code, pair => pair.index, StringComparer.Ordinal);
        JsonText.WriteForeign(writer, json =>
        {
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, rules);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var diagnostic in list)
            {
                WriteResult(json, diagnostic, indexes[diagnostic.Code]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    private static void WriteTool(Utf8JsonWriter json, List<Diagnostic> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "gwctl");
        json.WriteString("version", VersionCommand.ToolVersion);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Code);
            WriteText(json, "shortDescription", rule.Summary);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", DiagnosticJson.SeverityName(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic diagnostic, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", DiagnosticJson.SeverityName(diagnostic.Severity));
        WriteText(json, "message", DiagnosticText.InOneParagraph(diagnostic));
        if (!diagnostic.Subject.IsNone)
        {
            WriteLocations(json, diagnostic.Subject);
        }

        json.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter json, SourceSpan subject)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(subject.File));
        json.WriteEndObject();
        if (subject.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", subject.Line);
            json.WriteNumber("startColumn", Math.Max(subject.Column, 1));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>A relative reference stays one: services resolve it against the checkout.</summary>
    private static string UriOf(string file)
    {
        var parts = file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString);
        var path = string.Join('/', parts);
        return Path.IsPathRooted(file) ? $"file://{(path.StartsWith('/') ? "" : "/")}{path}" : path;
    }
}
