using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>No number of a batch attribute is held twice: at the end, or in between.</summary>
internal static class NumberCheck
{
    public static void Run(PlanFacts facts, Findings findings)
    {
        var holders = new Dictionary<Place, Change>();
        var takers = new Dictionary<Place, Change>();
        foreach (var change in facts.Plan.Changes)
        {
            if (facts.KindOf(change.Address).Batch is not { } batch || change is Change.Adopt)
            {
                continue;
            }

            if (PlanFacts.BeforeOf(change) is { } live && PlaceOf(facts, change, batch, live.Attributes) is { } held)
            {
                holders.TryAdd(held, change);
            }

            if (PlanFacts.AfterOf(change) is { } node && PlaceOf(facts, change, batch, node.Attributes) is { } taken)
            {
                findings.Require(
                    takers.TryAdd(taken, change) || takers[taken].Address == change.Address,
                    $"{change.Address} and another object are both to have the number {taken.Number}.");
            }
        }

        foreach (var (place, taker) in takers)
        {
            if (holders.TryGetValue(place, out var holder) && !ReferenceEquals(holder, taker))
            {
                IsFreedInTime(facts, holder, taker, findings);
            }
        }
    }

    private static void IsFreedInTime(PlanFacts facts, Change holder, Change taker, Findings findings)
    {
        var scope = taker.Address.Scope;
        var takes = taker is Change.Update update
            ? facts.Reorders[(scope, update.Before.Id)].Select(pair => pair.Step)
                .Concat(facts.Updates[(scope, update.Before.Id)]).FirstOrDefault()
            : facts.Creates[taker.Address].FirstOrDefault();
        var frees = holder is Change.Update held
            ? facts.Reorders[(scope, held.Before.Id)].Select(pair => pair.Step)
                .Concat(facts.Updates[(scope, held.Before.Id)]).FirstOrDefault()
            : PlanFacts.BeforeOf(holder) is { } live ? facts.EndOf(scope, live) : null;
        findings.Require(
            takes is not null && frees is not null && (takes.Id == frees.Id || facts.IsBefore(frees, takes)),
            $"{taker.Address} takes a number that {holder.Address} may still hold.");
    }

    private static Place? PlaceOf(PlanFacts facts, Change change, BatchSchema batch, AttributeMap attributes)
    {
        if (attributes[batch.Attribute] is not { } number)
        {
            return null;
        }

        var group = attributes[batch.GroupAttribute];
        var (scope, kind) = (change.Address.Scope, change.Address.Kind);
        var living = group switch
        {
            AttributeValue.Text text => text.Value,
            AttributeValue.Reference reference when facts.Known[reference.Source].FirstOrDefault() is { } known =>
                (known.Outputs[reference.Output] as AttributeValue.Text)?.Value ?? known.Id,
            // An update keeps its group unless the group is among its differences.
            AttributeValue.Reference when change is Change.Update update
                && update.Before.Attributes[batch.GroupAttribute] is AttributeValue.Text own
                && update.Attributes.All(difference => difference.Path != batch.GroupAttribute) => own.Value,
            _ => "",
        };
        var made = living is "" && group is AttributeValue.Reference other ? other.Source : default;
        return new Place(scope, kind, living, made, number);
    }

    /// <summary>A number in a group: of a living object, or of one that is made.</summary>
    private readonly record struct Place(
        string Scope, string Kind, string Living, ResourceAddress Made, AttributeValue Number)
    {
        public override int GetHashCode() => HashCode.Combine(Living, Made.Gateway.Name, Made.Key, Number);
    }
}
