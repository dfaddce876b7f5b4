using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Requests;

namespace Gwctl.Sandbox.Kubernetes.Kinds;

/// <summary>CustomResourceDefinitions: what a server sets in their status, and what makes one unfit.</summary>
internal static class DefinitionSeeds
{
    /// <summary>On the definitions that the sandbox starts with; a later version of it replaces those.</summary>
    public const string Annotation = "gwctl.dev/sandbox-definition";

    /// <summary>Marks a definition as established, which the sandbox does at once.</summary>
    public static void Establish(JsonObject definition, DateTimeOffset now)
    {
        var spec = definition.Member("spec") ?? [];
        var names = spec.Ensure("names");
        if (names.Text("singular") is "")
        {
            names["singular"] = names.Text("kind").ToLowerInvariant();
        }

        if (names.Text("listKind") is "")
        {
            names["listKind"] = $"{names.Text("kind")}List";
        }

        spec["conversion"] ??= new JsonObject { ["strategy"] = "None" };
        var status = definition.Ensure("status");
        status["acceptedNames"] = names.DeepClone();
        var stored = (spec.Items("versions") ?? []).OfType<JsonObject>()
            .Where(version => version.Flag("storage")).Select(version => version.Text("name"));
        status["storedVersions"] = new JsonArray([.. stored.Select(name => JsonValue.Create(name))]);
        if (status["conditions"] is null)
        {
            status["conditions"] = new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now));
        }
    }

    public static void Check(JsonObject definition, List<ApiCause> causes)
    {
        var spec = definition.Member("spec") ?? [];
        var names = spec.Member("names") ?? [];
        var name = definition.Member("metadata").Text("name");
        var expected = $"{names.Text("plural")}.{spec.Text("group")}";
        if (name != expected)
        {
            causes.Add(new ApiCause(
                "FieldValueInvalid", $"Invalid value: \"{name}\": must be spec.names.plural+\".\"+spec.group",
                "metadata.name"));
        }

        var versions = (spec.Items("versions") ?? []).OfType<JsonObject>().ToList();
        if (versions.Count(version => version.Flag("storage")) is not 1)
        {
            causes.Add(new ApiCause(
                "FieldValueInvalid",
                "Invalid value: must have exactly one version marked as storage version", "spec.versions"));
        }

        for (var index = 0; index < versions.Count; index++)
        {
            if (versions[index].Member("schema").Member("openAPIV3Schema") is null)
            {
                causes.Add(new ApiCause(
                    "FieldValueRequired", "Required value: schemas are required",
                    $"spec.versions[{index}].schema.openAPIV3Schema"));
            }
        }
    }

    private static JsonObject Condition(string type, string reason, string message, DateTimeOffset now) => new()
    {
        ["lastTransitionTime"] = Times.Format(now),
        ["message"] = message,
        ["reason"] = reason,
        ["status"] = "True",
        ["type"] = type,
    };
}
