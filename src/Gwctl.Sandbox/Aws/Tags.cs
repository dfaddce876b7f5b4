using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

/// <summary>Tags are kept as one structure of key to value for each resource, and travel as lists of Key and
/// Value.</summary>
internal static class Tags
{
    public static Struct FromList(ListValue list)
    {
        var tags = new Struct();
        foreach (var tag in list.Structs)
        {
            tags = tags.With(tag.Required("Key"), tag.Text("Value") ?? "");
        }

        return tags;
    }

    public static ListValue ToList(Struct? tags) => new(
        (tags ?? []).OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => new Struct { { "Key", tag.Key }, { "Value", $"{tag.Value}" } }));

    /// <summary>A key that the list names twice, or null.</summary>
    public static string? Duplicate(ListValue list) =>
        list.Structs.GroupBy(tag => tag.Required("Key")).FirstOrDefault(group => group.Count() > 1)?.Key;

    public static bool IsReserved(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);
}
