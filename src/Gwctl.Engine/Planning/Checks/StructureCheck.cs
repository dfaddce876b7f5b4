using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>Ids, order of dependencies, known scopes and kinds, and each action with what it must carry.</summary>
internal static class StructureCheck
{
    public static void Run(
        Plan plan, IReadOnlyDictionary<string, EquatableList<KindSchema>> kindsByScope, Findings findings)
    {
        var scopes = plan.Scopes.Select(scope => scope.Name).ToHashSet(StringComparer.Ordinal);
        findings.Require(scopes.Count == plan.Scopes.Count, "Two scopes have the same name.");
        var kinds = kindsByScope.SelectMany(scope => scope.Value.Select(kind => (scope.Key, kind.Kind))).ToHashSet();
        foreach (var address in plan.Changes.Select(change => change.Address).Concat(
            plan.Steps.Select(step => step.Address)))
        {
            findings.Require(scopes.Contains(address.Scope), $"{address} is in none of the plan's scopes.");
            findings.Require(kinds.Contains((address.Scope, address.Kind)),
                $"{address} is of a kind that its provider has not.");
        }

        for (var index = 0; index < plan.Changes.Count; index++)
        {
            var change = plan.Changes[index];
            findings.Require(change is not Change.Keep, $"{change.Address} is listed as a change, and stays as it is.");
            findings.Require(
                index is 0 || plan.Changes[index - 1].Address.CompareTo(change.Address) <= 0,
                $"The changes are not sorted at {change.Address}.");
        }

        for (var index = 0; index < plan.Steps.Count; index++)
        {
            Step(plan.Steps[index], index, findings);
        }
    }

    private static void Step(Step step, int index, Findings findings)
    {
        findings.Require(step.Id == index, $"Step {index} has the id {step.Id}.");
        var last = -1;
        foreach (var earlier in step.DependsOn)
        {
            findings.Require(
                earlier > last && earlier < index,
                $"Step {index} ({step.Address}) depends on {earlier}: out of order, repeated, or not before it.");
            last = earlier;
        }

        var needsLive = step.Action
            is StepAction.Update or StepAction.Delete or StepAction.AwaitDrained or StepAction.Adopt;
        var needsNone = step.Action is StepAction.Create or StepAction.Barrier or StepAction.Reorder;
        findings.Require(!needsLive || step.LiveId is not "", $"Step {index} ({step.Address}) names no living object.");
        findings.Require(!needsNone || step.LiveId is "", $"Step {index} ({step.Address}) names a living object.");
        findings.Require(
            (step.After is not null) == (step.Action is StepAction.Create or StepAction.Update),
            $"Step {index} ({step.Address}) has attributes where it should not, or has none where it should.");
        findings.Require(
            (step.Members.Count > 0) == (step.Action is StepAction.Reorder),
            $"Step {index} ({step.Address}) has members where it should not, or has none where it should.");
    }
}
