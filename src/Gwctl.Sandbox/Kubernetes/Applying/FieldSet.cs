using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Applying;

/// <summary>A set of an object's fields, as managedFields hold it: a tree whose edges are path elements
/// (<c>f:name</c>, <c>k:{"name":"http"}</c>, <c>v:"x"</c>).</summary>
internal sealed class FieldSet
{
    private const string SelfKey = ".";

    /// <summary>The field at this very path is in the set.</summary>
    public bool IsMember { get; set; }

    public SortedDictionary<string, FieldSet> Children { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => !IsMember && Children.Count is 0;

    public static FieldSet Parse(JsonObject? fields)
    {
        var set = new FieldSet();
        foreach (var (key, value) in fields ?? [])
        {
            if (key is SelfKey)
            {
                set.IsMember = true;
            }
            else
            {
                var child = Parse(value as JsonObject);
                child.IsMember |= child.Children.Count is 0;
                set.Children[key] = child;
            }
        }

        return set;
    }

    public JsonObject ToJson()
    {
        var result = new JsonObject();
        if (IsMember && Children.Count > 0)
        {
            result[SelfKey] = new JsonObject();
        }

        foreach (var (key, child) in Children)
        {
            result[key] = child.ToJson();
        }

        return result;
    }

    public FieldSet Child(string key)
    {
        if (!Children.TryGetValue(key, out var child))
        {
            child = new FieldSet();
            Children[key] = child;
        }

        return child;
    }

    public FieldSet Union(FieldSet other)
    {
        var result = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach (var key in Children.Keys.Union(other.Children.Keys))
        {
            result.Children[key] = (Children.GetValueOrDefault(key), other.Children.GetValueOrDefault(key)) switch
            {
                ({ } left, { } right) => left.Union(right),
                ({ } left, null) => left,
                var (_, right) => right ?? new FieldSet(),
            };
        }

        return result;
    }

    public FieldSet Except(FieldSet other) => Combine(other, (mine, others) => mine && !others, keepsUnmatched: true);

    public FieldSet Intersect(FieldSet other) =>
        Combine(other, (mine, others) => mine && others, keepsUnmatched: false);

    /// <summary>Every field as a path of the API's form, such as <c>.spec.listeners[name="http"].port</c>.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (IsMember)
        {
            yield return prefix is "" ? SelfKey : prefix;
        }

        foreach (var (key, child) in Children)
        {
            foreach (var path in child.Paths(prefix + Show(key)))
            {
                yield return path;
            }
        }
    }

    private FieldSet Combine(FieldSet other, Func<bool, bool, bool> member, bool keepsUnmatched)
    {
        var result = new FieldSet { IsMember = member(IsMember, other.IsMember) };
        foreach (var (key, child) in Children)
        {
            if (other.Children.TryGetValue(key, out var match))
            {
                var combined = child.Combine(match, member, keepsUnmatched);
                if (!combined.IsEmpty)
                {
                    result.Children[key] = combined;
                }
            }
            else if (keepsUnmatched)
            {
                result.Children[key] = child;
            }
        }

        return result;
    }

    private static string Show(string key)
    {
        if (key.StartsWith("f:", StringComparison.Ordinal))
        {
            return $".{key[2..]}";
        }

        if (key.StartsWith("k:", StringComparison.Ordinal) && JsonNode.Parse(key[2..]) is JsonObject fields)
        {
            return $"[{string.Join(',', fields.Select(field => $"{field.Key}={field.Value?.ToJsonString()}"))}]";
        }

        return $"[={key[2..]}]";
    }
}
