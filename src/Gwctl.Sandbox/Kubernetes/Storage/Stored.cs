using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;

namespace Gwctl.Sandbox.Kubernetes.Storage;

/// <summary>An object at one version. Its text is kept as it leaves, without <c>apiVersion</c> and <c>kind</c>: these
/// depend on the version that a reader asks for.</summary>
internal sealed class Stored
{
    private Stored(Kind kind, JsonObject value, long version)
    {
        var meta = value.Member("metadata") ?? [];
        Namespace = meta.Text("namespace");
        Name = meta.Text("name");
        Uid = meta.Text("uid");
        Labels = meta.Member("labels") is { Count: > 0 } labels
            ? [.. labels.Select(label => KeyValuePair.Create(label.Key, label.Value?.ToString() ?? ""))]
            : [];
        Owners = meta.Items("ownerReferences") is { Count: > 0 } owners
            ? [.. owners.OfType<JsonObject>().Select(owner => owner.Text("uid"))]
            : [];
        Kind = kind.Name;
        Version = version;
        Body = BodyOf(value);
    }

    public string Kind { get; }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public KeyValuePair<string, string>[] Labels { get; }

    /// <summary>The uids of the objects that it goes with.</summary>
    public string[] Owners { get; }

    /// <summary>Of the whole store, when this was written.</summary>
    public long Version { get; }

    /// <summary>UTF-8: the members after <c>apiVersion</c> and <c>kind</c> and the closing brace.</summary>
    public byte[] Body { get; }

    public string Key => KeyOf(Namespace, Name);

    public static string KeyOf(string ns, string name) => ns is "" ? name : $"{ns}/{name}";

    /// <summary>An object whose resourceVersion has been set.</summary>
    public static Stored Of(Kind kind, JsonObject value, long version) => new(kind, value, version);

    /// <summary>What was kept, from disk.</summary>
    public static Stored Load(Kind kind, byte[] body)
    {
        var value = JsonForm.Parse([(byte)'{', .. body]) as JsonObject ?? [];
        return new Stored(kind, value, long.Parse(value.Member("metadata").Text("resourceVersion")));
    }

    /// <summary>A copy to work on, with <c>apiVersion</c> and <c>kind</c> first.</summary>
    public JsonObject ToJson(string apiVersion)
    {
        var result = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = Kind };
        var body = JsonForm.Parse([(byte)'{', .. Body]) as JsonObject ?? [];
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            result[name] = value;
        }

        return result;
    }

    private static byte[] BodyOf(JsonObject value)
    {
        var body = new JsonObject { ["metadata"] = value["metadata"]?.DeepClone() };
        foreach (var (name, member) in value.Where(member => member.Key is not ("apiVersion" or "kind" or "metadata")))
        {
            body[name] = member?.DeepClone();
        }

        return JsonForm.ToBytes(body)[1..];
    }
}
