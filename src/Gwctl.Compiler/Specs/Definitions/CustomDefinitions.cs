using System.Text;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Core;
using YamlDotNet.Serialization;

namespace Gwctl.Compiler.Specs.Definitions;

/// <summary>The CustomResourceDefinitions of gwctl's own kinds, made from what their decoders read.</summary>
public static class CustomDefinitions
{
    private const string Version = "v1alpha1";

    private static readonly Definition[] All =
    [
        new("ProviderConfig", "providerconfigs", "Where and as whom gwctl works: a cloud account and its settings.")
        {
            IsCluster = true,
            Columns = [new("Provider", ".spec.provider"), new("Owner", ".spec.owner")],
        },
        new("BackendPolicy", "backendpolicies", "How a load balancer reaches the Services that it targets.")
        {
            IsPolicy = true,
            Columns = [new("Services", ".spec.targetRefs[*].name")],
        },
        new("DnsPolicy", "dnspolicies", "How a Gateway's hostnames are answered.")
        {
            IsPolicy = true,
            Columns = [new("Gateway", ".spec.targetRef.name"), new("Weight", ".spec.weight")],
        },
        new("Cutover", "cutovers", "Moves hostnames from an old load balancer to a Gateway by weighted DNS.")
        {
            Columns = [new("Gateway", ".spec.to.gatewayRef.name")],
        },
        new("RouteTest", "routetests", "Requests, and what must become of them."),
    ];

    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .Build();

    /// <summary>YAML documents in a fixed order.</summary>
    /// <param name="providers">What each provider reads of its own section (<c>spec</c>, by its name); others are left
    /// open.</param>
    public static string Render(IReadOnlyDictionary<string, SectionShape> providers)
    {
        var text = new StringBuilder("# Made from the code: GWCTL_ACCEPT=1 dotnet test tests/Gwctl.Golden.Tests\n");
        foreach (var definition in All)
        {
            text.Append("---\n").Append(Serializer.Serialize(Document(definition, providers)));
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    private static Dictionary<string, object> Document(
        Definition definition, IReadOnlyDictionary<string, SectionShape> providers)
    {
        var meta = new Dictionary<string, object> { ["name"] = $"{definition.Plural}.{ApiGroups.Gwctl}" };
        if (definition.IsPolicy)
        {
            meta["labels"] = new Dictionary<string, object> { ["gateway.networking.k8s.io/policy"] = "Direct" };
        }

        return new Dictionary<string, object>
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = meta,
            ["spec"] = new Dictionary<string, object>
            {
                ["group"] = ApiGroups.Gwctl,
                ["scope"] = definition.IsCluster ? "Cluster" : "Namespaced",
                ["names"] = new Dictionary<string, object>
                {
                    ["kind"] = definition.Kind,
                    ["listKind"] = $"{definition.Kind}List",
                    ["plural"] = definition.Plural,
                    ["singular"] = definition.Kind.ToLowerInvariant(),
                    ["categories"] = new[] { "gwctl" },
                },
                ["versions"] = new[] { ServedVersion(definition, providers) },
            },
        };
    }

    private static Dictionary<string, object> ServedVersion(
        Definition definition, IReadOnlyDictionary<string, SectionShape> providers)
    {
        var spec = SchemaOf(SpecOf(definition.Kind), "");
        if (definition.Kind is "ProviderConfig" && spec["properties"] is Dictionary<string, object> fields)
        {
            foreach (var (name, shape) in providers)
            {
                fields[name] = SchemaOf(shape, $"Settings of the provider {name}.");
            }
        }

        var columns = definition.Columns.Append(new Column("Age", ".metadata.creationTimestamp") { Type = "date" });
        return new Dictionary<string, object>
        {
            ["name"] = Version,
            ["served"] = true,
            ["storage"] = true,
            ["additionalPrinterColumns"] = columns.Select(column => new Dictionary<string, object>
            {
                ["name"] = column.Name,
                ["type"] = column.Type,
                ["jsonPath"] = column.Path,
            }).ToArray(),
            ["schema"] = new Dictionary<string, object>
            {
                ["openAPIV3Schema"] = new Dictionary<string, object>
                {
                    ["type"] = "object",
                    ["description"] = definition.Description,
                    ["required"] = new[] { "spec" },
                    ["properties"] = new Dictionary<string, object>
                    {
                        ["apiVersion"] = TypeOf("string"),
                        ["kind"] = TypeOf("string"),
                        ["metadata"] = TypeOf("object"),
                        ["spec"] = spec,
                    },
                },
            },
        };
    }

    /// <summary>What the kind's decoder reads below <c>spec</c>.</summary>
    private static SectionShape SpecOf(string kind)
    {
        var entry = KindTable.Find(ApiGroups.Gwctl, kind)
            ?? throw new InvalidOperationException($"gwctl reads no {kind}.");
        var meta = new ObjectMeta { Name = new ObjectName("", ""), Span = default };
        var top = NodeReader.Explore(reader => entry.Decode(new ObjectContext(reader, meta)));
        return top.Fields.GetValueOrDefault("spec")?.Section
            ?? throw new InvalidOperationException($"A {kind} has no spec.");
    }

    private static Dictionary<string, object> SchemaOf(SectionShape section, string description)
    {
        var schema = TypeOf("object");
        if (description is not "")
        {
            schema["description"] = description;
        }

        var required = section.Fields.Keys.Where(section.IsRequired).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = required;
        }

        if (section.Fields.Count > 0)
        {
            schema["properties"] = section.Fields.ToDictionary(
                field => field.Key, field => (object)SchemaOf(field.Value));
        }

        return schema;
    }

