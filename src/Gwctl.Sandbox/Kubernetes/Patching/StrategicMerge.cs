using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Patching;

/// <summary>Strategic merge patch: a merge patch whose lists are merged by keys where the schema says so, with
/// directives.</summary>
internal static class StrategicMerge
{
    private const string PatchDirective = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string OrderPrefix = "$setElementOrder/";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";

    public static JsonObject Apply(JsonObject target, JsonObject patch, Schema schema)
    {
        if (patch.Text(PatchDirective) is "replace")
        {
            var whole = patch.Copy();
            whole.Remove(PatchDirective);
            return whole;
        }

        var result = target.Copy();
        if (patch.Items(RetainKeys) is { } retained)
        {
            var names = retained.Select(name => name?.ToString()).ToHashSet();
            foreach (var name in result.Select(member => member.Key).Where(name => !names.Contains(name)).ToList())
            {
                result.Remove(name);
            }
        }

        foreach (var (name, member) in patch.Where(member => member.Key[0] is not '$'))
        {
            ApplyMember(result, name, member, schema.Field(name) ?? Schema.Any);
        }

        foreach (var (name, gone) in patch.Where(member =>
            member.Key.StartsWith(DeletePrefix, StringComparison.Ordinal)))
        {
            if (result[name[DeletePrefix.Length..]] is JsonArray list && gone is JsonArray values)
            {
                Remove(list, values);
            }
        }

        foreach (var (name, order) in patch.Where(member =>
            member.Key.StartsWith(OrderPrefix, StringComparison.Ordinal)))
        {
            var field = name[OrderPrefix.Length..];
            if (result[field] is JsonArray list && order is JsonArray keys)
            {
                result[field] = Ordered(list, keys, schema.Field(field) ?? Schema.Any);
            }
        }

        return result;
    }

    private static void ApplyMember(JsonObject result, string name, JsonNode? member, Schema schema)
    {
        switch (member)
        {
            case null:
                result.Remove(name);
                break;
            case JsonObject change when change.Text(PatchDirective) is "delete":
                result.Remove(name);
                break;
            case JsonObject change:
                result[name] = Apply(result[name] as JsonObject ?? [], change, schema);
                break;
            case JsonArray list when schema.Merge is ListMerge.Map && result[name] is JsonArray known:
                result[name] = MergeList(known, list, schema);
                break;
            case JsonArray list when schema.Merge is ListMerge.Set && result[name] is JsonArray known:
                var union = (JsonArray)known.DeepClone();
                foreach (var item in list.Where(item => !known.Any(old => JsonNode.DeepEquals(old, item))))
                {
                    union.Add(item?.DeepClone());
                }

                result[name] = union;
                break;
            case JsonArray list:
                result[name] = WithoutDirectives(list);
                break;
            default:
                result[name] = member.DeepClone();
                break;
        }
    }

    private static JsonArray MergeList(JsonArray known, JsonArray patch, Schema schema)
    {
        if (patch.OfType<JsonObject>().Any(item => item.Text(PatchDirective) is "replace"))
        {
            return WithoutDirectives(patch);
        }

        // In a patch only the first key tells items apart, as the API's own merge keys do.
        var key = schema.MapKeys[0];
        var result = (JsonArray)known.DeepClone();
        foreach (var change in patch.OfType<JsonObject>())
        {
            var index = IndexOf(result, key, change[key]);
            if (change.Text(PatchDirective) is "delete")
            {
                if (index >= 0)
                {
                    result.RemoveAt(index);
                }
            }
            else if (index >= 0)
            {
                result[index] = Apply(result[index] as JsonObject ?? [], change, schema.Items ?? Schema.Any);
            }
            else
            {
                result.Add(change.DeepClone());
            }
        }

        return result;
    }

    private static int IndexOf(JsonArray list, string key, JsonNode? value)
    {
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is JsonObject item && JsonNode.DeepEquals(item[key], value))
            {
                return index;
            }
        }

        return -1;
    }

    private static void Remove(JsonArray list, JsonArray values)
    {
        foreach (var item in list.Where(item => values.Any(value => JsonNode.DeepEquals(value, item))).ToList())
        {
            list.Remove(item);
        }
    }

    private static JsonArray WithoutDirectives(JsonArray list)
    {
        var result = new JsonArray();
        foreach (var item in list.Where(item => (item as JsonObject).Text(PatchDirective) is ""))
        {
            result.Add(item?.DeepClone());
        }

        return result;
    }

    private static JsonArray Ordered(JsonArray list, JsonArray keys, Schema schema)
    {
        var key = schema.Merge is ListMerge.Map ? schema.MapKeys[0] : null;
        var order = keys.Select(item => key is null ? item : (item as JsonObject)?[key]).ToList();
        int Place(JsonNode? item)
        {
            var name = key is null ? item : (item as JsonObject)?[key];
            var place = order.FindIndex(wanted => JsonNode.DeepEquals(wanted, name));
            return place < 0 ? int.MaxValue : place;
        }

        return new JsonArray([.. list.OrderBy(Place).Select(item =>
            item?.GetValueKind() is JsonValueKind.Null ? null : item?.DeepClone())]);
    }
}
