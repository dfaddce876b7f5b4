using System.Text.Encodings.Web;
using System.Text.Json;

using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>The JSON view's document, written as YAML.</summary>
public sealed class YamlGraphView(TextWriter writer) : IGraphView
{
    public void Show(IReadOnlyList<ProjectedScope> graphs)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", JsonText.FormatVersion);
            JsonGraphView.Write(json, graphs);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        WriteMembers(document.RootElement, 0, firstIndent: 0);
        writer.Flush();
    }

    /// <param name="firstIndent">Of the first member: 0 right after a list item's dash.</param>
    private void WriteMembers(JsonElement element, int indent, int firstIndent)
    {
        var margin = firstIndent;
        foreach (var member in element.EnumerateObject())
        {
            writer.Write(new string(' ', margin));
            writer.Write(Scalar(member.Name));
            writer.Write(':');
            WriteValue(member.Value, indent);
            margin = indent;
        }
    }

    private void WriteValue(JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                writer.Write('\n');
                WriteMembers(value, indent + 2, indent + 2);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                writer.Write('\n');
                WriteItems(value, indent);
                break;
            case JsonValueKind.Object:
                writer.Write(" {}\n");
                break;
            case JsonValueKind.Array:
                writer.Write(" []\n");
                break;
            default:
                writer.Write($" {ScalarOf(value)}\n");
                break;
        }
    }

    private void WriteItems(JsonElement list, int indent)
    {
        foreach (var item in list.EnumerateArray())
        {
            writer.Write(new string(' ', indent));
            writer.Write('-');
            if (item.ValueKind is JsonValueKind.Object && item.EnumerateObject().Any())
            {
                writer.Write(' ');
                WriteMembers(item, indent + 2, firstIndent: 0);
            }
            else
            {
                WriteValue(item, indent + 2);
            }
        }
    }

    private static string ScalarOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? Scalar(value.GetString() ?? "") : value.GetRawText();

    /// <summary>Plain where no reader can take it for anything but this text; else quoted as JSON, which is YAML
    /// too.</summary>
    private static string Scalar(string text)
    {
        var plain = text.Length > 0 && char.IsAsciiLetter(text[0]) &&
            text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/') &&
            text.ToLowerInvariant() is not (
                "true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n");
        return plain ? text : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
    }
}
