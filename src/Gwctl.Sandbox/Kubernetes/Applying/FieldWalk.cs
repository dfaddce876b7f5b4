using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Applying;

/// <summary>The fields that differ between two states of an object.</summary>
/// <param name="Touched">New, or of another value.</param>
/// <param name="Removed">There before and not after.</param>
internal sealed record FieldChanges(FieldSet Touched, FieldSet Removed);

/// <summary>Finds the fields of objects, by their schema: what a list's items are, and what is one value.</summary>
internal static class FieldWalk
{
    public static FieldSet FieldsOf(JsonNode? value, Schema schema)
    {
        var set = new FieldSet();
        Collect(value, schema, set);
        return set;
    }

    public static FieldChanges Compare(JsonNode? before, JsonNode? after, Schema schema)
    {
        var changes = new FieldChanges(new FieldSet(), new FieldSet());
        Compare(before, after, schema, changes.Touched, changes.Removed);
        Prune(changes.Touched);
        Prune(changes.Removed);
        return changes;
    }

    /// <summary>An object whose fields are owned one by one.</summary>
    public static bool IsGranular(JsonNode? value, Schema schema) => value is JsonObject && !schema.IsAtomicMap;

    /// <summary>A list whose items are owned one by one.</summary>
    public static bool IsMerged(JsonNode? value, Schema schema) =>
        value is JsonArray && schema.Merge is not ListMerge.Atomic;

    public static Schema ItemsOf(Schema schema) => schema.Items ?? Schema.Any;

    public static Schema FieldOf(Schema schema, string name) => schema.Field(name) ?? Schema.Any;

    /// <summary>A list's items by their keys, in order. Of two with one key the first counts.</summary>
    public static IReadOnlyList<(string Key, JsonNode? Item)> ItemsByKey(JsonArray list, Schema schema) =>
        [.. list.Select(item => (Key: ListKeys.KeyOf(item, schema), Item: item))
            .DistinctBy(pair => pair.Key, StringComparer.Ordinal)];

    private static void Collect(JsonNode? value, Schema schema, FieldSet set)
    {
        if (IsGranular(value, schema) && value is JsonObject { Count: > 0 } members)
        {
            foreach (var (name, member) in members)
            {
                var child = set.Child($"f:{name}");
                Collect(member, FieldOf(schema, name), child);
                child.IsMember |= !schema.Names(name);
            }
        }
        else if (IsMerged(value, schema) && value is JsonArray { Count: > 0 } list)
        {
            foreach (var (key, item) in ItemsByKey(list, schema))
            {
                var child = set.Child(key);
                child.IsMember = true;
                if (item is JsonObject)
                {
                    Collect(item, ItemsOf(schema), child);
                }
            }
        }
        else
        {
            set.IsMember = true;
        }
    }

    private static void Compare(JsonNode? before, JsonNode? after, Schema schema, FieldSet touched, FieldSet removed)
    {
        if (IsGranular(before, schema) && IsGranular(after, schema)
            && before is JsonObject oldMembers && after is JsonObject newMembers)
        {
            foreach (var name in oldMembers.Select(member => member.Key)
                .Union(newMembers.Select(member => member.Key)))
            {
                CompareElement(
                    oldMembers.TryGetPropertyValue(name, out var old), old,
                    newMembers.TryGetPropertyValue(name, out var now), now,
                    FieldOf(schema, name), touched.Child($"f:{name}"), removed.Child($"f:{name}"));
            }
        }
        else if (IsMerged(before, schema) && IsMerged(after, schema)
            && before is JsonArray oldList && after is JsonArray newList)
        {
            var oldItems = ItemsByKey(oldList, schema).ToDictionary(pair => pair.Key, pair => pair.Item);
            var newItems = ItemsByKey(newList, schema).ToDictionary(pair => pair.Key, pair => pair.Item);
            foreach (var key in oldItems.Keys.Union(newItems.Keys))
            {
                var (had, has) = (oldItems.TryGetValue(key, out var old), newItems.TryGetValue(key, out var now));
                CompareElement(had, old, has, now, ItemsOf(schema), touched.Child(key), removed.Child(key));
                touched.Child(key).IsMember |= has && !had;
                removed.Child(key).IsMember |= had && !has;
            }
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            touched.IsMember = true;
        }
    }

    private static void CompareElement(
        bool had, JsonNode? old, bool has, JsonNode? now, Schema schema, FieldSet touched, FieldSet removed)
    {
        if (had && has)
        {
            Compare(old, now, schema, touched, removed);
        }
        else if (has)
        {
            Collect(now, schema, touched);
        }
        else
        {
            Collect(old, schema, removed);
        }
    }

    private static void Prune(FieldSet set)
    {
        foreach (var (key, child) in set.Children.ToList())
        {
            Prune(child);
            if (child.IsEmpty)
            {
                set.Children.Remove(key);
            }
        }
    }
}
