using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Applying;

/// <summary>Who writes, for managedFields.</summary>
/// <param name="Manager">Its name.</param>
/// <param name="ApiVersion">That it writes in.</param>
/// <param name="Subresource">Empty or <c>status</c>.</param>
/// <param name="Now">When.</param>
internal sealed record FieldWriter(string Manager, string ApiVersion, string Subresource, DateTimeOffset Now);

/// <summary>One owner's entry.</summary>
internal sealed record ManagedEntry(
    string Manager, string Operation, string ApiVersion, string Subresource, string Time, FieldSet Fields)
{
    public bool IsOf(FieldWriter writer, string operation) =>
        Manager == writer.Manager && Operation == operation && Subresource == writer.Subresource
        && (operation is ManagedFields.Apply || ApiVersion == writer.ApiVersion);
}

/// <summary>Which fields of an object were written by whom.</summary>
internal static class ManagedFields
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    /// <summary>Fields that are nobody's: they name the object, or the server sets them.</summary>
    private static readonly string[] NobodysMeta =
    [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion",
        "deletionTimestamp", "deletionGracePeriodSeconds",
    ];

    public static IReadOnlyList<ManagedEntry> Read(JsonObject value) =>
    [
        .. (value.Member("metadata").Items("managedFields") ?? []).OfType<JsonObject>().Select(ReadEntry),
    ];

    private static ManagedEntry ReadEntry(JsonObject entry) => new(
        entry.Text("manager"), entry.Text("operation"), entry.Text("apiVersion"), entry.Text("subresource"),
        entry.Text("time"), FieldSet.Parse(entry.Member("fieldsV1")));

    public static void Write(JsonObject value, IEnumerable<ManagedEntry> entries)
    {
        var list = new JsonArray();
        foreach (var entry in entries.Where(entry => !entry.Fields.IsEmpty))
        {
            var item = new JsonObject
            {
                ["manager"] = entry.Manager,
                ["operation"] = entry.Operation,
                ["apiVersion"] = entry.ApiVersion,
                ["time"] = entry.Time,
                ["fieldsType"] = "FieldsV1",
                ["fieldsV1"] = entry.Fields.ToJson(),
            };
            if (entry.Subresource is not "")
            {
                item["subresource"] = entry.Subresource;
            }

            list.Add(item);
        }

        var meta = value.Ensure("metadata");
        meta.Remove("managedFields");
        if (list.Count > 0)
        {
            meta["managedFields"] = list;
        }
    }

    /// <summary>The object without what is nobody's.</summary>
    public static JsonObject Owned(JsonObject value)
    {
        var copy = value.Copy();
        copy.Remove("apiVersion");
        copy.Remove("kind");
        if (copy.Member("metadata") is { } meta)
        {
            foreach (var name in NobodysMeta)
            {
                meta.Remove(name);
            }

            if (meta.Count is 0)
            {
                copy.Remove("metadata");
            }
        }

        return copy;
    }

    /// <summary>Sets the entries of an object that was written whole or patched: what changed is the writer's.
    /// </summary>
    /// <param name="before">Null where the object is new.</param>
    /// <param name="after">The object that gets the entries.</param>
    /// <param name="entries">Those so far.</param>
    /// <param name="schema">Of the kind.</param>
    /// <param name="writer">Who wrote it.</param>
    public static void Record(
        JsonObject? before, JsonObject after, IReadOnlyList<ManagedEntry> entries, Schema schema, FieldWriter writer)
    {
        var changes = FieldWalk.Compare(before is null ? new JsonObject() : Owned(before), Owned(after), schema);
        var own = entries.FirstOrDefault(entry => entry.IsOf(writer, Update));
        var result = new List<ManagedEntry>();
        foreach (var entry in entries)
        {
            if (ReferenceEquals(entry, own))
            {
                result.Add(changes.Touched.IsEmpty && changes.Removed.IsEmpty
                    ? entry
                    : entry with
                    {
                        Fields = entry.Fields.Union(changes.Touched).Except(changes.Removed),
                        Time = Times.Format(writer.Now),
                    });
            }
            else
            {
                result.Add(entry with { Fields = entry.Fields.Except(changes.Touched).Except(changes.Removed) });
            }
        }

        if (own is null && !changes.Touched.IsEmpty)
        {
            result.Add(new ManagedEntry(
                writer.Manager, Update, writer.ApiVersion, writer.Subresource, Times.Format(writer.Now),
                changes.Touched));
        }

        Write(after, result);
    }
}
