using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning.Steps;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>A scope's changes, after the filter: those that are left out have become <see cref="Change.Keep"/>, or are
/// gone.</summary>
internal sealed record Selection(
    IReadOnlyList<Change> Changes, IReadOnlyList<ResourceAddress> LeftOut, IReadOnlySet<FilterTerm> Matched)
{
    public static Selection Of(ScopeInput input, PlanFilter filter)
    {
        if (filter.IsEverything)
        {
            return new Selection(input.Changes.Changes, [], new HashSet<FilterTerm>());
        }

        var entries = new ScopeEntries(input, input.Changes.Changes);
        var matched = new HashSet<FilterTerm>();
        var excluded = entries.All.Where(entry => Any(filter.Exclude, entry, matched)).ToHashSet();
        var selected = entries.All
            .Where(entry => entry.Change is not Change.Keep && !excluded.Contains(entry)
                && (filter.Include.Count is 0 || Any(filter.Include, entry, matched)))
            .ToHashSet();
        var needs = Needs(entries);
        AddNeeded(selected, excluded, needs);
        RemoveUnmet(entries, selected, needs);
        var changes = entries.All
            .Select(entry => selected.Contains(entry) ? entry.Change : Kept(entry))
            .OfType<Change>();
        var leftOut = entries.All.Where(entry => entry.Change is not Change.Keep && !selected.Contains(entry));
        return new Selection([.. changes], [.. leftOut.Select(entry => entry.Change.Address)], matched);
    }

    private static bool Any(EquatableList<FilterTerm> terms, Entry entry, HashSet<FilterTerm> matched)
    {
        var any = false;
        foreach (var term in terms)
        {
            if (term.Matches(entry.Change.Address, entry.Node))
            {
                matched.Add(term);
                any = true;
            }
        }

        return any;
    }

    private static Change? Kept(Entry entry) => entry switch
    {
        { Change: Change.Keep } => entry.Change,
        { Node: { } node, Live: { } live, Change: not Change.Adopt } => new Change.Keep(live, node),
        _ => null,
    };

    // What a change cannot be made without: what its object refers to must be made; what uses an object that goes must
    // turn away or go too, and so must what goes with it; and one numbering is changed as a whole.
    private static Dictionary<Entry, List<Entry>> Needs(ScopeEntries entries)
    {
        var needs = entries.All.Where(entry => entry.Change is not Change.Keep).ToDictionary(entry => entry, NeedsOf);
        var groups = entries.All
            .Where(entry => entry is { Schema.Batch: not null, Change: not Change.Keep })
            .GroupBy(entry => entries.BatchGroupOf(entry.Schema, (entry.Node?.Attributes ?? entry.Live?.Attributes)
                ?? AttributeMap.Empty));
        foreach (var group in groups.Where(group => group.Any(IsRenumbered)).Select(group => group.ToList()))
        {
            // A ring says of n members that each needs all others, without n² entries.
            for (var index = 0; index < group.Count; index++)
            {
                needs[group[index]].Add(group[(index + 1) % group.Count]);
            }
        }

        return needs;

        List<Entry> NeedsOf(Entry entry)
        {
            var found = entry.Sources.Where(source => source.IsMade).ToList();
            if (entry is { IsRemoved: true, Live: { } live })
            {
                found.AddRange(entries.Live.UsersOf(live).Select(entries.Of).OfType<Entry>());
            }

            return [.. found.Where(other => other.Change is not Change.Keep)];
        }

        static bool IsRenumbered(Entry entry) => entry.Change is Change.Update update
            && update.Attributes.Any(change => change.Path == entry.Schema.Batch?.Attribute);
    }

    private static void AddNeeded(
        HashSet<Entry> selected, HashSet<Entry> excluded, Dictionary<Entry, List<Entry>> needs)
    {
        var pending = new Queue<Entry>(selected);
        while (pending.TryDequeue(out var entry))
        {
            foreach (var needed in needs[entry])
            {
                if (!excluded.Contains(needed) && selected.Add(needed))
                {
                    pending.Enqueue(needed);
                }
            }
        }
    }

    private static void RemoveUnmet(ScopeEntries entries, HashSet<Entry> selected, Dictionary<Entry, List<Entry>> needs)
    {
        var needing = needs.SelectMany(pair => pair.Value.Select(needed => (Needed: needed, By: pair.Key)))
            .ToLookup(pair => pair.Needed, pair => pair.By);
        var unmet = new Queue<Entry>(
            entries.All.Where(entry => entry.Change is not Change.Keep && !selected.Contains(entry)));
        while (unmet.TryDequeue(out var entry))
        {
            foreach (var by in needing[entry])
            {
                if (selected.Remove(by))
                {
                    unmet.Enqueue(by);
                }
            }
        }
    }
}
