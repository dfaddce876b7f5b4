using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Output;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Writes stored objects as a reader wants them. Whole ones leave as they are kept, without being parsed.
/// </summary>
internal sealed class ObjectEncoder
{
    private readonly Kind _kind;
    private readonly ObjectForm _form;
    private readonly TableRows? _table;
    private readonly byte[] _head;
    private readonly byte[] _itemHead;

    public ObjectEncoder(Kind kind, KindVersion version, ObjectForm form, string includeObject, DateTimeOffset now)
    {
        _kind = kind;
        _form = form;
        ApiVersion = kind.ApiVersion(version);
        _table = form is ObjectForm.Table ? new TableRows(kind, version, includeObject, now) : null;
        _head = Encoding.UTF8.GetBytes($$"""{"apiVersion":"{{ApiVersion}}","kind":"{{kind.Name}}",""");

        // In a list the items of kinds that are not custom do not repeat what the list says.
        _itemHead = kind.IsCustom ? _head : "{"u8.ToArray();
    }

    public string ApiVersion { get; }

    /// <summary>An object by itself.</summary>
    public byte[] Encode(Stored stored) => _form switch
    {
        ObjectForm.Whole when _kind.Renames.Count > 0 =>
            JsonForm.ToBytes(_kind.View(stored.ToJson(ApiVersion))),
        ObjectForm.Whole => [.. _head, .. stored.Body],
        ObjectForm.Metadata => JsonForm.ToBytes(Metadata(stored)),
        _ => JsonForm.ToBytes(Table([stored], new JsonObject { ["resourceVersion"] = $"{stored.Version}" })),
    };

    /// <summary>An item of a list that is not a table.</summary>
    public (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body) EncodeItem(Stored stored) =>
        _form is ObjectForm.Whole && _kind.Renames.Count is 0
            ? (_itemHead, stored.Body)
            : (default, Encode(stored));

    /// <summary>The beginning of a list, up to its first item.</summary>
    public byte[] ListHead(JsonObject meta)
    {
        var (version, name) = _form is ObjectForm.Metadata
            ? ("meta.k8s.io/v1", "PartialObjectMetadataList")
            : (ApiVersion, _kind.ListName);
        return Encoding.UTF8.GetBytes(
            $$"""{"kind":"{{name}}","apiVersion":"{{version}}","metadata":{{meta.ToJsonString()}},"items":[""");
    }

    public JsonObject Table(IEnumerable<Stored> items, JsonObject meta) =>
        (_table ?? throw new InvalidOperationException("No table was asked for.")).Render(items, ApiVersion, meta);

    private JsonObject Metadata(Stored stored) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = stored.ToJson(ApiVersion).Take("metadata"),
    };
}
