using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Applying;

/// <summary>Server-side apply: the applied fields are set and owned, what the applier owned before and names no more
/// goes, and what others own is a conflict unless forced.</summary>
internal static class ServerSideApply
{
    /// <param name="live">The object as it is; of a new one only what names it.</param>
    /// <param name="config">What is applied, without fields that its subresource does not take.</param>
    /// <param name="schema">Of the kind, with the metadata described.</param>
    /// <param name="writer">The applier.</param>
    /// <param name="force">Take from others what they own.</param>
    /// <exception cref="ApiException">Others own a field at another value.</exception>
    public static JsonObject Apply(JsonObject live, JsonObject config, Schema schema, FieldWriter writer, bool force)
    {
        var entries = ManagedFields.Read(live);
        var own = entries.FirstOrDefault(entry => entry.IsOf(writer, ManagedFields.Apply));
        var others = entries.Where(entry => !ReferenceEquals(entry, own)).ToList();
        var wanted = ManagedFields.Owned(config);
        var fields = FieldWalk.FieldsOf(wanted, schema);
        var merged = (JsonObject)(Merge(live, wanted, schema) ?? new JsonObject());
        if (own is not null)
        {
            var ofOthers = others.Aggregate(fields, (all, entry) => all.Union(entry.Fields));
            Drop(merged, schema, own.Fields, ofOthers);
        }

        var touched = FieldWalk.Compare(ManagedFields.Owned(live), ManagedFields.Owned(merged), schema).Touched;
        var conflicts = others
            .Select(entry => (Entry: entry, Fields: entry.Fields.Intersect(touched)))
            .Where(conflict => !conflict.Fields.IsEmpty)
            .ToList();
        if (conflicts.Count > 0 && !force)
        {
            throw Conflict(conflicts);
        }

        var isSame = own is not null && JsonNode.DeepEquals(own.Fields.ToJson(), fields.ToJson());
        var mine = isSame && touched.IsEmpty && own is not null
            ? own
            : new ManagedEntry(
                writer.Manager, ManagedFields.Apply, writer.ApiVersion, writer.Subresource, Times.Format(writer.Now),
                fields);
        ManagedFields.Write(
            merged, [.. others.Select(entry => entry with { Fields = entry.Fields.Except(touched) }), mine]);
        return merged;
    }

    private static ApiException Conflict(List<(ManagedEntry Entry, FieldSet Fields)> conflicts)
    {
        var causes = conflicts.SelectMany(conflict => conflict.Fields.Paths().Select(path => new ApiCause(
            "FieldManagerConflict",
            $"conflict with \"{conflict.Entry.Manager}\""
            + (conflict.Entry.Subresource is "" ? "" : $" with subresource \"{conflict.Entry.Subresource}\"")
            + $" using {conflict.Entry.ApiVersion}",
            path))).ToList();
        var list = string.Join(
            "\n", causes.GroupBy(cause => cause.Message).Select(group => group.Count() is 1
                ? $"{group.Key}: {group.First().Field}"
                : $"{group.Key}:\n{string.Join("\n", group.Select(cause => $"- {cause.Field}"))}"));
        return new ApiException(
            409, "Conflict",
            $"Apply failed with {causes.Count} conflict{(causes.Count is 1 ? "" : "s")}: {list}")
        {
            Causes = causes,
        };
    }

    private static JsonNode? Merge(JsonNode? live, JsonNode? wanted, Schema schema)
    {
        if (FieldWalk.IsGranular(wanted, schema) && live is JsonObject oldMembers && wanted is JsonObject members)
        {
            var result = oldMembers.Copy();
            foreach (var (name, member) in members)
            {
                result[name] = Merge(oldMembers[name], member, FieldWalk.FieldOf(schema, name));
            }

            return result;
        }

        if (FieldWalk.IsMerged(wanted, schema) && live is JsonArray oldList && wanted is JsonArray list)
        {
            var applied = FieldWalk.ItemsByKey(list, schema);
            var byKey = applied.ToDictionary(pair => pair.Key, pair => pair.Item);
            var known = FieldWalk.ItemsByKey(oldList, schema);
            var result = new JsonArray();
            foreach (var (key, item) in known)
            {
                result.Add(byKey.TryGetValue(key, out var change)
                    ? Merge(item, change, FieldWalk.ItemsOf(schema))
                    : item?.DeepClone());
            }

            var keys = known.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var (_, item) in applied.Where(pair => !keys.Contains(pair.Key)))
            {
                result.Add(item?.DeepClone());
            }

            return result;
        }

        return wanted?.DeepClone();
    }

    /// <summary>Removes, in place, the fields of <paramref name="owned"/> that nobody keeps.</summary>
    private static void Drop(JsonNode? value, Schema schema, FieldSet owned, FieldSet kept)
    {
        if (FieldWalk.IsGranular(value, schema) && value is JsonObject members)
        {
            foreach (var (name, member) in members.ToList())
            {
                if (owned.Children.GetValueOrDefault($"f:{name}") is { } mine
                    && DropElement(member, FieldWalk.FieldOf(schema, name), mine,
                        kept.Children.GetValueOrDefault($"f:{name}")))
                {
                    members.Remove(name);
                }
            }
        }
        else if (FieldWalk.IsMerged(value, schema) && value is JsonArray list)
        {
            foreach (var (key, item) in FieldWalk.ItemsByKey(list, schema))
            {
                if (owned.Children.GetValueOrDefault(key) is { } mine
                    && DropElement(item, FieldWalk.ItemsOf(schema), mine, kept.Children.GetValueOrDefault(key)))
                {
                    list.Remove(item);
                }
            }
        }
    }

    /// <returns>True where nothing of the element is to stay.</returns>
    private static bool DropElement(JsonNode? value, Schema schema, FieldSet mine, FieldSet? kept)
    {
        if (mine.IsMember && kept is null)
        {
            return true;
        }

        var had = value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };
        Drop(value, schema, mine, kept ?? new FieldSet());
        return had && kept is null && value is JsonObject { Count: 0 } or JsonArray { Count: 0 };
    }
}
