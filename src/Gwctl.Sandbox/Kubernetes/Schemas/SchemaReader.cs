using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>Reads a schema from the OpenAPI v3 form that CustomResourceDefinitions carry.</summary>
internal static class SchemaReader
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public static Schema Read(JsonObject source)
    {
        var items = source["items"] as JsonObject;
        return new Schema
        {
            Type = Text(source, "type"),
            Properties = (source["properties"] as JsonObject ?? [])
                .Where(property => property.Value is JsonObject)
                .ToFrozenDictionary(property => property.Key, property => Read(property.Value as JsonObject ?? [])),
            Additional = source["additionalProperties"] switch
            {
                JsonObject additional => Read(additional),
                JsonValue flag when flag.GetValueKind() is JsonValueKind.True => Schema.Any,
                _ => null,
            },
            Items = items is null ? null : Read(items),
            Required = Texts(source["required"]),
            Open = Flag(source, "x-kubernetes-preserve-unknown-fields"),
            Nullable = Flag(source, "nullable"),
            IntOrString = Flag(source, "x-kubernetes-int-or-string"),
            Default = source["default"]?.DeepClone(),
            Choices = [.. (source["enum"] as JsonArray ?? []).Select(choice => choice?.DeepClone())],
            Pattern = Text(source, "pattern") is { Length: > 0 } pattern ? PatternOf(pattern) : null,
            Minimum = Number(source, "minimum"),
            Maximum = Number(source, "maximum"),
            CountMin = (int?)(Number(source, "minLength") ?? Number(source, "minItems")
                ?? Number(source, "minProperties")),
            CountMax = (int?)(Number(source, "maxLength") ?? Number(source, "maxItems")
                ?? Number(source, "maxProperties")),
            Merge = Text(source, "x-kubernetes-list-type") switch
            {
                "map" => ListMerge.Map,
                "set" => ListMerge.Set,
                _ => ListMerge.Atomic,
            },
            MapKeys = Texts(source["x-kubernetes-list-map-keys"]),
            IsAtomicMap = Text(source, "x-kubernetes-map-type") is "atomic",
        };
    }

    private static Regex? PatternOf(string pattern)
    {
        try
        {
            // Kubernetes matches anywhere in the value, with Go's syntax, of which this is nearly a superset.
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternTime);
        }
        catch (ArgumentException)
        {
            return null; // Of Go's syntax and not ours: the value is taken as it is.
        }
    }

    private static string Text(JsonObject source, string name) =>
        source[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static bool Flag(JsonObject source, string name) =>
        source[name] is JsonValue value && value.GetValueKind() is JsonValueKind.True;

    private static double? Number(JsonObject source, string name) =>
        source[name] is JsonValue value && value.GetValueKind() is JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : null;

    private static string[] Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];
}
