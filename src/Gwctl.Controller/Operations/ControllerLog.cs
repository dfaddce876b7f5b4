using System.Buffers;
using System.Text;
using System.Text.Json;
using Gwctl.Core;

namespace Gwctl.Controller.Operations;

/// <summary>Writes what happens as one JSON object a line. Thread-safe.</summary>
public sealed class ControllerLog(TextWriter output, TimeProvider clock)
{
    private readonly Lock _gate = new();

    public void Info(string message, params ReadOnlySpan<KeyValuePair<string, string>> fields) =>
        Write("info", message, null, fields);

    public void Warn(string message, params ReadOnlySpan<KeyValuePair<string, string>> fields) =>
        Write("warn", message, null, fields);

    /// <summary>With its code, place and remedy.</summary>
    public void Tell(Diagnostic diagnostic, params ReadOnlySpan<KeyValuePair<string, string>> fields) =>
        Write(
            diagnostic.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warn",
                _ => "info",
            },
            diagnostic.Summary,
            diagnostic,
            fields);

    public static KeyValuePair<string, string> Field(string name, object value) => new(name, $"{value}");

    private void Write(
        string level, string message, Diagnostic? diagnostic, ReadOnlySpan<KeyValuePair<string, string>> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteString("level", level);
            json.WriteString("message", message);
            foreach (var field in fields)
            {
                json.WriteString(field.Key, field.Value);
            }

            if (diagnostic is not null)
            {
                json.WriteString("code", diagnostic.Code);
                WriteIfAny(json, "object", diagnostic.Object);
                WriteIfAny(json, "detail", diagnostic.Detail);
                WriteIfAny(json, "help", diagnostic.Help);
                WriteIfAny(json, "place", diagnostic.Subject.ToString());
            }

            json.WriteEndObject();
        }

        var line = Encoding.UTF8.GetString(buffer.WrittenSpan);
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string value)
    {
        if (value is not "")
        {
            json.WriteString(name, value);
        }
    }
}
