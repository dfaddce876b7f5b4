using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Discovery;

/// <summary>The kinds' schemas as OpenAPI v3, one document for each group and version, as far as kubectl reads them: it
/// looks for the parameters of a patch, and explains fields.</summary>
internal static class OpenApiHandler
{
    private const string MetaName = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    /// <summary>What older clients want of version 2: a document in protobuf. It describes nothing, which makes them
    /// turn to version 3.</summary>
    public static readonly byte[] EmptySwagger = [.. "\n\u00032.0\u0012\u0010\n\nKubernetes\u0012\u0002v1"u8];

    public const string SwaggerPath = "/openapi/v2";

    /// <summary>As clients ask for it.</summary>
    public const string SwaggerAccept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <summary>As it is answered: a media type may have no @.</summary>
    public const string SwaggerType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <returns>Null where the path is none of these documents'.</returns>
    public static JsonObject? Find(KindRegistry kinds, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["openapi", "v2"] => Swagger(kinds),
            ["openapi", "v3"] => Index(kinds),
            ["openapi", "v3", "api", "v1"] => Document(kinds, "", "v1"),
            ["openapi", "v3", "apis", var group, var version]
                when DiscoveryHandler.VersionsOf(kinds, group).Contains(version) => Document(kinds, group, version),
            _ => null,
        };
    }

    /// <summary>All kinds in one document of version 2, without their paths.</summary>
    private static JsonObject Swagger(KindRegistry kinds)
    {
        var definitions = new JsonObject { [MetaName] = MetaSchema.OpenApi.DeepClone() };
        foreach (var kind in kinds.All)
        {
            foreach (var version in kind.Versions.Where(version => version.Served))
            {
                var schema = SchemaOf(version, TypeOf(kind, version.Name));
                schema.Ensure("properties")["metadata"] = new JsonObject { ["$ref"] = $"#/definitions/{MetaName}" };
                definitions[SchemaName(kind, version.Name)] = schema;
            }
        }

        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1" },
            ["paths"] = new JsonObject(),
            ["definitions"] = definitions,
        };
    }

    private static JsonObject TypeOf(Kind kind, string version) =>
        new() { ["group"] = kind.Group, ["version"] = version, ["kind"] = kind.Name };

    private static JsonObject Index(KindRegistry kinds)
    {
        var paths = new JsonObject();
        foreach (var group in DiscoveryHandler.Groups(kinds))
        {
            foreach (var version in DiscoveryHandler.VersionsOf(kinds, group))
            {
                var path = group is "" ? $"api/{version}" : $"apis/{group}/{version}";
                paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}" };
            }
        }

        return new JsonObject { ["paths"] = paths };
    }

    private static JsonObject Document(KindRegistry kinds, string group, string version)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject { [MetaName] = MetaSchema.OpenApi.DeepClone() });
        foreach (var kind in kinds.All.Where(kind => kind.Group == group))
        {
            if (kind.Version(version) is { } at)
            {
                var type = TypeOf(kind, version);
                var name = SchemaName(kind, version);
                schemas[name] = SchemaOf(at, type);
                AddPaths(paths, kind, version, type, name);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static string SchemaName(Kind kind, string version) => kind.Group is ""
        ? $"io.k8s.api.core.{version}.{kind.Name}"
        : $"{string.Join('.', kind.Group.Split('.').Reverse())}.{version}.{kind.Name}";

    private static JsonObject SchemaOf(KindVersion version, JsonObject type)
    {
        var schema = version.OpenApi.Copy();
        schema.Ensure("properties")["metadata"] = new JsonObject
        {
            ["allOf"] = new JsonArray(Reference(MetaName)),
            ["default"] = new JsonObject(),
        };
        schema["x-kubernetes-group-version-kind"] = new JsonArray(type.DeepClone());
        return schema;
    }

    private static void AddPaths(JsonObject paths, Kind kind, string version, JsonObject type, string schema)
    {
        var root = kind.Group is "" ? $"/api/{version}" : $"/apis/{kind.Group}/{version}";
        var collection = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
        paths[collection] = new JsonObject
        {
            ["get"] = Operation("list", type, [], schema),
            ["post"] = Operation("post", type, ["dryRun", "fieldManager", "fieldValidation"], schema),
        };
        paths[$"{collection}/{{name}}"] = new JsonObject
        {
            ["get"] = Operation("get", type, [], schema),
            ["put"] = Operation("put", type, ["dryRun", "fieldManager", "fieldValidation"], schema),
            ["patch"] = Operation("patch", type, ["dryRun", "fieldManager", "fieldValidation", "force"], schema),
            ["delete"] = Operation("delete", type, ["dryRun", "propagationPolicy"], schema),
        };
    }

    private static JsonObject Operation(string action, JsonObject type, string[] parameters, string schema) => new()
    {
        ["parameters"] = new JsonArray([.. parameters.Select(name => new JsonObject
        {
            ["name"] = name,
            ["in"] = "query",
            ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
        })]),
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "OK",
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = Reference(schema) },
                },
            },
        },
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = type.DeepClone(),
    };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
