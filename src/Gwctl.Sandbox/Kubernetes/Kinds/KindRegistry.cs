using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Kinds;

/// <summary>Every kind that is served at one moment. Immutable: a new definition makes a new registry.</summary>
internal sealed class KindRegistry
{
    private readonly FrozenDictionary<(string Group, string Plural), Kind> _byPlural;

    private KindRegistry(IEnumerable<Kind> kinds)
    {
        All = [.. kinds.OrderBy(kind => kind.Group, StringComparer.Ordinal)
            .ThenBy(kind => kind.Plural, StringComparer.Ordinal)];
        _byPlural = All.ToFrozenDictionary(kind => (kind.Group, kind.Plural));
    }

    public IReadOnlyList<Kind> All { get; }

    public static KindRegistry Of(IEnumerable<Kind> native, IEnumerable<JsonObject> definitions) => new(
        native.Concat(definitions.Select(FromDefinition))
            .Where(kind => kind.Versions.Any(version => version.Served))
            .DistinctBy(kind => (kind.Group, kind.Plural)));

    public Kind? Find(string group, string plural) => _byPlural.GetValueOrDefault((group, plural));

    public Kind? FindByName(string group, string name) =>
        All.FirstOrDefault(kind => kind.Group == group && kind.Name == name);

    /// <summary>A kind as a CustomResourceDefinition has it.</summary>
    private static Kind FromDefinition(JsonObject definition)
    {
        var spec = definition.Member("spec") ?? [];
        var names = spec.Member("names") ?? [];
        var versions = (spec.Items("versions") ?? []).OfType<JsonObject>().ToList();
        return new Kind
        {
            Group = spec.Text("group"),
            Plural = names.Text("plural"),
            Singular = names.Text("singular") is { Length: > 0 } one ? one : names.Text("kind").ToLowerInvariant(),
            Name = names.Text("kind"),
            ListName = names.Text("listKind") is { Length: > 0 } list ? list : $"{names.Text("kind")}List",
            ShortNames = Texts(names["shortNames"]),
            Categories = Texts(names["categories"]),
            Namespaced = spec.Text("scope") is "Namespaced",
            IsCustom = true,
            HasGeneration = true,
            Versions =
            [
                .. versions.Select(FromVersion)
                    .OrderByDescending(version => VersionOrder.Rank(version.Name), VersionOrder.Comparer),
            ],
        };
    }

    private static KindVersion FromVersion(JsonObject version)
    {
        var openApi = version.Member("schema").Member("openAPIV3Schema")?.Copy()
            ?? new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };
        var properties = openApi.Ensure("properties");
        properties["apiVersion"] ??= new JsonObject { ["type"] = "string" };
        properties["kind"] ??= new JsonObject { ["type"] = "string" };
        properties["metadata"] ??= new JsonObject { ["type"] = "object" };
        return new KindVersion
        {
            Name = version.Text("name"),
            Served = version.Flag("served"),
            Schema = MetaSchema.Describe(SchemaReader.Read(openApi)),
            OpenApi = openApi,
            HasStatus = version.Member("subresources").Member("status") is not null,
            Columns =
            [
                .. (version.Items("additionalPrinterColumns") ?? []).OfType<JsonObject>().Select(column => new Column(
                    column.Text("name"), column.Text("type"), column.Text("jsonPath"),
                    (int)column.Number("priority"))),
            ],
            Warning = !version.Flag("deprecated")
                ? ""
                : version.Text("deprecationWarning") is { Length: > 0 } warning
                    ? warning
                    : "this version is deprecated",
        };
    }

    private static string[] Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Select(item => item?.ToString() ?? "")];
}
