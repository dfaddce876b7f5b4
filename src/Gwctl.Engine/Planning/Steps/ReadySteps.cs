using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Makes the waits until new objects can take traffic, and says which updates must be bridged until
/// then.</summary>
internal sealed class ReadySteps(ScopeEntries entries, StepGraph graph)
{
    public const string WarmUpNote = "warm up";
    public const string SwitchNote = "switch";

    private static readonly AttributeComparison s_asWritten = new(static _ => null);

    public void AddForMade()
    {
        foreach (var entry in entries.All)
        {
            if (entry is { IsMade: true, Schema.AwaitReady: true })
            {
                ReadyOf(entry);
            }
        }
    }

    /// <summary>The attributes in between, where the update must not be made at once; <paramref name="isThere"/> where
    /// an earlier run has come so far that only the switch is left.</summary>
    public AttributeMap? BridgeOf(Entry entry, AttributeMap before, AttributeMap after, out bool isThere)
    {
        isThere = false;
        if (!Awaited(entry).Any())
        {
            return null;
        }

        var bridge = entries.Input.Bridge(entry.Change.Address, before, AttributeWalk.Replace(after, InTextWhereKnown));
        isThere = bridge is not null && s_asWritten.Compare(bridge, before, entry.Schema).Count is 0;
        return bridge;
    }

    public void WaitBeforeSwitch(Entry entry, StepDraft step)
    {
        foreach (var source in Awaited(entry))
        {
            step.WaitFor(ReadyOf(source));
        }
    }

    /// <summary>True where the user's first step must wait until the source is ready: the source is of no use before,
    /// or the user is what brings traffic. A source that lives may still not be ready, where an earlier run was killed;
    /// one that the user uses already is.</summary>
    public bool IsReadyFirst(Entry user, Entry source) =>
        source.Schema.AwaitReady
        && (source.Schema.ReadyBeforeUse || user.IsLate)
        && (source.IsMade || user.Live is null || source.Live is null
            || !entries.Live.SourcesOf(user.Live.Attributes).Contains(source.Live));

    public StepDraft ReadyOf(Entry entry) => entry.Ready ??= graph.Add(
        new StepDraft(StepAction.AwaitReady, entry.Change.Address)
        {
            LiveId = entry.IsMade ? "" : entry.Live?.Id ?? "",
        });

    /// <summary>What the waits wait for. When all other steps are there.</summary>
    public void Connect()
    {
        foreach (var entry in entries.All)
        {
            var users = entry.Users;
            var parts = users.Where(user => ScopeEntries.IsPartOf(user, entry) && user.IsMade).ToList();
            if (entry.Schema.AwaitReady && parts.Count > 0)
            {
                // Nobody starts to send traffic to an object whose parts (its targets) are not there yet.
                graph.WaitForAll(
                    [.. users.Except(parts).Where(user => user.Schema.ParentAttribute is null || !IsChild(user, entry))
                        .Select(user => user.Usable ?? user.Last).OfType<StepDraft>()],
                    [.. parts.Select(part => part.Last).OfType<StepDraft>()],
                    entry.Change.Address);
            }

            if (entry.Ready is not { } ready)
            {
                continue;
            }

            ready.WaitFor(entry.IsMade ? entry.Last : null);
            foreach (var part in parts)
            {
                ready.WaitFor(part.Last);
            }

            foreach (var user in entry.Schema.ReadyBeforeUse ? [] : users)
            {
                ready.WaitFor(user.IsLate ? null : user.Usable);
            }
        }
    }

    private static bool IsChild(Entry user, Entry parent) =>
        user.Schema.ParentAttribute is { } name
        && user.Node?.Attributes[name] is AttributeValue.Reference reference
            && reference.Source == parent.Change.Address;

    private static IEnumerable<Entry> Awaited(Entry entry) => entry.Sources
        .Where(source => source.Schema is { AwaitReady: true, ReadyBeforeUse: false });

    private AttributeValue InTextWhereKnown(AttributeValue value) =>
        value is AttributeValue.Reference reference && entries.At(reference.Source) is { IsMade: false, Live: { } live }
            ? live.Outputs[reference.Output] ?? value
            : value;
}
