using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>The order of a backend service's backends means nothing: those that are wanted come in the order wanted,
/// and then the others.</summary>
internal static class BackendOrder
{
    private const string Field = "backends";

    /// <param name="live">Attributes of any object.</param>
    /// <param name="wanted">Of the same; null where nothing is wanted.</param>
    /// <param name="keyOf">Equal for a group's reference and its id.</param>
    public static AttributeMap Like(AttributeMap live, AttributeMap? wanted, Func<AttributeValue?, string> keyOf)
    {
        if (wanted is null || live[Field] is null)
        {
            return live;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var backend in wanted.MapsOf(Field))
        {
            places.TryAdd(keyOf(backend["group"]), places.Count);
        }

        return live.Put(Field, Attr.List(live.MapsOf(Field)
            .OrderBy(backend => places.GetValueOrDefault(keyOf(backend["group"]), int.MaxValue))
            .ThenBy(backend => backend.TextOrNull("group"), StringComparer.Ordinal)
            .Select(Attr.Map)));
    }
}