    private static Dictionary<string, object> SchemaOf(FieldShape field)
    {
        var schema = field.Form switch
        {
            FieldForm.Text => TextSchema(field),
            FieldForm.Number => NumberSchema(field),
            FieldForm.Bool => TypeOf("boolean"),
            FieldForm.NumberOrText => new Dictionary<string, object> { ["x-kubernetes-int-or-string"] = true },
            FieldForm.Map => new Dictionary<string, object>
            {
                ["type"] = "object",
                ["additionalProperties"] = TypeOf("string"),
            },
            FieldForm.Texts => ListOf(TextSchema(field)),
            FieldForm.Numbers => ListOf(NumberSchema(field)),
            FieldForm.Section when field.Section is { } section => SchemaOf(section, ""),
            FieldForm.List when field.Section is { } section => ListOf(SchemaOf(section, "")),
            _ => new Dictionary<string, object> { ["x-kubernetes-preserve-unknown-fields"] = true },
        };
        if (field.Hint is not "")
        {
            schema["description"] = field.Hint;
        }

        var counted = field.Form is FieldForm.Map ? "Properties" : "Items";
        Add(schema, $"min{counted}", field.CountMin);
        Add(schema, $"max{counted}", field.CountMax);
        return schema;
    }

    private static Dictionary<string, object> TextSchema(FieldShape field)
    {
        var schema = TypeOf("string");
        if (field.Choices.Count > 0)
        {
            schema["enum"] = field.Choices.ToArray();
        }

        Add(schema, "minLength", field.Min is 0 ? null : field.Min);
        Add(schema, "maxLength", field.Max is int.MaxValue ? null : field.Max);
        return schema;
    }

    private static Dictionary<string, object> NumberSchema(FieldShape field)
    {
        var schema = TypeOf("integer");
        schema["format"] = "int32";
        Add(schema, "minimum", field.Min is int.MinValue ? null : field.Min);
        Add(schema, "maximum", field.Max is int.MaxValue ? null : field.Max);
        return schema;
    }

    private static Dictionary<string, object> ListOf(Dictionary<string, object> items) =>
        new() { ["type"] = "array", ["items"] = items };

    private static Dictionary<string, object> TypeOf(string type) => new() { ["type"] = type };

    private static void Add(Dictionary<string, object> schema, string name, long? value)
    {
        if (value is { } number)
        {
            schema[name] = number;
        }
    }

    private sealed record Column(string Name, string Path)
    {
        public string Type { get; init; } = "string";
    }

    private sealed record Definition(string Kind, string Plural, string Description)
    {
        public bool IsCluster { get; init; }

        /// <summary>It is attached to another object (GEP-713).</summary>
        public bool IsPolicy { get; init; }

        public EquatableList<Column> Columns { get; init; } = [];
    }
}
