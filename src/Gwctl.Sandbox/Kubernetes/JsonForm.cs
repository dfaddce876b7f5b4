using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes;

/// <summary>JSON as the API writes and reads it.</summary>
internal static class JsonForm
{
    /// <summary>Escapes only what JSON itself demands.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 128 };

    /// <exception cref="JsonException">The text is no JSON, or names a field twice.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8, documentOptions: Strict);

    public static byte[] ToBytes(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>A text member; empty where there is none.</summary>
    public static string Text(this JsonObject? source, string name) =>
        source?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static JsonObject? Member(this JsonObject? source, string name) => source?[name] as JsonObject;

    public static JsonArray? Items(this JsonObject? source, string name) => source?[name] as JsonArray;

    public static bool Flag(this JsonObject? source, string name) =>
        source?[name] is JsonValue value && value.GetValueKind() is JsonValueKind.True;

    public static long Number(this JsonObject? source, string name) =>
        source?[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;

    /// <summary>The member as an object, made where there is none.</summary>
    public static JsonObject Ensure(this JsonObject source, string name)
    {
        if (source[name] is JsonObject known)
        {
            return known;
        }

        var made = new JsonObject();
        source[name] = made;
        return made;
    }

    public static JsonObject Copy(this JsonObject source) => (JsonObject)source.DeepClone();

    /// <summary>The member taken out of its parent, so that it can be put elsewhere.</summary>
    public static JsonNode? Take(this JsonObject source, string name)
    {
        var value = source[name];
        source.Remove(name);
        return value;
    }
}
