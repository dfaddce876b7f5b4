using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Keeps two objects from holding one number of a batch attribute at a time.</summary>
internal sealed class NumberSteps(ScopeEntries entries)
{
    private readonly Dictionary<(string Group, AttributeValue Number), Entry> _holders = [];

    public void Connect()
    {
        foreach (var entry in entries.All)
        {
            if (entry.Live is { } live && PlaceOf(entry, live.Attributes) is { } place)
            {
                _holders.TryAdd(place, entry);
            }
        }

        // Nothing holds a number yet: nobody waits for one, and groups of thousands need no names.
        foreach (var entry in _holders.Count is 0 ? [] : entries.All)
        {
            if (entry.Node is not { } node || PlaceOf(entry, node.Attributes) is not { } place
                || !_holders.TryGetValue(place, out var holder) || ReferenceEquals(holder, entry))
            {
                continue;
            }

            var taking = entry.IsMade ? entry.Last : entry.Reorder ?? entry.Last;
            taking?.WaitFor(holder.IsRemoved ? entries.RootOf(holder).Delete : holder.Reorder ?? holder.Last);
        }
    }

    private (string Group, AttributeValue Number)? PlaceOf(Entry entry, AttributeMap attributes) =>
        entry.Schema.Batch is { } batch && attributes[batch.Attribute] is { } number
            && entries.BatchGroupOf(entry.Schema, attributes) is { } group
            ? (group, number)
            : null;
}
