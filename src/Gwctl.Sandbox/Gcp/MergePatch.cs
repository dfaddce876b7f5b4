using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>A patch as Google's APIs apply it: structures are merged, lists are replaced, null deletes.</summary>
internal static class MergePatch
{
    public static Struct Apply(Struct before, Struct patch, IReadOnlyList<IReadOnlyList<string>> nulls) =>
        nulls.Aggregate(Merge(before, patch), Remove);

    private static Struct Merge(Struct before, Struct patch)
    {
        var result = before;
        foreach (var (name, value) in patch)
        {
            result = result.With(
                name, value is Struct inner && before.Member(name) is { } old ? Merge(old, inner) : value);
        }

        return result;
    }

    private static Struct Remove(Struct content, IReadOnlyList<string> path) => path switch
    {
        [var name] => content.Without(name),
        [var name, ..] when content.Member(name) is { } inner => content.With(name, Remove(inner, [.. path.Skip(1)])),
        _ => content,
    };
}
