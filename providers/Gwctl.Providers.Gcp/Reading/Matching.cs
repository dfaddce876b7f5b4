using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Whether a living object already is as a step would make it. Pure.</summary>
internal static class Matching
{
    /// <summary>The members that differ, and are to be written.</summary>
    public static IEnumerable<AttributeField> Differences(AttributeMap live, AttributeMap after)
    {
        var fitted = Fitting.Fit(BackendOrder.Like(live, after, GroupOf), after);
        return after.Fields.Where(field => !IsAs(fitted[field.Name], field.Value, isInList: false));
    }

    private static string GroupOf(AttributeValue? group) => group is AttributeValue.Text(var id) ? id : "";

    private static bool IsAs(AttributeValue? live, AttributeValue after, bool isInList) => (live, after) switch
    {
        (AttributeValue.Map(var found), AttributeValue.Map(var wanted)) =>
            (!isInList || found.Fields.Count == wanted.Fields.Count)
            && wanted.Fields.All(field => IsAs(found[field.Name], field.Value, isInList)),
        (AttributeValue.List(var found), AttributeValue.List(var wanted)) => found.Count == wanted.Count
            && found.Zip(wanted).All(pair => IsAs(pair.First, pair.Second, isInList: true)),
        (AttributeValue.Secret(_, var found), AttributeValue.Secret(_, var wanted)) => found == wanted,
        _ => after.Equals(live),
    };
}
