using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>Records that a Cutover leads here: until the cutover is finished, they are its own and no plan's.</summary>
internal static class CutoverSettling
{
    public const string Mark = "cutOver";

    /// <summary>Leaves out the records that are not the Gateway's yet, and takes the mark off the others.</summary>
    public static List<ResourceNode> Settle(List<ResourceNode> nodes, LiveIndex live) =>
    [
        .. nodes
            .Where(node => node.Attributes[Mark] is null || live[node.Address] is not null)
            .Select(node => node.Attributes[Mark] is null
                ? node
                : node with { Attributes = node.Attributes.Without(Mark) }),
    ];
}
