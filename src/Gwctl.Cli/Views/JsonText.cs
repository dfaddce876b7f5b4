using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gwctl.Cli.Views;

/// <summary>How every JSON output is written: the same bytes for the same values.</summary>
public static class JsonText
{
    /// <summary>Of every document that the command line writes, other than the plan file, which has its own.</summary>
    public const int FormatVersion = 1;

    // Relaxed: the text goes to terminals, files and tools, never into HTML unescaped.
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An indented object that starts with <c>formatVersion</c>, and a line's end.</summary>
    public static void WriteDocument(TextWriter writer, Action<Utf8JsonWriter> members)
    {
        Write(writer, Indented, json =>
        {
            json.WriteNumber("formatVersion", FormatVersion);
            members(json);
        });
    }

    /// <summary>An indented document in a format that is not ours, and a line's end.</summary>
    public static void WriteForeign(TextWriter writer, Action<Utf8JsonWriter> members) =>
        Write(writer, Indented, members);

    /// <summary>An object on a line of its own.</summary>
    public static void WriteLine(TextWriter writer, Action<Utf8JsonWriter> members) => Write(writer, OneLine, members);

    private static void Write(TextWriter writer, JsonWriterOptions options, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        writer.Write('\n');
        writer.Flush();
    }
}
