using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Makes the steps that delete, after whatever uses the object is gone or has turned to something
/// else.</summary>
internal sealed class RemovalSteps(ScopeEntries entries, StepGraph graph)
{
    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public void Add()
    {
        MarkDestroysFirst();
        foreach (var entry in entries.All)
        {
            if (entry is { IsRemoved: true, Live: { } live } && ReferenceEquals(entries.RootOf(entry), entry))
            {
                AddDelete(entry, live);
            }
        }
    }

    /// <summary>When all other steps are there.</summary>
    public void Connect()
    {
        foreach (var entry in entries.All)
        {
            if (entry is { IsRemoved: true, Live: { } live })
            {
                var root = entries.RootOf(entry);
                WaitForUsers(entry, live, root);
                WaitForReplacement(entry, root);
            }
        }
    }

    private void AddDelete(Entry entry, LiveResource live)
    {
        entry.Delete = entry.DeleteHead = graph.Add(new StepDraft(StepAction.Delete, live.Address)
        {
            LiveId = live.Id,
            Fingerprint = live.Fingerprint,
            Before = live.Attributes,
        });
        if (entry.Schema.AwaitDrained)
        {
            entry.DeleteHead = graph.Add(new StepDraft(StepAction.AwaitDrained, live.Address) { LiveId = live.Id });
            entry.Delete.WaitFor(entry.DeleteHead);
        }
    }

    // Where the old object must go first, what is replaced because it uses the old one must go before that.
    private void MarkDestroysFirst()
    {
        var marked = new Queue<Entry>(entries.All.Where(entry =>
            entry is { Change: Change.Replace, Live: not null }
            && ReferenceEquals(entries.RootOf(entry), entry)
            && (entry.Schema.ReplaceDestroysFirst || HoldsOwnNumber(entry))));
        foreach (var entry in marked)
        {
            entry.DestroysFirst = true;
        }

        while (marked.TryDequeue(out var entry))
        {
            foreach (var user in entry.Live is null ? []
                : entries.Live.UsersOf(entry.Live).Select(entries.Of).OfType<Entry>())
            {
                if (user is { Change: Change.Replace, DestroysFirst: false })
                {
                    user.DestroysFirst = true;
                    marked.Enqueue(user);
                }
            }
        }
    }

    private bool HoldsOwnNumber(Entry entry) =>
        entry is { Schema.Batch: { } batch, Live: { } live, Node: { } node }
        && Equals(live.Attributes[batch.Attribute], node.Attributes[batch.Attribute])
        && entries.BatchGroupOf(entry.Schema, live.Attributes) == entries.BatchGroupOf(entry.Schema, node.Attributes);

    private void WaitForUsers(Entry entry, LiveResource live, Entry root)
    {
        foreach (var user in entries.Live.UsersOf(live))
        {
            if (entries.Of(user) is not { } using_)
            {
                continue;
            }

            var until = using_.IsRemoved ? entries.RootOf(using_).Delete : using_.Last;
            if (until is null)
            {
                _diagnostics.Add(PlanDiagnostics.StillUsed(entry.Change.Address, live, user));
            }
            else if (!ReferenceEquals(until, root.Delete) && !(root.DestroysFirst && TurnsToTheNew(using_, entry)))
            {
                root.DeleteHead?.WaitFor(until, isSoft: root.DestroysFirst);
            }
        }
    }

    private static bool TurnsToTheNew(Entry user, Entry entry) =>
        user.Change is Change.Update && user.References.Any(reference => reference.Source == entry.Change.Address);

    private static void WaitForReplacement(Entry entry, Entry root)
    {
        if (entry.Change is not Change.Replace)
        {
            return;
        }

        if (root.DestroysFirst)
        {
            entry.Last?.WaitFor(root.Delete);
        }
        else
        {
            root.DeleteHead?.WaitFor(entry.Last);
            root.DeleteHead?.WaitFor(entry.Ready);
        }
    }
}
