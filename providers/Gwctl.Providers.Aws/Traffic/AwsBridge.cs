using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws.Traffic;

/// <summary>Warms up new target groups: AWS checks the health of a group's targets only while some action names
/// it.</summary>
public static class AwsBridge
{
    /// <summary>The rule, or the listener of a Network Load Balancer, as it is, with the groups that get traffic from
    /// now on at weight 0 beside the old ones; a rule that an earlier run left so is its own bridge. Null where no
    /// group starts to get traffic, where none gets any yet, or where the rule cannot hold both: it is another kind of
    /// action, or there would be more than five groups.</summary>
    /// <param name="before">Live attributes, ids as text.</param>
    /// <param name="after">Ids of what lives as text; a reference is an object yet to be made.</param>
    public static AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after)
    {
        var name = address.Kind switch
        {
            Kinds.Rule => "actions",
            Kinds.Listener => "defaultActions",
            _ => null,
        };
        if (name is null || GroupsOf(before, name) is not { } old || GroupsOf(after, name) is not { } wanted)
        {
            return null;
        }

        // A listener takes groups of its own protocol only, so that it cannot hold the new one's too.
        if (before["protocol"] is { } protocol && after["protocol"] is { } next && !protocol.Equals(next))
        {
            return null;
        }

        var known = old.Select(TargetOf).ToHashSet();
        var served = old.Where(IsServed).Select(TargetOf).ToHashSet();
        var starting = wanted.Where(IsServed).Select(TargetOf).Where(target => !served.Contains(target)).ToHashSet();
        var added = wanted.Select(TargetOf)
            .Where(target => starting.Contains(target) && !known.Contains(target)).Distinct().ToList();
        if (served.Count is 0 || starting.Count is 0 || old.Count + added.Count > AlbLimits.TargetGroupsPerActionMax)
        {
            return null;
        }

        // A single group has no weight; beside another it needs one, and any above 0 gives it everything.
        var kept = old.Select(group => WithWeight(group, group["weight"] ?? new AttributeValue.Number(1)));
        var warming = added.Select(target => WithWeight(
            Shape.Of(Shape.Field("targetGroup", target)), new AttributeValue.Number(0)));
        var stickiness = ActionOf(before, name)?["stickinessSeconds"];
        var action = Shape.Map(
            Shape.Text("type", "forward"),
            Shape.Field("targetGroups", new AttributeValue.List([.. kept, .. warming])),
            stickiness is null ? null : Shape.Field("stickinessSeconds", stickiness));
        return before.With(name, new AttributeValue.List([action]));
    }

    private static bool IsServed(AttributeMap group) => group["weight"] is not AttributeValue.Number(0);

    private static AttributeValue.Map WithWeight(AttributeMap group, AttributeValue weight) =>
        new(group.With("weight", weight));

    private static AttributeValue TargetOf(AttributeMap group) => group["targetGroup"] ?? new AttributeValue.Text("");

    private static List<AttributeMap>? GroupsOf(AttributeMap attributes, string name) =>
        ActionOf(attributes, name)?["targetGroups"] is AttributeValue.List(var groups)
            ? [.. groups.OfType<AttributeValue.Map>().Select(group => group.Fields)]
            : null;

    private static AttributeMap? ActionOf(AttributeMap attributes, string name) =>
        attributes[name] is AttributeValue.List([AttributeValue.Map(var action)])
            && action["type"] is AttributeValue.Text("forward")
            ? action
            : null;
}
