using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning.Steps;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>Living objects in the shape of desired ones, for <see cref="Providers.IProvider.DescribeTraffic"/>: texts
/// that are the id or an output of exactly one living object of ours have become references to it.</summary>
public static class LiveNodes
{
    /// <summary>What lives, one object for each address, sorted by address.</summary>
    public static IReadOnlyList<ResourceNode> From(LiveState live)
    {
        var index = new LiveIndex(live);
        var nodes = new Dictionary<ResourceAddress, ResourceNode>();
        foreach (var resource in live.Resources.Where(resource => resource.Ownership is Ownership.Ours))
        {
            nodes.TryAdd(resource.Address, NodeOf(resource, index));
        }

        return Sorted(nodes);
    }

    // Of several objects at one address the one that the differ takes for the object carries the traffic.
    internal static IReadOnlyList<ResourceNode> Before(ScopeInput scope)
    {
        var index = new LiveIndex(scope.Live);
        var nodes = new Dictionary<ResourceAddress, ResourceNode>();
        foreach (var change in scope.Changes.Changes)
        {
            var live = change switch
            {
                Change.Update update => update.Before,
                Change.Replace replace => replace.Before,
                Change.Delete delete => delete.Before,
                Change.Keep keep => keep.Live,
                _ => null,
            };
            if (live is not null)
            {
                nodes.TryAdd(change.Address, NodeOf(live, index));
            }
        }

        return Sorted(nodes);
    }

    /// <param name="before">What <see cref="Before"/> gave.</param>
    internal static IReadOnlyList<ResourceNode> After(
        IReadOnlyList<ResourceNode> before, IReadOnlyList<Change> selected)
    {
        var nodes = new Dictionary<ResourceAddress, ResourceNode>(Math.Max(before.Count, selected.Count));
        foreach (var node in before)
        {
            nodes.Add(node.Address, node);
        }

        HashSet<ResourceAddress> staying = selected.Any(change => change is Change.Delete)
            ? [.. selected.Where(change => change is not Change.Delete).Select(change => change.Address)]
            : [];
        foreach (var change in selected)
        {
            switch (change)
            {
                case Change.Create create:
                    nodes[change.Address] = create.After;
                    break;
                case Change.Update update:
                    nodes[change.Address] = update.After;
                    break;
                case Change.Replace replace:
                    nodes[change.Address] = replace.After;
                    break;
                case Change.Delete when !staying.Contains(change.Address):
                    nodes.Remove(change.Address);
                    break;
                default:
                    break;
            }
        }

        return Sorted(nodes);
    }

    // Changes come sorted, so that mostly there is nothing to do.
    private static ResourceNode[] Sorted(Dictionary<ResourceAddress, ResourceNode> nodes)
    {
        ResourceNode[] sorted = [.. nodes.Values];
        for (var index = 1; index < sorted.Length; index++)
        {
            if (sorted[index - 1].Address.CompareTo(sorted[index].Address) > 0)
            {
                Array.Sort(sorted, static (left, right) => left.Address.CompareTo(right.Address));
                break;
            }
        }

        return sorted;
    }

    private static ResourceNode NodeOf(LiveResource resource, LiveIndex index) => new()
    {
        Address = resource.Address,
        Attributes = AttributeWalk.Replace(resource.Attributes, value => AsReference(value, resource, index)),
    };

    private static AttributeValue AsReference(AttributeValue value, LiveResource self, LiveIndex index)
    {
        if (index.Find(value) is not { } source || ReferenceEquals(source, self))
        {
            return value;
        }

        foreach (var output in source.Outputs.AsSpan())
        {
            if (output.Value.Equals(value))
            {
                return new AttributeValue.Reference(source.Address, output.Name);
            }
        }

        return value;
    }
}
