using System.Text.Json;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Core;

namespace Gwctl.Cli.Views;

/// <summary>A JSON object on each line: level, message, time, type, and what the type has. Readers must pass over types
/// and members that they do not know.</summary>
public sealed class EventLines(TextWriter writer, TimeProvider clock)
{
    /// <summary>Of the event stream.</summary>
    public const string UiVersion = "1.0";

    public void WriteVersion(string toolVersion) => Write("version", $"gwctl {toolVersion}", json =>
    {
        json.WriteString("gwctl", toolVersion);
        json.WriteString("ui", UiVersion);
    });

    public void WriteDiagnostic(Diagnostic diagnostic) =>
        Write("diagnostic", $"{diagnostic.Code}: {diagnostic.Summary}", Level(diagnostic.Severity), json =>
        {
            json.WritePropertyName("diagnostic");
            DiagnosticJson.Write(json, diagnostic);
        });

    public void Write(string type, string message, Action<Utf8JsonWriter> members) =>
        Write(type, message, "info", members);

    private void Write(string type, string message, string level, Action<Utf8JsonWriter> members) =>
        JsonText.WriteLine(writer, json =>
        {
            json.WriteString("@level", level);
            json.WriteString("@message", message);
            json.WriteString("@module", "gwctl");
            json.WriteString("@timestamp", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
            json.WriteString("type", type);
            members(json);
        });

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warn",
        _ => "info",
    };
}

/// <summary>Diagnostics as events.</summary>
public sealed class EventDiagnosticsView(EventLines lines) : IDiagnosticsView
{
    public void Show(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in DiagnosticList.Tidy(diagnostics))
        {
            lines.WriteDiagnostic(diagnostic);
        }
    }
}
