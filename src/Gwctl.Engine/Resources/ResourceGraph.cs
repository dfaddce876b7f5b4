using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>A cloud object as it should be.</summary>
public sealed record ResourceNode
{
    public required ResourceAddress Address { get; init; }

    /// <summary>Only what gwctl manages: an attribute of the live object that is not named here is left
    /// alone.</summary>
    public required AttributeMap Attributes { get; init; }

    /// <summary>The spec field that it comes from.</summary>
    public SourceSpan Origin { get; init; } = SourceSpan.None;

    /// <summary>Where its parts come from, for an object that many rules of the specs share.</summary>
    public EquatableList<PartOrigin> Parts { get; init; } = [];

    /// <summary>Spec objects that want it, as <c>Kind/ns/name</c>, sorted: what <c>--include</c> and <c>--exclude</c>
    /// look at.</summary>
    public EquatableList<string> OriginObjects { get; init; } = [];

    /// <summary>Hostnames that it serves, sorted; empty where it serves any or none in particular.</summary>
    public EquatableList<string> Hostnames { get; init; } = [];

    /// <summary>True where the spec forbids to destroy or replace it (annotation <c>gwctl.dev/protect</c>).</summary>
    public bool Protected { get; init; }
}

/// <summary>Where a part of a cloud object comes from.</summary>
/// <param name="Part">As the cloud names places in the object: <c>pathMatchers[0].routeRules[2]</c>.</param>
/// <param name="Origin">The spec field.</param>
public sealed record PartOrigin(string Part, SourceSpan Origin);

/// <summary>All that should exist in a scope, sorted by address, each address once.</summary>
public sealed record ResourceGraph(EquatableList<ResourceNode> Nodes)
{
    public static readonly ResourceGraph Empty = new([]);

    public static ResourceGraph From(IEnumerable<ResourceNode> nodes)
    {
        var sorted = nodes.ToArray();
        if (!IsInOrder(sorted))
        {
            Array.Sort(sorted, static (left, right) => left.Address.CompareTo(right.Address));
            Invariant.Holds(IsInOrder(sorted));
        }

        return new ResourceGraph([.. sorted]);
    }

    /// <summary>True where each address comes after the one before it, so that none is there twice.</summary>
    private static bool IsInOrder(ResourceNode[] nodes)
    {
        for (var index = 1; index < nodes.Length; index++)
        {
            if (nodes[index - 1].Address.CompareTo(nodes[index].Address) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
