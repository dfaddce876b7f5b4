using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Diff;

/// <summary>The nodes of a graph such that each comes after those that it refers to.</summary>
internal sealed record ReferenceOrder(IReadOnlyList<int> Sorted, IReadOnlyList<int> InCircles)
{
    /// <param name="nodes">Any order; the same nodes in the same order give the same result.</param>
    /// <param name="references">For each node the addresses that it refers to; those that are no node do not
    /// count.</param>
    public static ReferenceOrder Of(
        IReadOnlyList<ResourceNode> nodes,
        IReadOnlyList<IReadOnlyList<AttributeValue.Reference>> references,
        Dictionary<ResourceAddress, int> indexes)
    {
        var users = new List<int>?[nodes.Count];
        var open = new int[nodes.Count];
        for (var index = 0; index < nodes.Count; index++)
        {
            foreach (var reference in references[index])
            {
                if (indexes.TryGetValue(reference.Source, out var source))
                {
                    (users[source] ??= []).Add(index);
                    open[index]++;
                }
            }
        }

        var sorted = new List<int>(nodes.Count);
        sorted.AddRange(Enumerable.Range(0, nodes.Count).Where(index => open[index] is 0));
        for (var next = 0; next < sorted.Count; next++)
        {
            foreach (var user in users[sorted[next]] ?? [])
            {
                if (--open[user] is 0)
                {
                    sorted.Add(user);
                }
            }
        }

        Invariant.Holds(sorted.Count <= nodes.Count);
        return new ReferenceOrder(sorted, [.. Enumerable.Range(0, nodes.Count).Where(index => open[index] > 0)]);
    }
}
