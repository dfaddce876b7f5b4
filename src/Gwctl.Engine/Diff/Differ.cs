using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Diff;

/// <summary>Finds what differs between the desired graph and the live state. Pure and linear (but for
/// sorting).</summary>
public static class Differ
{
    /// <summary>One change, or <see cref="Change.Keep"/>, for each desired node and each living object of
    /// ours.</summary>
    /// <param name="settled">Without lookups. A node that still has one is left as it is, with an error.</param>
    /// <param name="kinds">Every kind that occurs in either.</param>
    /// <remarks>
    /// <para>Only attributes that a node names are compared; within maps the same holds, but list items are compared
    /// whole.</para>
    /// <para>A reference is the output of the living object at its address, unless that object is to be replaced or
    /// does not live: then it is unknown, which is a difference.</para>
    /// <para>Of several objects of ours at one address the one that fits best is the object, and the others are
    /// deleted.</para>
    /// <para>Errors: a foreign object in the way; a reference to nothing; a circle. What an error concerns, and what
    /// needs it, is neither created nor changed nor deleted.</para>
    /// </remarks>
    public static Compiled<ChangeSet> Compare(ResourceGraph settled, LiveState live, IReadOnlyList<KindSchema> kinds) =>
        new Comparison(settled, live, kinds).Run();

    /// <summary>The foreign objects in the way that are named, by address or by live id, as adoptions; nothing
    /// else.</summary>
    public static Compiled<ChangeSet> Adopt(ResourceGraph settled, LiveState live, IReadOnlyCollection<string> names)
    {
        var nodes = settled.Nodes.ToDictionary(node => node.Address);
        var unmet = new SortedSet<string>(names, StringComparer.Ordinal);
        var wanted = unmet.ToHashSet(StringComparer.Ordinal);
        var changes = new List<Change>();
        foreach (var resource in live.Resources)
        {
            var address = resource.Address.ToString();
            if (resource.Ownership is Ownership.Foreign && nodes.TryGetValue(resource.Address, out var node)
                && (wanted.Contains(address) || wanted.Contains(resource.Id)))
            {
                unmet.Remove(address);
                unmet.Remove(resource.Id);
                changes.Add(new Change.Adopt(resource, node) { Reason = $"belongs to {OwnerOf(resource)} now" });
            }
        }

        return Compiled.From(new ChangeSet([.. changes]), unmet.Select(DiffDiagnostics.NothingToAdopt));
    }

    private static string OwnerOf(LiveResource resource) => resource.OwnerText is "" ? "nobody" : resource.OwnerText;
}
