using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>A rule's last touches.</summary>
internal static class RuleSettling
{
    public static ResourceNode Settle(
        ResourceNode node, Dictionary<ResourceAddress, int> priorities, LiveIndex live)
    {
        var attributes = node.Attributes.Without("order");
        if (priorities.TryGetValue(node.Address, out var priority))
        {
            attributes = attributes.With("priority", new AttributeValue.Number(priority));
        }

        // Most rules forward to one group, and keep their actions as they are.
        if (attributes["actions"] is AttributeValue.List(var actions) && actions.Any(HasSeveralGroups))
        {
            attributes = attributes.With(
                "actions", new AttributeValue.List([.. actions.Select(action => SortGroups(action, live))]));
        }

        return node with { Attributes = attributes };
    }

    private static bool HasSeveralGroups(AttributeValue action) =>
        action is AttributeValue.Map(var fields) && fields["targetGroups"] is AttributeValue.List({ Count: > 1 });

    /// <summary>AWS keeps no order of target groups, and reading sorts them by ARN: so does this where the ARNs are
    /// known. Groups yet to be made come last; that they come at all is a difference anyway.</summary>
    private static AttributeValue SortGroups(AttributeValue action, LiveIndex live) =>
        action is AttributeValue.Map(var fields) && fields["targetGroups"] is AttributeValue.List({ Count: > 1 } groups)
            ? new AttributeValue.Map(fields.With("targetGroups", new AttributeValue.List(
                [.. groups.OrderBy(group => ArnOf(group, live), Comparer<string?>.Create(ByArn))])))
            : action;

    private static int ByArn(string? left, string? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ => string.CompareOrdinal(left, right),
    };

    private static string? ArnOf(AttributeValue group, LiveIndex live) =>
        group is AttributeValue.Map(var fields) ? live.TextOf(fields["targetGroup"]) : null;
}
