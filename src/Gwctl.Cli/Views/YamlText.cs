using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gwctl.Cli.Views;

/// <summary>How every YAML output is written: what would be JSON, in block style.</summary>
public static class YamlText
{
    /// <summary>A document; of several, each but the first after a line <c>---</c>, which is the caller's.</summary>
    public static void WriteDocument(TextWriter writer, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        WriteMembers(writer, document.RootElement, 0, firstIndent: 0);
        writer.Flush();
    }

    /// <param name="firstIndent">Of the first member: 0 right after a list item's dash.</param>
    private static void WriteMembers(TextWriter writer, JsonElement element, int indent, int firstIndent)
    {
        var margin = firstIndent;
        foreach (var member in element.EnumerateObject())
        {
            writer.Write(new string(' ', margin));
            writer.Write(Scalar(member.Name));
            writer.Write(':');
            WriteValue(writer, member.Value, indent);
            margin = indent;
        }
    }

    private static void WriteValue(TextWriter writer, JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                writer.Write('\n');
                WriteMembers(writer, value, indent + 2, indent + 2);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                writer.Write('\n');
                WriteItems(writer, value, indent);
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

    private static void WriteItems(TextWriter writer, JsonElement list, int indent)
    {
        foreach (var item in list.EnumerateArray())
        {
            writer.Write(new string(' ', indent));
            writer.Write('-');
            if (item.ValueKind is JsonValueKind.Object && item.EnumerateObject().Any())
            {
                writer.Write(' ');
                WriteMembers(writer, item, indent + 2, firstIndent: 0);
            }
            else
            {
                WriteValue(writer, item, indent + 2);
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
