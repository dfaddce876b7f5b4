using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Providers;

/// <summary>DNS records that a Cutover leads to a Gateway: until the cutover is finished, they are its own and no
/// plan's. Projection marks them; settling takes the mark away, and with it those that are not the Gateway's
/// yet.</summary>
public static class CutOverRecords
{
    /// <summary>An attribute: a flag, which is true.</summary>
    public const string Mark = "cutOver";

    /// <param name="isOurs">Whether a record of the address lives and is the Gateway's.</param>
    public static List<ResourceNode> Settle(IEnumerable<ResourceNode> nodes, Func<ResourceAddress, bool> isOurs)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(isOurs);
        return
        [
            .. nodes
                .Where(node => node.Attributes[Mark] is null || isOurs(node.Address))
                .Select(node => node.Attributes[Mark] is null
                    ? node
                    : node with { Attributes = node.Attributes.Without(Mark) }),
        ];
    }
}
