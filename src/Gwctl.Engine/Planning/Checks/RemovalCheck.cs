using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>Nothing goes while something else still uses it, and nothing is replaced with a gap that need not
/// be.</summary>
internal static class RemovalCheck
{
    public static void Run(PlanFacts facts, Findings findings)
    {
        foreach (var change in facts.Plan.Changes)
        {
            if (PlanFacts.BeforeOf(change) is { } live)
            {
                LeavesInTime(facts, change, live, findings);
            }

            if (change is Change.Replace replace)
            {
                HasNoGap(facts, replace, findings);
            }
        }
    }

    // The change's living object names others by id. Those of them that go must go after it has let go of them.
    private static void LeavesInTime(PlanFacts facts, Change change, LiveResource user, Findings findings)
    {
        var scope = change.Address.Scope;
        AttributeWalk.Visit(user.Attributes, value =>
        {
            if (value is not AttributeValue.Text text || text.Value == user.Id)
            {
                return;
            }

            foreach (var used in facts.Removed[(scope, text.Value)])
            {
                if (PlanFacts.BeforeOf(used) is not { } old || facts.EndOf(scope, old) is not { } end
                    || IsGapFirst(facts, used))
                {
                    continue;
                }

                var leaves = change is Change.Update ? facts.Updates[(scope, user.Id)].LastOrDefault()
                    : facts.EndOf(scope, user);
                findings.Require(
                    leaves is not null && (leaves.Id == end.Id || facts.IsBefore(leaves, end)),
                    $"{used.Address} ({text.Value}) may be deleted while {change.Address} ({user.Id}) still uses it.");
            }
        });
    }

    private static void HasNoGap(PlanFacts facts, Change.Replace replace, Findings findings)
    {
        if (facts.Creates[replace.Address].FirstOrDefault() is not { } create
            || facts.EndOf(replace.Address.Scope, replace.Before) is not { } end)
        {
            return;
        }

        findings.Require(
            facts.IsBefore(create, end) || (facts.IsBefore(end, create) && MayHaveGap(facts, replace)),
            $"{replace.Address} is not created before the old one is deleted, or in no order.");
    }

    private static bool IsGapFirst(PlanFacts facts, Change change) =>
        change is Change.Replace replace
        && facts.Creates[replace.Address].FirstOrDefault() is { } create
        && facts.EndOf(replace.Address.Scope, replace.Before) is { } end
        && facts.IsBefore(end, create);

    // Because of its kind; because old and new share a number; or because it hangs on another one that has a gap.
    private static bool MayHaveGap(PlanFacts facts, Change.Replace replace)
    {
        var kind = facts.KindOf(replace.Address);
        var sameNumber = kind.Batch is { } batch
            && Equals(replace.Before.Attributes[batch.Attribute], replace.After.Attributes[batch.Attribute]);
        if (kind.ReplaceDestroysFirst || sameNumber)
        {
            return true;
        }

        var hangs = false;
        AttributeWalk.Visit(replace.Before.Attributes, value =>
        {
            if (!hangs && value is AttributeValue.Text text)
            {
                hangs = facts.Removed[(replace.Address.Scope, text.Value)].Any(used => IsGapFirst(facts, used));
            }
        });
        return hangs;
    }
}
