using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>The user's tags on an object, beside gwctl's marks. Others tag objects too (cost allocation, policies):
/// those tags are none of ours and stay.</summary>
internal static class UserTags
{
    /// <summary>The live value of the attribute <c>tags</c>: the tags that are wanted, as they are, and those that
    /// gwctl wrote once; null where the specs manage none and gwctl wrote none.</summary>
    public static AttributeValue? Live(Tags tags, AttributeMap? desired)
    {
        var wanted = desired?.MapOrNull("tags");
        var written = Marks.WrittenNames(tags);
        if (wanted is null && written.Count == 0)
        {
            return null;
        }

        var names = written.Concat(wanted?.Fields.Select(field => field.Name) ?? []).Distinct(StringComparer.Ordinal);
        return Attr.Map(names
            .Select(name => (Name: name, Value: tags[name]))
            .Where(tag => tag.Value is not null)
            .Select(tag => KeyValuePair.Create(tag.Name, tag.Value ?? "")));
    }

    /// <summary>Whether the tags are as wanted.</summary>
    public static bool Agree(Tags tags, AttributeMap desired) =>
        desired.MapOrNull("tags") is not { } wanted
        || (Live(tags, desired) is AttributeValue.Map(var live) && live.Equals(wanted));
}
