using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>Numbered objects of one group stand before each other: those that are made come one after the other, the
/// first in order first, and none goes at a time that has no order with them. Else a request that a new one is to have
/// could for a moment be anybody's.</summary>
internal static class TakeoverCheck
{
    public static void Run(PlanFacts facts, Findings findings)
    {
        var made = new Dictionary<Group, List<(long Number, Step Step)>>();
        var removed = new Dictionary<Group, List<(Change Change, Step Step)>>();
        foreach (var change in facts.Plan.Changes)
        {
            if (facts.KindOf(change.Address).Batch is not { } batch)
            {
                continue;
            }

            if (PlanFacts.AfterOf(change) is { } node && facts.Creates[change.Address].FirstOrDefault() is { } create
                && GroupOf(facts, change, batch, node.Attributes) is { } taken)
            {
                Of(made, taken).Add((NumberOf(batch, node.Attributes), create));
            }

            if (change is Change.Delete or Change.Replace && PlanFacts.BeforeOf(change) is { } live
                && facts.Deletes[(change.Address.Scope, live.Id)].FirstOrDefault() is { } delete
                && GroupOf(facts, change, batch, live.Attributes) is { } left)
            {
                Of(removed, left).Add((change, delete));
            }
        }

        foreach (var (group, steps) in made)
        {
            Check(facts, steps, removed.GetValueOrDefault(group, []), findings);
        }
    }

    private static void Check(
        PlanFacts facts, List<(long Number, Step Step)> made, List<(Change Change, Step Step)> removed,
        Findings findings)
    {
        made.Sort((left, right) => left.Number.CompareTo(right.Number));
        for (var index = 1; index < made.Count; index++)
        {
            var (above, below) = (made[index - 1].Step, made[index].Step);
            // Where numbers are passed on, their order comes first.
            findings.Require(
                facts.IsBefore(above, below) || facts.IsBefore(below, above),
                $"{below.Address} may be made before {above.Address}, which stands above it.");
        }

        foreach (var (change, delete) in removed)
        {
            var before = facts.AllBefore(delete);
            foreach (var (_, create) in made.Where(pair => !before.Contains(pair.Step.Id)))
            {
                findings.Require(
                    facts.IsBefore(delete, create),
                    $"{change.Address} may be gone before {create.Address} takes over.");
            }
        }
    }

    private static long NumberOf(BatchSchema batch, AttributeMap attributes) =>
        attributes[batch.Attribute] is AttributeValue.Number(var number) ? number : 0;

    // Only of groups that live: what is made with its group takes nothing over.
    private static Group? GroupOf(PlanFacts facts, Change change, BatchSchema batch, AttributeMap attributes) =>
        attributes[batch.GroupAttribute] switch
        {
            AttributeValue.Text text => new Group(change.Address.Scope, change.Address.Kind, text.Value),
            AttributeValue.Reference reference when facts.Known[reference.Source].FirstOrDefault() is { } known =>
                new Group(
                    change.Address.Scope, change.Address.Kind,
                    (known.Outputs[reference.Output] as AttributeValue.Text)?.Value ?? known.Id),
            _ => null,
        };

    private static List<T> Of<T>(Dictionary<Group, List<T>> groups, Group group)
    {
        if (!groups.TryGetValue(group, out var members))
        {
            groups.Add(group, members = []);
        }

        return members;
    }

    private readonly record struct Group(string Scope, string Kind, string Living);
}
