using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>Living objects: only ours are written, each write knows what the plan saw, and no secret is in the
/// plan.</summary>
internal static class LivingCheck
{
    private const string PrivateKeyText = "PRIVATE KEY-----";
    private const int DigestLength = 64;

    public static void Run(PlanFacts facts, Findings findings)
    {
        var seen = new Dictionary<(string Scope, string Id), LiveResource>();
        foreach (var change in facts.Plan.Changes)
        {
            if (PlanFacts.BeforeOf(change) is not { } live)
            {
                continue;
            }

            findings.Require(
                seen.TryAdd((change.Address.Scope, live.Id), live), $"{change.Address} ({live.Id}) has two changes.");
            findings.Require(
                live.Ownership is Ownership.Foreign == change is Change.Adopt,
                $"{change.Address} ({live.Id}) is foreign and changed, or ours and adopted.");
            findings.Require(live.Address == change.Address, $"{change.Address}: the living object is {live.Address}.");
        }

        foreach (var step in facts.Plan.Steps)
        {
            Pinned(facts, step, seen, findings);
            foreach (var member in step.Members)
            {
                findings.Require(
                    seen.TryGetValue((step.Address.Scope, member.LiveId), out var live)
                        && live.Fingerprint == member.Fingerprint,
                    $"Step {step.Id} reorders {member.Address} without knowing how it was.");
            }

            NoSecrets(step, findings);
        }
    }

    private static void Pinned(
        PlanFacts facts, Step step, Dictionary<(string Scope, string Id), LiveResource> seen, Findings findings)
    {
        if (step.Action is not (StepAction.Update or StepAction.Delete or StepAction.Adopt)
            || !seen.TryGetValue((step.Address.Scope, step.LiveId), out var live))
        {
            return;
        }

        var isChangedBefore = facts.Updates[(step.Address.Scope, step.LiveId)].Any(other => facts.IsBefore(other, step))
            || facts.Reorders[(step.Address.Scope, step.LiveId)].Any(other => facts.IsBefore(other.Step, step));
        findings.Require(
            step.Fingerprint == (isChangedBefore ? "" : live.Fingerprint),
            $"Step {step.Id} ({step.Address}) is not pinned to how the object was when the plan was made.");
    }

    private static void NoSecrets(Step step, Findings findings)
    {
        NoSecrets(step, step.Before, findings);
        NoSecrets(step, step.After, findings);
    }

    private static void NoSecrets(Step step, AttributeMap? attributes, Findings findings) => AttributeWalk.Visit(
        attributes ?? AttributeMap.Empty,
        value => findings.Require(
            IsFit(value), $"Step {step.Id} ({step.Address}) holds a secret, or something not looked up."));

    private static bool IsFit(AttributeValue value) => value switch
    {
        AttributeValue.Text text => !text.Value.Contains(PrivateKeyText, StringComparison.Ordinal),
        AttributeValue.Secret secret =>
            secret.Digest.Length is DigestLength && secret.Digest.All(char.IsAsciiHexDigit),
        AttributeValue.Lookup => false,
        _ => true,
    };
}
