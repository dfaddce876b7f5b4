using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Kinds that come after other kinds of their Gateway, and go before them
/// (<see cref="KindSchema.After"/>); and who gives his share of a name up (<see cref="KindSchema.Share"/>).</summary>
internal sealed class KindOrder(ScopeEntries entries, StepGraph graph)
{
    public void Connect()
    {
        var gateways = entries.All.GroupBy(entry => entry.Change.Address.Gateway).OrderBy(group => group.Key);
        foreach (var gateway in gateways)
        {
            var byKind = gateway.ToLookup(entry => entry.Schema.Kind, StringComparer.Ordinal);
            foreach (var late in byKind.Where(kind => kind.First().Schema.After.Count > 0)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal))
            {
                Connect(late.ToList(), byKind);
            }
        }

        ConnectShares();
    }

    private void ConnectShares()
    {
        var shared = entries.All.Where(entry => entry.Schema.Share is not null)
            .GroupBy(entry => (entry.Schema.Kind, entry.Change.Address.Key));
        foreach (var name in shared)
        {
            var takers = name.Where(entry => !HasNothing(entry)).Select(entry => entry.Last).OfType<StepDraft>()
                .ToList();
            foreach (var giver in name)
            {
                var gives = HasNothing(giver) ? giver.Last : giver.Change is Change.Delete ? giver.Delete : null;
                takers.ForEach(taker => gives?.WaitFor(taker, isSoft: true));
            }
        }
    }

    private static bool HasNothing(Entry entry) => entry.Schema.Share is var (map, number)
        && entry.Node?.Attributes[map] is AttributeValue.Map(var fields)
        && fields[number] is AttributeValue.Number(0);

    private void Connect(List<Entry> late, ILookup<string, Entry> byKind)
    {
        var schema = late[0].Schema;
        var owner = late[0].Change.Address with { Key = "" };
        var earlier = schema.After.SelectMany(kind => byKind[kind]).ToList();
        // Only what moves traffic waits until everything is ready: what comes before may be what makes it ready.
        var readies = byKind.SelectMany(kind => kind).Where(entry => late[0].IsLate && !entry.IsLate);
        graph.WaitForAll(
            Distinct(late.SelectMany(WritesOf)),
            Distinct([.. earlier.SelectMany(WritesOf), .. readies.Select(entry => entry.Ready)]),
            owner);

        var removed = late.Where(entry => entry.Change is Change.Delete).Select(entry => entries.RootOf(entry).Delete);
        var heads = earlier.Where(entry => entry.IsRemoved).Select(entries.RootOf)
            .Where(root => root.Schema.Kind != schema.Kind)
            .Select(root => root.DeleteHead);
        graph.WaitForAll(Distinct(heads), Distinct(removed), owner);
    }

    private static IEnumerable<StepDraft?> WritesOf(Entry entry) => [entry.Usable, entry.Last, entry.Reorder];

    private static List<StepDraft> Distinct(IEnumerable<StepDraft?> steps) => [.. steps.OfType<StepDraft>().Distinct()];
}
