using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>Brings an object into its schema's shape: unknown fields and nulls go, defaults come.</summary>
internal static class SchemaShaper
{
    /// <summary>Shapes an object in place.</summary>
    /// <param name="unknown">Told the path of each field that goes.</param>
    public static void Shape(JsonObject value, Schema schema, string path, Action<string> unknown)
    {
        Strip(value, schema, path, unknown);
        Preset(value, schema);
    }

    /// <summary>Takes out unknown fields and nulls, in place.</summary>
    public static void Strip(JsonObject value, Schema schema, string path, Action<string> unknown)
    {
        foreach (var (name, field) in value.ToList())
        {
            if (schema.Field(name) is not { } known)
            {
                unknown(Join(path, name));
                value.Remove(name);
            }
            else if (field is null)
            {
                if (!known.Nullable)
                {
                    value.Remove(name); // A null is an absent field, and may get the default.
                }
            }
            else
            {
                StripInner(field, known, Join(path, name), unknown);
            }
        }
    }

    public static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";

    private static void StripInner(JsonNode value, Schema schema, string path, Action<string> unknown)
    {
        if (value is JsonObject members)
        {
            Strip(members, Inner(schema), path, unknown);
        }
        else if (value is JsonArray list && schema.Items is { } items)
        {
            for (var index = 0; index < list.Count; index++)
            {
                if (list[index] is { } item)
                {
                    StripInner(item, items, $"{path}[{index}]", unknown);
                }
            }
        }
    }

    private static void Preset(JsonNode? value, Schema schema)
    {
        if (value is JsonObject members)
        {
            var inner = Inner(schema);
            foreach (var (name, property) in inner.Properties)
            {
                if (property.Default is { } preset && !members.ContainsKey(name))
                {
                    members[name] = preset.DeepClone();
                }
            }

            foreach (var (name, member) in members)
            {
                if (inner.Field(name) is { } field && !ReferenceEquals(field, Schema.Any))
                {
                    Preset(member, field);
                }
            }
        }
        else if (value is JsonArray list && schema.Items is { } items)
        {
            foreach (var item in list)
            {
                Preset(item, items);
            }
        }
    }

    /// <summary>What a schema without a type says of an object's fields: nothing.</summary>
    private static Schema Inner(Schema schema) =>
        schema.Type is "" && schema.Properties.Count is 0 ? Schema.Any : schema;
}
