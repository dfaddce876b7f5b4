using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>The metadata that every object has.</summary>
internal static class MetaSchema
{
    private const string Form = """
        name: string
        generateName: string
        namespace: string
        selfLink: string
        uid: string
        resourceVersion: string
        generation: int64
        creationTimestamp: time
        deletionTimestamp: time
        deletionGracePeriodSeconds: int64
        labels: texts
        annotations: texts
        finalizers[=]: string
        ownerReferences[uid]:
          apiVersion!: string
          kind!: string
          name!: string
          uid!: string
          controller: bool
          blockOwnerDeletion: bool
        managedFields[]: any
        """;

    public static readonly JsonObject OpenApi = ShortSchema.Expand(YamlJson.Parse(Form));

    private static readonly Schema Described = SchemaReader.Read(OpenApi);

    /// <summary>A kind's schema with the metadata's in place of any object.</summary>
    public static Schema Describe(Schema kind) => kind with
    {
        Properties = kind.Properties.Where(property => property.Key is not "metadata")
            .Append(KeyValuePair.Create("metadata", Described))
            .ToFrozenDictionary(),
    };
}
