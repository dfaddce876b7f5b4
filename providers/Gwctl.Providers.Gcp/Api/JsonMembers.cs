using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Reads members of JSON objects; what is missing or of another form is null or empty.</summary>
internal static class JsonMembers
{
    extension(JsonObject json)
    {
        public string? TextOrNull(string name) => AsText(json[name]);

        /// <summary>Also of a number that travels as text.</summary>
        public int? NumberOrNull(string name) =>
            AsText(json[name]) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;

        public bool Flag(string name) => json[name] is JsonValue value && value.GetValueKind() is JsonValueKind.True;

        public JsonObject? ObjectOrNull(string name) => json[name] as JsonObject;

        public IEnumerable<JsonObject> Objects(string name) => (json[name] as JsonArray ?? []).OfType<JsonObject>();

        public IEnumerable<string> Texts(string name) =>
            (json[name] as JsonArray ?? []).Select(AsText).OfType<string>();
    }

    /// <summary>A string's content, or a number as it is written.</summary>
    public static string? AsText(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        }
        : null;
}
