using Gwctl.Core;
using Gwctl.Engine.Diff;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Makes the steps that create, adopt, reorder and update, with what they wait for among themselves.</summary>
internal sealed class WriteSteps(ScopeEntries entries, StepGraph graph, ReadySteps ready)
{
    public void Add()
    {
        foreach (var entry in entries.All)
        {
            if (entry is { IsMade: true, Node: { } node })
            {
                entry.Usable = entry.Last = graph.Add(
                    new StepDraft(StepAction.Create, node.Address) { After = node.Attributes });
            }
            else if (entry is { Change: Change.Adopt, Live: { } live })
            {
                graph.Add(new StepDraft(StepAction.Adopt, live.Address)
                {
                    LiveId = live.Id,
                    Fingerprint = live.Fingerprint,
                    Before = live.Attributes,
                });
            }
        }

        AddReorders();
        ready.AddForMade();
        foreach (var entry in entries.All)
        {
            if (entry.Change is Change.Update update)
            {
                AddUpdate(entry, update);
            }
        }

        // Only now does every source have its steps.
        foreach (var entry in entries.All)
        {
            WaitForSources(entry);
        }
    }

    private void AddReorders()
    {
        var groups = new SortedDictionary<string, List<Entry>>(StringComparer.Ordinal);
        foreach (var entry in entries.All)
        {
            if (entry.Change is Change.Update update && IsRenumbered(entry, update))
            {
                var name = entries.BatchGroupOf(entry.Schema, update.After.Attributes);
                var group = $"{entry.Change.Address.Gateway} {name}";
                if (!groups.TryGetValue(group, out var members))
                {
                    groups.Add(group, members = []);
                }

                members.Add(entry);
            }
        }

        foreach (var members in groups.Values)
        {
            var step = graph.Add(new StepDraft(StepAction.Reorder, members[0].Change.Address)
            {
                Members = [.. members.Select(MemberOf)],
            });
            members.ForEach(member => member.Reorder = step);
        }
    }

    private static bool IsRenumbered(Entry entry, Change.Update update) =>
        entry.Schema.Batch is { } batch
        && update.Attributes.Any(change => change.Path == batch.Attribute)
        && !update.Attributes.Any(change => change.Path == batch.GroupAttribute)
        && update.Before.Attributes[batch.Attribute] is not null;

    private static BatchMember MemberOf(Entry entry)
    {
        var update = (Change.Update)entry.Change;
        var attribute = entry.Schema.Batch?.Attribute ?? "";
        var (before, after) = (update.Before.Attributes[attribute], update.After.Attributes[attribute]);
        Invariant.Holds(before is not null && after is not null);
        return new BatchMember(
            update.Address, update.Before.Id, before, after)
        { Fingerprint = update.Before.Fingerprint };
    }

    private void AddUpdate(Entry entry, Change.Update update)
    {
        var numbered = entry.Reorder is null ? null : entry.Schema.Batch?.Attribute;
        if (update.Attributes.All(change => change.Path == numbered))
        {
            return;
        }

        var before = numbered is not null && update.After.Attributes[numbered] is { } number
            ? update.Before.Attributes.With(numbered, number)
            : update.Before.Attributes;
        var bridge = ready.BridgeOf(entry, before, update.After.Attributes, out var isThere);
        var first = graph.Add(new StepDraft(StepAction.Update, update.Address)
        {
            LiveId = update.Before.Id,
            Fingerprint = entry.Reorder is null ? update.Before.Fingerprint : "",
            Before = before,
            After = bridge is null || isThere ? update.After.Attributes : bridge,
            Note = bridge is null ? "" : isThere ? ReadySteps.SwitchNote : ReadySteps.WarmUpNote,
        });
        first.WaitFor(entry.Reorder);
        (entry.Usable, entry.Last) = (isThere ? null : first, first);
        if (bridge is not null && !isThere)
        {
            entry.Last = graph.Add(new StepDraft(StepAction.Update, update.Address)
            {
                LiveId = update.Before.Id,
                Before = bridge,
                After = update.After.Attributes,
                Note =
                    ReadySteps.SwitchNote,
            });
            entry.Last.WaitFor(first);
        }

        if (bridge is not null)
        {
            ready.WaitBeforeSwitch(entry, entry.Last);
        }
    }

    private void WaitForSources(Entry entry)
    {
        var first = entry.Usable ?? entry.Last;
        if (first is null)
        {
            return;
        }

        foreach (var source in entry.Sources)
        {
            first.WaitFor(ready.IsReadyFirst(entry, source) ? ready.ReadyOf(source) : source.Usable);
        }
    }
}
