using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>A rule's last touches.</summary>
internal static class RuleSettling
{
    public static ResourceNode Settle(ResourceNode node, Dictionary<ResourceAddress, int> priorities)
    {
        var attributes = node.Attributes.Without("order");
        if (priorities.TryGetValue(node.Address, out var priority))
        {
            attributes = attributes.With("priority", new AttributeValue.Number(priority));
        }

        return node with { Attributes = attributes };
    }
}
