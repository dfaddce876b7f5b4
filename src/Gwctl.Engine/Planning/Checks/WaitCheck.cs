using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>What must be waited for is waited for: readiness, draining, and kinds that come after others.</summary>
internal static class WaitCheck
{
    public static void Run(PlanFacts facts, Findings findings)
    {
        foreach (var step in facts.Plan.Steps)
        {
            var kind = facts.KindOf(step.Address);
            if (step.Action is StepAction.Create && kind.AwaitReady)
            {
                findings.Require(
                    facts.Readies[step.Address].Any(ready => facts.IsBefore(step, ready)),
                    $"{step.Address} is created, and nobody waits until it is ready.");
            }
            else if (step.Action is StepAction.Delete && kind.AwaitDrained)
            {
                findings.Require(
                    facts.Drains[(step.Address.Scope, step.LiveId)].Any(drain => facts.IsBefore(drain, step)),
                    $"{step.Address} ({step.LiveId}) is deleted, and nobody waits until it is drained.");
            }
        }

        Switches(facts, findings);
        WarmUps(facts, findings);
        LateKinds(facts, findings);
    }

    // What becomes ready only in use never does, where all that would use it waits until it is ready.
    private static void WarmUps(PlanFacts facts, Findings findings)
    {
        var users = facts.Plan.Steps.Where(step => step.After is not null)
            .SelectMany(step => References(step).Select(source => (source, step)))
            .ToLookup(pair => pair.source, pair => pair.step);
        foreach (var ready in facts.Readies.SelectMany(group => group).Where(ready => ready.LiveId is ""))
        {
            // Late kinds wait for all sorts of things, also for those that become ready by themselves.
            var waiting = users[ready.Address].Where(user => user.Action is StepAction.Update
                && !facts.IsLate(user.Address) && facts.IsBefore(ready, user));
            findings.Require(
                facts.KindOf(ready.Address).ReadyBeforeUse || !waiting.Any()
                    || users[ready.Address].Any(user => !IsPart(facts, user, ready.Address)
                        && facts.IsBefore(user, ready)),
                $"{ready.Address} is to become ready, but nothing uses it before.");
        }
    }

    private static IEnumerable<ResourceAddress> References(Step step) => step.After is null
        ? []
        : AttributeWalk.References(step.After).Select(reference => reference.Source).Distinct();

    private static bool IsPart(PlanFacts facts, Step user, ResourceAddress parent) =>
        facts.KindOf(user.Address).ParentAttribute is { } name
        && user.After?[name] is AttributeValue.Reference reference && reference.Source == parent;

    // Of two updates of one object the second gives traffic to what the first only warms up.
    private static void Switches(PlanFacts facts, Findings findings)
    {
        foreach (var updates in facts.Updates.Select(group => group.ToList()).Where(updates => updates.Count is 2))
        {
            var after = updates[1].After;
            foreach (var source in after is null ? []
                : AttributeWalk.References(after).Select(reference => reference.Source))
            {
                var waits = facts.Creates[source].Any()
                    && facts.KindOf(source) is { AwaitReady: true, ReadyBeforeUse: false };
                findings.Require(
                    !waits || facts.Readies[source].Any(ready => facts.IsBefore(ready, updates[1])),
                    $"{updates[1].Address} gives traffic to {source} before it is ready.");
            }
        }
    }

    private static void LateKinds(PlanFacts facts, Findings findings)
    {
        var byGateway = facts.Plan.Steps
            .Where(step => step.Action
                is StepAction.Create or StepAction.Update or StepAction.Reorder or StepAction.Delete)
            .GroupBy(step => (step.Address.Scope, step.Address.Gateway));
        foreach (var gateway in byGateway)
        {
            var byKind = gateway.ToLookup(step => step.Address.Kind, StringComparer.Ordinal);
            foreach (var kind in byKind)
            {
                var others = facts.KindOf(kind.First().Address).After.SelectMany(other => byKind[other]).ToList();
                if (others.Count > 0)
                {
                    LateKind(facts, [.. kind], others, findings);
                }
            }
        }
    }

    private static void LateKind(PlanFacts facts, List<Step> late, List<Step> others, Findings findings)
    {
        AllAfter(
            facts, late.FindAll(step => !IsDelete(step)), others.FindAll(step => !IsDelete(step)), findings);

        // The end of a replacement may come when it likes: its new object stands, nothing depends on the old one.
        var gone = late.FindAll(step => IsDelete(step)
            && !facts.Removed[(step.Address.Scope, step.LiveId)].Any(change => change is Change.Replace));
        AllAfter(facts, others.FindAll(IsDelete), gone, findings);
    }

    private static bool IsDelete(Step step) => step.Action is StepAction.Delete;

    private static void AllAfter(PlanFacts facts, List<Step> later, List<Step> earlier, Findings findings)
    {
        var barriers = new Dictionary<int, bool>();
        foreach (var step in earlier.Count is 0 ? [] : later)
        {
            if (!step.DependsOn.Concat(step.DependsOn.SelectMany(id => facts.Plan.Steps[id].DependsOn)).Any(IsEnough))
            {
                var before = facts.AllBefore(step);
                findings.Require(
                    earlier.TrueForAll(other => before.Contains(other.Id)),
                    $"{step.Action} of {step.Address} may come before "
                        + $"{earlier.Find(other => !before.Contains(other.Id))?.Address}, which it must come after.");
            }
        }

        // Many before many pass a barrier: looking behind it once is enough.
        bool IsEnough(int id)
        {
            if (facts.Plan.Steps[id].Action is not StepAction.Barrier)
            {
                return false;
            }

            if (!barriers.TryGetValue(id, out var enough))
            {
                var before = facts.AllBefore(facts.Plan.Steps[id]);
                barriers.Add(id, enough = earlier.TrueForAll(other => before.Contains(other.Id)));
            }

            return enough;
        }
    }
}
