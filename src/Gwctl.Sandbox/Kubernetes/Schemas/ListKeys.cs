using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>How items of a merged list are told apart, in the form that managedFields write it.</summary>
internal static class ListKeys
{
    /// <summary><c>k:{"name":"http"}</c> for an object of a list by keys, <c>v:"x"</c> for an item of a set.</summary>
    public static string KeyOf(JsonNode? item, Schema list)
    {
        if (list.Merge is not ListMerge.Map || item is not JsonObject members)
        {
            return $"v:{item?.ToJsonString(JsonForm.Options) ?? "null"}";
        }

        var key = new JsonObject();
        foreach (var name in list.MapKeys.Order(StringComparer.Ordinal))
        {
            // A key that is left out stands for its default.
            if ((members[name] ?? list.Items?.Field(name)?.Default) is { } value
                && value.GetValueKind() is not JsonValueKind.Null)
            {
                key[name] = value.DeepClone();
            }
        }

        return $"k:{key.ToJsonString(JsonForm.Options)}";
    }
}
