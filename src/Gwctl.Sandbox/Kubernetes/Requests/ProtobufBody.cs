using System.Text;
using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Requests;

/// <summary>Reads the protobuf form of the few kinds that <c>kubectl create</c> and <c>kubectl auth</c> send in it. All
/// others are sent, and everything is answered, in JSON.</summary>
internal static class ProtobufBody
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    private enum Form
    {
        Text,
        Bytes,
        Flag,
        Number,
        Message,
        Map,
        BytesMap,
    }

    private sealed record Field(int Number, string Name, Form Form, Field[]? Inner = null, bool IsList = false);

    private static readonly Field[] Meta =
    [
        new(1, "name", Form.Text), new(2, "generateName", Form.Text), new(3, "namespace", Form.Text),
        new(5, "uid", Form.Text), new(6, "resourceVersion", Form.Text), new(11, "labels", Form.Map),
        new(12, "annotations", Form.Map), new(14, "finalizers", Form.Text, IsList: true),
    ];

    private static readonly Field Metadata = new(1, "metadata", Form.Message, Meta);

    private static readonly Field[] Rules =
    [
        new(1, "verbs", Form.Text, IsList: true), new(2, "apiGroups", Form.Text, IsList: true),
        new(3, "resources", Form.Text, IsList: true), new(4, "resourceNames", Form.Text, IsList: true),
        new(5, "nonResourceURLs", Form.Text, IsList: true),
    ];

    private static readonly Field[] Role = [Metadata, new(2, "rules", Form.Message, Rules, IsList: true)];

    private static readonly Field[] Binding =
    [
        Metadata,
        new(2, "subjects", Form.Message,
        [
            new(1, "kind", Form.Text), new(2, "apiGroup", Form.Text), new(3, "name", Form.Text),
            new(4, "namespace", Form.Text),
        ], IsList: true),
        new(3, "roleRef", Form.Message,
            [new(1, "apiGroup", Form.Text), new(2, "kind", Form.Text), new(3, "name", Form.Text)]),
    ];

    private static readonly Field[] Attributes =
    [
        new(1, "namespace", Form.Text), new(2, "verb", Form.Text), new(3, "group", Form.Text),
        new(4, "version", Form.Text), new(5, "resource", Form.Text), new(6, "subresource", Form.Text),
        new(7, "name", Form.Text),
    ];

    private static readonly Dictionary<string, Field[]> Kinds = new(StringComparer.Ordinal)
    {
        ["v1/Namespace"] = [Metadata],
        ["v1/ConfigMap"] =
        [
            Metadata, new(2, "data", Form.Map), new(3, "binaryData", Form.BytesMap), new(4, "immutable", Form.Flag),
        ],
        ["v1/Secret"] =
        [
            Metadata, new(2, "data", Form.BytesMap), new(3, "type", Form.Text), new(4, "stringData", Form.Map),
            new(5, "immutable", Form.Flag),
        ],
        ["v1/ServiceAccount"] = [Metadata],
        ["rbac.authorization.k8s.io/v1/Role"] = Role,
        ["rbac.authorization.k8s.io/v1/ClusterRole"] = Role,
        ["rbac.authorization.k8s.io/v1/RoleBinding"] = Binding,
        ["rbac.authorization.k8s.io/v1/ClusterRoleBinding"] = Binding,
        ["authentication.k8s.io/v1/SelfSubjectReview"] = [Metadata],
        ["authorization.k8s.io/v1/SelfSubjectAccessReview"] =
        [
            Metadata,
            new(2, "spec", Form.Message, [new(1, "resourceAttributes", Form.Message, Attributes)]),
        ],
        ["authorization.k8s.io/v1/SelfSubjectRulesReview"] =
            [Metadata, new(2, "spec", Form.Message, [new(1, "namespace", Form.Text)])],
    };

    private static readonly Field[] Envelope =
    [
        new(1, "type", Form.Message, [new(1, "apiVersion", Form.Text), new(2, "kind", Form.Text)]),
        new(2, "raw", Form.Bytes),
    ];

    /// <exception cref="ApiException">It is malformed, or of a kind that is not read in this form.</exception>
    public static JsonObject Read(byte[] body)
    {
        if (!body.AsSpan().StartsWith("k8s\0"u8))
        {
            throw ApiErrors.BadRequest("the body of the request does not start as Kubernetes' protobuf does");
        }

        var envelope = ReadMessage(body.AsSpan(4), Envelope);
        var type = envelope.Member("type");
        var (apiVersion, kind) = (type.Text("apiVersion"), type.Text("kind"));
        if (!Kinds.TryGetValue($"{apiVersion}/{kind}", out var fields))
        {
            throw ApiErrors.UnsupportedMedia(ContentType);
        }

        var value = ReadMessage(Convert.FromBase64String(envelope.Text("raw")), fields);
        value["apiVersion"] = apiVersion;
        value["kind"] = kind;
        return value;
    }

    private static JsonObject ReadMessage(ReadOnlySpan<byte> bytes, Field[] fields)
    {
        var result = new JsonObject();
        while (bytes.Length > 0)
        {
            var tag = ReadNumber(ref bytes);
            var field = Array.Find(fields, field => field.Number == (int)(tag >> 3));
            switch (tag & 7)
            {
                case 0:
                    var number = ReadNumber(ref bytes);
                    if (field is not null)
                    {
                        result[field.Name] = field.Form is Form.Flag ? number is not 0 : (long)number;
                    }

                    break;
                case 1:
                    bytes = Skip(bytes, 8);
                    break;
                case 2:
                    var length = (int)ReadNumber(ref bytes);
                    var rest = Skip(bytes, length);
                    if (field is not null)
                    {
                        Add(result, field, bytes[..length]);
                    }

                    bytes = rest;
                    break;
                case 5:
                    bytes = Skip(bytes, 4);
                    break;
                default:
                    throw ApiErrors.BadRequest("the protobuf body is malformed");
            }
        }

        return result;
    }

    private static void Add(JsonObject result, Field field, ReadOnlySpan<byte> bytes)
    {
        if (field.Form is Form.Map or Form.BytesMap)
        {
            var form = field.Form is Form.Map ? Form.Text : Form.Bytes;
            var pair = ReadMessage(bytes, [new(1, "key", Form.Text), new(2, "value", form)]);
            result.Ensure(field.Name)[pair.Text("key")] = pair.Text("value");
            return;
        }

        JsonNode value = field.Form switch
        {
            Form.Message => ReadMessage(bytes, field.Inner ?? []),
            Form.Bytes => Convert.ToBase64String(bytes),
            _ => Encoding.UTF8.GetString(bytes),
        };
        if (field.IsList)
        {
            var list = result.Items(field.Name) ?? [];
            list.Add(value);
            result[field.Name] ??= list;
        }
        else if (value is not JsonValue || value.ToString() is not "")
        {
            result[field.Name] = value; // Texts that are not set are sent empty.
        }
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        var result = 0UL;
        for (var index = 0; index < bytes.Length && index < 10; index++)
        {
            result |= (ulong)(bytes[index] & 0x7F) << (7 * index);
            if (bytes[index] < 0x80)
            {
                bytes = bytes[(index + 1)..];
                return result;
            }
        }

        throw ApiErrors.BadRequest("the protobuf body is malformed");
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes, int length) =>
        length >= 0 && length <= bytes.Length
            ? bytes[length..]
            : throw ApiErrors.BadRequest("the protobuf body is malformed");
}
