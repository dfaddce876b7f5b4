using System.Globalization;
using System.Text.Json.Nodes;
using Gwctl.Core;

namespace Gwctl.Kubernetes.Objects;

/// <summary>An object as the API server has it. What every object has is typed; the rest is JSON.</summary>
public sealed class KubeObject(JsonObject body)
{
    public JsonObject Body { get; } = body;

    public string Kind => Json.Text(Body, "kind");

    public string ApiVersion => Json.Text(Body, "apiVersion");

    public ObjectName Name { get; } =
        new(Json.Text(Json.Section(body, "metadata"), "namespace"), Json.Text(Json.Section(body, "metadata"), "name"));

    public string Uid => Json.Text(Meta, "uid");

    /// <summary>Opaque: compared, never ordered.</summary>
    public string ResourceVersion => Json.Text(Meta, "resourceVersion");

    /// <summary>0 for kinds that have none.</summary>
    public long Generation => Meta?["generation"] is JsonValue value && value.TryGetValue<long>(out var number)
        ? number : 0;

    public bool IsBeingDeleted => Meta?["deletionTimestamp"] is not null;

    public IReadOnlyList<string> Finalizers => Json.Texts(Meta?["finalizers"]);

    public string? Annotation(string name) => (Meta?["annotations"] as JsonObject)?[name]?.GetValue<string>();

    public string? Label(string name) => (Meta?["labels"] as JsonObject)?[name]?.GetValue<string>();

    public JsonObject? Meta => Json.Section(Body, "metadata");

    public JsonObject? Spec => Json.Section(Body, "spec");

    public JsonObject? Status => Json.Section(Body, "status");
}

/// <summary>Looks into JSON; what is not there is empty.</summary>
public static class Json
{
    public static JsonObject? Section(JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    public static string Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray items
        ? [.. items.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : "")]
        : [];

    public static DateTimeOffset? Time(JsonNode? node, string name) =>
        DateTimeOffset.TryParse(
            Text(node, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>As metav1.Time is written: whole seconds.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As metav1.MicroTime is written.</summary>
    public static string MicroTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
