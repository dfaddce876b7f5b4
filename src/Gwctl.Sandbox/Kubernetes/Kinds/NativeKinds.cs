using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Kinds;

/// <summary>The kinds that the sandbox describes itself: those of an API server without any
/// CustomResourceDefinition, and definitions that it starts with.</summary>
internal static class NativeKinds
{
    /// <summary>A file of definitions that is embedded in this assembly.</summary>
    private const string Prefix = "kubernetes/";

    private static readonly string[] NativeFiles = ["core.yaml", "workloads.yaml"];

    private static readonly Lazy<IReadOnlyList<Kind>> LazyAll = new(() =>
        [.. NativeFiles.SelectMany(Entries).Select(ToKind)]);

    private static readonly Lazy<IReadOnlyList<JsonObject>> LazyDefinitions = new(() =>
        [.. Entries("gateway.yaml").Select(ToDefinition), .. OwnDefinitions()]);

    /// <summary>Every kind of <c>core.yaml</c> and <c>workloads.yaml</c>.</summary>
    public static IReadOnlyList<Kind> All => LazyAll.Value;

    /// <summary>CustomResourceDefinitions of the Gateway API and of gwctl.dev. To be copied before they are
    /// changed.</summary>
    public static IReadOnlyList<JsonObject> Definitions => LazyDefinitions.Value;

    /// <summary>gwctl's own, as they are installed in clusters.</summary>
    private static IEnumerable<JsonObject> OwnDefinitions() =>
        YamlJson.ParseAll(ReadFile("crds.yaml")).OfType<JsonObject>().Select(definition =>
        {
            definition.Ensure("metadata").Ensure("annotations")[DefinitionSeeds.Annotation] = "true";
            return definition;
        });

    private static string ReadFile(string file)
    {
        using var stream = typeof(NativeKinds).Assembly.GetManifestResourceStream(Prefix + file)
            ?? throw new InvalidOperationException($"The assembly has no '{file}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<(string Name, JsonObject Form)> Entries(string file)
    {
        var all = YamlJson.Parse(ReadFile(file)) as JsonObject ?? [];
        return [.. all.Where(entry => entry.Key[0] is not '$' && entry.Value is JsonObject)
            .Select(entry => (entry.Key, (JsonObject)(entry.Value ?? new JsonObject())))];
    }

    private static Kind ToKind((string Name, JsonObject Form) entry)
    {
        var (plural, group) = Split(entry.Name);
        var form = entry.Form;
        var openApi = WithMeta(ShortSchema.Expand(form["schema"]));
        var schema = MetaSchema.Describe(SchemaReader.Read(openApi));
        return new Kind
        {
            Group = group,
            Plural = plural,
            Singular = form.Text("kind").ToLowerInvariant(),
            Name = form.Text("kind"),
            ListName = $"{form.Text("kind")}List",
            ShortNames = Texts(form["short"]),
            Categories = Texts(form["categories"]),
            Namespaced = form.Flag("namespaced"),
            HasGeneration = form.Flag("generation"),
            StoredAs = form.Text("storedAs"),
            Renames = [.. (form.Member("renames") ?? []).Select(pair => (pair.Key, pair.Value?.ToString() ?? ""))],
            Versions =
            [
                .. Texts(form["versions"]).Select(version => new KindVersion
                {
                    Name = version,
                    Schema = schema,
                    OpenApi = openApi,
                    HasStatus = form.Flag("status"),
                    Columns = Columns(form),
                }),
            ],
        };
    }

    private static JsonObject ToDefinition((string Name, JsonObject Form) entry)
    {
        var (plural, group) = Split(entry.Name);
        var form = entry.Form;
        var names = new JsonObject
        {
            ["plural"] = plural,
            ["singular"] = form.Text("kind").ToLowerInvariant(),
            ["kind"] = form.Text("kind"),
            ["listKind"] = $"{form.Text("kind")}List",
        };
        AddTexts(names, "shortNames", form["short"]);
        AddTexts(names, "categories", form["categories"]);
        var annotations = new JsonObject { [DefinitionSeeds.Annotation] = "true" };
        foreach (var (name, value) in form.Member("annotations") ?? [])
        {
            annotations[name] = value?.DeepClone();
        }

        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = entry.Name, ["annotations"] = annotations },
            ["spec"] = new JsonObject
            {
                ["group"] = group,
                ["names"] = names,
                ["scope"] = form.Flag("namespaced") ? "Namespaced" : "Cluster",
                ["versions"] = new JsonArray([.. Texts(form["versions"]).Select((v, i) => ToVersion(form, v, i is 0))]),
            },
        };
    }

    private static JsonObject ToVersion(JsonObject form, string name, bool storage)
    {
        var version = new JsonObject
        {
            ["name"] = name,
            ["served"] = true,
            ["storage"] = storage,
            ["schema"] = new JsonObject { ["openAPIV3Schema"] = WithMeta(ShortSchema.Expand(form["schema"])) },
            ["additionalPrinterColumns"] = new JsonArray([.. Columns(form).Select(column => new JsonObject
            {
                ["name"] = column.Name,
                ["type"] = column.Type,
                ["jsonPath"] = column.Path,
                ["priority"] = column.Priority,
            })]),
        };
        if (form.Flag("status"))
        {
            version["subresources"] = new JsonObject { ["status"] = new JsonObject() };
        }

        return version;
    }

    private static JsonObject WithMeta(JsonObject schema)
    {
        var properties = schema.Ensure("properties");
        properties["apiVersion"] = new JsonObject { ["type"] = "string" };
        properties["kind"] = new JsonObject { ["type"] = "string" };
        properties["metadata"] = new JsonObject { ["type"] = "object" };
        return schema;
    }

    private static (string Plural, string Group) Split(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is var dot && dot > 0
            ? (name[..dot], name[(dot + 1)..])
            : (name, "");

    private static IReadOnlyList<Column> Columns(JsonObject form) =>
    [
        .. (form.Member("columns") ?? []).Select(column =>
        {
            var parts = (column.Value?.ToString() ?? "").Split(' ', 3);
            return new Column(column.Key, parts[0], parts[^1], parts is [_, "wide", _] ? 1 : 0);
        }),
    ];

    private static string[] Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Select(item => item?.ToString() ?? "")];

    private static void AddTexts(JsonObject target, string name, JsonNode? list)
    {
        if (list is JsonArray { Count: > 0 })
        {
            target[name] = list.DeepClone();
        }
    }
}
