using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Where numbered objects stand before each other (rules with priorities), what one of them gives up another
/// one must hold already. So those of a group are first renumbered, then made from the top down, then changed, then
/// deleted from the bottom up: whatever the moment, a request is treated as before or as after.</summary>
/// <remarks>All waits here are soft but those for room: where a number must become free first, that comes
/// first.</remarks>
internal sealed class TakeoverSteps(ScopeEntries entries)
{
    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>When all other steps are there.</summary>
    public void Connect()
    {
        var gateways = entries.All.Where(entry => entry.Schema.Batch is not null)
            .GroupBy(entry => (entry.Change.Address.Gateway, entry.Schema.Kind));
        foreach (var gateway in gateways)
        {
            var room = gateway.First().Schema.LivingMax - gateway.Count(entry => entry.Live is not null);
            var made = gateway.Count(entry => entry.IsMade);
            var places = Places(gateway);
            if (made <= room || !places.Exists(place => place.Removed.Count > 0))
            {
                places.ForEach(ConnectOne);
            }
            else
            {
                _diagnostics.Add(PlanDiagnostics.NoRoom(gateway.First(), made, Math.Max(room, 0)));
                ConnectTight(places, Math.Max(room, 0));
            }
        }
    }

    private List<Place> Places(IEnumerable<Entry> gateway)
    {
        var places = new SortedDictionary<string, Place>(StringComparer.Ordinal);
        foreach (var entry in gateway)
        {
            if (entry.Node is { } node && IsServing(entry))
            {
                var place = Of(entry, node.Attributes);
                (entry.IsMade ? place.Made : place.Changed).Add(entry);
            }

            if (entry is { IsRemoved: true, DestroysFirst: false, Live: { } live, Delete: not null })
            {
                Of(entry, live.Attributes).Removed.Add(entry);
            }
        }

        foreach (var place in places.Values)
        {
            place.Made.Sort((left, right) => NumberOf(left, left.Node).CompareTo(NumberOf(right, right.Node)));
            place.Removed.Sort((left, right) => NumberOf(right).CompareTo(NumberOf(left)));
        }

        return [.. places.Values];

        Place Of(Entry entry, AttributeMap attributes)
        {
            var name = entries.BatchGroupOf(entry.Schema, attributes) ?? "";
            if (!places.TryGetValue(name, out var place))
            {
                places.Add(name, place = new Place());
            }

            return place;
        }
    }

    // What is made together with its group has nobody's requests to take over, and is made all at once.
    private bool IsServing(Entry entry) =>
        entry.Node?.Attributes[entry.Schema.Batch?.GroupAttribute ?? ""] is not AttributeValue.Reference reference
        || entries.At(reference.Source) is not { IsMade: true };

    private static void ConnectOne(Place place)
    {
        InChain(place.Made.Select(entry => (First: entry.Usable, entry.Last)));
        InChain(place.Removed.Select(entry => (First: entry.DeleteHead, Last: entry.Delete)));
        var (top, bottom) = (place.Made.FirstOrDefault()?.Usable, place.Made.LastOrDefault()?.Last);
        var gone = place.Removed.FirstOrDefault()?.DeleteHead;
        gone?.WaitFor(bottom, isSoft: true);
        foreach (var entry in place.Changed)
        {
            top?.WaitFor(entry.Reorder, isSoft: true);
            entry.Last?.WaitFor(bottom, isSoft: true);
            gone?.WaitFor(entry.Reorder, isSoft: true);
            gone?.WaitFor(entry.Last, isSoft: true);
        }
    }

    // One goes for each that comes: there is no room for all of them at once.
    private static void ConnectTight(List<Place> places, int room)
    {
        var made = places.SelectMany(place => place.Made).ToList();
        var removed = places.SelectMany(place => place.Removed.AsEnumerable().Reverse()).ToList();
        InChain(made.Select(entry => (First: entry.Usable, entry.Last)));
        InChain(removed.Select(entry => (First: entry.DeleteHead, Last: entry.Delete)));
        for (var index = room; index < made.Count && index - room < removed.Count; index++)
        {
            made[index].Usable?.WaitFor(removed[index - room].Delete);
        }

        for (var index = room is 0 ? 1 : 0; index < removed.Count && made.Count > 0; index++)
        {
            removed[index].DeleteHead?.WaitFor(made[Math.Min(room + index, made.Count) - 1].Last, isSoft: true);
        }

        foreach (var entry in places.SelectMany(place => place.Changed))
        {
            made.FirstOrDefault()?.Usable?.WaitFor(entry.Reorder, isSoft: true);
            entry.Last?.WaitFor(made.LastOrDefault()?.Last, isSoft: true);
        }
    }

    private static void InChain(IEnumerable<(StepDraft? First, StepDraft? Last)> steps)
    {
        StepDraft? before = null;
        foreach (var (first, last) in steps)
        {
            first?.WaitFor(before, isSoft: true);
            before = last;
        }
    }

    private static long NumberOf(Entry entry, ResourceNode? node) =>
        NumberIn(entry.Schema, node?.Attributes ?? AttributeMap.Empty);

    private static long NumberOf(Entry entry) => NumberIn(entry.Schema, entry.Live?.Attributes ?? AttributeMap.Empty);

    private static long NumberIn(KindSchema schema, AttributeMap attributes) =>
        schema.Batch is { } batch && attributes[batch.Attribute] is AttributeValue.Number(var number) ? number : 0;

    /// <summary>Objects that stand before each other.</summary>
    private sealed class Place
    {
        /// <summary>The first in order comes first.</summary>
        public List<Entry> Made { get; } = [];

        /// <summary>They live, and stay.</summary>
        public List<Entry> Changed { get; } = [];

        /// <summary>The last in order comes first.</summary>
        public List<Entry> Removed { get; } = [];
    }
}
