using System.Globalization;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Requests;

namespace Gwctl.Sandbox.Kubernetes.Patching;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <exception cref="ApiException">An operation is malformed, its place is not there, or its test fails.</exception>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        JsonNode root = target.Copy();
        foreach (var item in operations)
        {
            var operation = item as JsonObject ?? throw ApiErrors.BadRequest("a JSON patch is a list of operations");
            root = Run(root, operation);
        }

        return root as JsonObject ?? throw ApiErrors.BadRequest("the JSON patch leaves no object");
    }

    private static JsonNode Run(JsonNode root, JsonObject operation)
    {
        var path = Pointer(operation.Text("path"));
        switch (operation.Text("op"))
        {
            case "add":
                return Add(root, path, operation["value"]?.DeepClone());
            case "remove":
                Remove(root, path);
                return root;
            case "replace":
                if (path.Length is 0)
                {
                    return operation["value"]?.DeepClone() ?? throw Failed("replace operation has no value");
                }

                Get(root, path);
                Remove(root, path);
                return Add(root, path, operation["value"]?.DeepClone());
            case "copy":
                return Add(root, path, Get(root, Pointer(operation.Text("from")))?.DeepClone());
            case "move":
                var from = Pointer(operation.Text("from"));
                var moved = Get(root, from)?.DeepClone();
                Remove(root, from);
                return Add(root, path, moved);
            case "test":
                return JsonNode.DeepEquals(Get(root, path), operation["value"])
                    ? root
                    : throw Failed($"testing path {operation.Text("path")} value failed");
            case var other:
                throw Failed($"unknown operation \"{other}\"");
        }
    }

    private static string[] Pointer(string text) => text switch
    {
        "" => [],
        _ when text[0] is '/' => [.. text[1..].Split('/').Select(part =>
            part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))],
        _ => throw Failed($"\"{text}\" is no JSON pointer"),
    };

    private static JsonNode? Get(JsonNode root, ReadOnlySpan<string> path)
    {
        JsonNode? node = root;
        foreach (var part in path)
        {
            node = node switch
            {
                JsonObject members when members.TryGetPropertyValue(part, out var member) => member,
                JsonArray list when Index(part, list.Count - 1) is { } index => list[index],
                _ => throw Missing(part),
            };
        }

        return node;
    }

    private static JsonNode Add(JsonNode root, string[] path, JsonNode? value)
    {
        if (path.Length is 0)
        {
            return value ?? throw Failed("add operation has no value");
        }

        switch (Get(root, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject members:
                members[path[^1]] = value;
                break;
            case JsonArray list when path[^1] is "-":
                list.Add(value);
                break;
            case JsonArray list when Index(path[^1], list.Count) is { } index:
                list.Insert(index, value);
                break;
            default:
                throw Missing(path[^1]);
        }

        return root;
    }

    private static void Remove(JsonNode root, string[] path)
    {
        if (path.Length is 0)
        {
            throw Failed("the whole object cannot be removed");
        }

        switch (Get(root, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject members when members.Remove(path[^1]):
                return;
            case JsonArray list when Index(path[^1], list.Count - 1) is { } index:
                list.RemoveAt(index);
                return;
            default:
                throw Missing(path[^1]);
        }
    }

    private static int? Index(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= max
            ? index
            : null;

    private static ApiException Missing(string part) => Failed($"key \"{part}\" does not exist: missing value");

    private static ApiException Failed(string why) =>
        new(422, "Invalid", $"the server rejected our request due to an error in our request: {why}");
}
