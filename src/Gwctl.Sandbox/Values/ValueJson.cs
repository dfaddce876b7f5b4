using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gwctl.Sandbox.Values;

/// <summary>Values as JSON: for the journal, for snapshots, and as the base of the JSON protocol.</summary>
public static class ValueJson
{
    /// <summary>Options for one compact line; escapes only what JSON itself demands.</summary>
    public static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static string ToText(Value value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case TextValue text:
                writer.WriteStringValue(text.Content);
                break;
            case Utf8Value utf8:
                writer.WriteStringValue(utf8.Content);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Content);
                break;
            case FlagValue flag:
                writer.WriteBooleanValue(flag.Content);
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case Struct members:
                writer.WriteStartObject();
                foreach (var member in members)
                {
                    writer.WritePropertyName(member.Key);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <exception cref="JsonException">A null or another thing that the sandbox never writes.</exception>
    public static Value Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new TextValue(element.GetString() ?? ""),
        JsonValueKind.Number => new NumberValue(element.GetDouble()),
        JsonValueKind.True => new FlagValue(true),
        JsonValueKind.False => new FlagValue(false),
        JsonValueKind.Array => new ListValue(element.EnumerateArray().Select(Read)),
        JsonValueKind.Object => ReadStruct(element),
        _ => throw new JsonException($"A {element.ValueKind} has no place in the sandbox's state."),
    };

    public static Struct ReadStruct(JsonElement element)
    {
        var result = new Struct();
        foreach (var property in element.EnumerateObject())
        {
            result.Add(property.Name, Read(property.Value));
        }

        return result;
    }
}
