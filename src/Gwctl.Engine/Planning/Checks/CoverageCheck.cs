using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>Every change is carried out, as it says, and nothing else is.</summary>
internal static class CoverageCheck
{
    public static void Run(PlanFacts facts, Findings findings)
    {
        foreach (var change in facts.Plan.Changes)
        {
            Carried(facts, change, findings);
        }

        Uncalled(facts, findings);
        foreach (var change in facts.Plan.Changes)
        {
            var fits = facts.Plan.Purpose switch
            {
                PlanPurpose.Destroy => change is Change.Delete,
                PlanPurpose.Adopt => change is Change.Adopt,
                _ => change is not Change.Adopt,
            };
            findings.Require(fits, $"{change.Address}: the change does not fit the plan's purpose.");
        }
    }

    private static void Carried(PlanFacts facts, Change change, Findings findings)
    {
        var address = change.Address;
        switch (change)
        {
            case Change.Create create:
                Made(facts, create.After, findings);
                break;
            case Change.Replace replace:
                Made(facts, replace.After, findings);
                Ended(facts, address, replace.Before, findings);
                break;
            case Change.Delete delete:
                Ended(facts, address, delete.Before, findings);
                break;
            case Change.Update update:
                Updated(facts, update, findings);
                break;
            case Change.Adopt adopt:
                var steps = facts.Plan.Steps.Count(step => step.Action is StepAction.Adopt
                    && step.LiveId == adopt.Before.Id);
                findings.Require(steps is 1, $"{address} is to be adopted, in {steps} steps.");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Made(PlanFacts facts, ResourceNode node, Findings findings)
    {
        var steps = facts.Creates[node.Address];
        var count = steps.Count();
        findings.Require(
            count is 1 && Equals(steps.First().After, node.Attributes),
            $"{node.Address} is to be created, in {count} steps, or with other attributes.");
    }

    private static void Ended(PlanFacts facts, ResourceAddress address, LiveResource live, Findings findings)
    {
        var steps = facts.Deletes[(address.Scope, live.Id)].Count();
        findings.Require(steps <= 1, $"{address} ({live.Id}) is deleted in {steps} steps.");
        findings.Require(facts.EndOf(address.Scope, live) is not null,
            $"{address} ({live.Id}) is to go, but no step deletes it.");
    }

    private static void Updated(PlanFacts facts, Change.Update update, Findings findings)
    {
        var address = update.Address;
        var batch = facts.KindOf(address).Batch;
        var renumbered = facts.Reorders[(address.Scope, update.Before.Id)].ToList();
        var steps = facts.Updates[(address.Scope, update.Before.Id)].ToList();
        findings.Require(update.Attributes.Count > 0, $"{address} is to be updated, but nothing differs.");
        findings.Require(renumbered.Count <= 1, $"{address} is reordered in {renumbered.Count} steps.");
        var rest = update.Attributes.Where(change => renumbered.Count is 0 || change.Path != batch?.Attribute);
        if (rest.Any())
        {
            findings.Require(
                steps.Count is 1 or 2 && Equals(steps[^1].After, update.After.Attributes),
                $"{address} is to be updated, in {steps.Count} steps, or to other attributes.");
            findings.Require(
                steps.Count is not 2 || facts.IsBefore(steps[0], steps[1]),
                $"{address} is updated twice, in no order.");
        }
        else
        {
            findings.Require(steps.Count is 0, $"{address} is updated though only its number changes.");
        }

        foreach (var (_, member) in renumbered)
        {
            findings.Require(
                batch is not null && Equals(member.After, update.After.Attributes[batch.Attribute])
                    && Equals(member.Before, update.Before.Attributes[batch.Attribute]),
                $"{address} is reordered to another number than the change says.");
        }
    }

    // Waits may concern what does not change; calls may not.
    private static void Uncalled(PlanFacts facts, Findings findings)
    {
        var made = facts.Plan.Changes.Where(change => change is Change.Create or Change.Replace)
            .Select(change => change.Address).ToHashSet();
        var touched = facts.Plan.Changes.Where(change => change is not Change.Create).Select(
            change => (change.Address, PlanFacts.BeforeOf(change)?.Id ?? "", change.GetType()))
            .ToHashSet();
        foreach (var step in facts.Plan.Steps)
        {
            var called = step.Action switch
            {
                StepAction.Create => made.Contains(step.Address),
                StepAction.Update => touched.Contains((step.Address, step.LiveId, typeof(Change.Update))),
                StepAction.Delete or StepAction.AwaitDrained =>
                    touched.Contains((step.Address, step.LiveId, typeof(Change.Delete)))
                    || touched.Contains((step.Address, step.LiveId, typeof(Change.Replace))),
                StepAction.Adopt => touched.Contains((step.Address, step.LiveId, typeof(Change.Adopt))),
                StepAction.Reorder => step.Members.All(member =>
                    touched.Contains((member.Address, member.LiveId, typeof(Change.Update)))),
                _ => true,
            };
            findings.Require(called, $"Step {step.Id} ({step.Address}) carries out no change of the plan.");
        }
    }
}
