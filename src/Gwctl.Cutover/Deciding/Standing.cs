using Gwctl.Core;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Deciding;

/// <summary>How a name stands, by what lives.</summary>
public abstract record Standing
{
    private Standing()
    {
    }

    /// <summary>Not under this cutover, and free for it.</summary>
    public sealed record NotStarted : Standing;

    /// <summary>Under this cutover, as the progress says.</summary>
    public sealed record Under(Progress Progress) : Standing;

    /// <summary>The records are not what the progress says.</summary>
    /// <param name="Missing">Members that should be there.</param>
    /// <param name="Extra">Members that should not.</param>
    public sealed record ChangedByHand(
        Progress Progress, EquatableList<string> Missing, EquatableList<string> Extra) : Standing;

    /// <summary>Nothing may be done here.</summary>
    public sealed record Blocked(Diagnostic Diagnostic) : Standing;

    public static Standing Of(CutoverFacts facts)
    {
        var live = facts.Live;
        if (Registry.ProgressOf(live) is not { } progress)
        {
            return Unstarted(facts);
        }

        if (progress.Owner != facts.Owner || progress.Document != facts.Document.Name)
        {
            return new Blocked(CutoverDiagnostics.OtherCutover(facts.Document, live.Hostname, progress));
        }

        var expected = ExpectedMembers(progress, live, facts.Traits);
        if (Sides.SameMembers(expected, live.Members))
        {
            return new Under(progress);
        }

        var (wanted, found) = (expected.Select(Sides.Text).ToList(), live.Members.Select(Sides.Text).ToList());
        return new ChangedByHand(progress, [.. wanted.Except(found)], [.. found.Except(wanted)]);
    }

    /// <summary>The members that a name has by its progress: weighted ones, or the simple ones that it had before,
    /// while nothing of it is converted yet.</summary>
    public static EquatableList<WeightedMember> ExpectedMembers(
        Progress progress, WeightedName live, WeightedDnsTraits traits)
    {
        var isSimple = progress.Phase is ProgressPhase.Lowering
            || (live.Form is WeightedForm.Simple && progress.Step is 0 && progress.Weight is 0
                && progress.Phase is ProgressPhase.Paused or ProgressPhase.RolledBack);
        return isSimple
            ? SimpleMembers(progress.Old, progress.Ttl)
            : Sides.Members(progress.Old, progress.New, progress.Weight, progress.Ttl, traits);
    }

    public static EquatableList<WeightedMember> SimpleMembers(EquatableList<SideTarget> targets, TimeSpan ttl) =>
    [
        .. targets.Select(target => new WeightedMember(
            target.Type, "", null, target.Target, target.Target is DnsTarget.Pointer ? null : ttl)),
    ];

    private static Standing Unstarted(CutoverFacts facts)
    {
        var (document, live) = (facts.Document, facts.Live);
        foreach (var owner in Registry.OwnersOf(live).Where(owner => owner.Owner != facts.Owner))
        {
            if (owner.Owner != document.TakeOverOwner?.Value)
            {
                return new Blocked(CutoverDiagnostics.ForeignOwner(document, live.Hostname, owner));
            }
        }

        return live.Form switch
        {
            WeightedForm.Other => new Blocked(CutoverDiagnostics.OtherForm(document, live.Hostname)),
            WeightedForm.Weighted => new Blocked(CutoverDiagnostics.AlreadyWeighted(document, live)),
            WeightedForm.Absent when facts.From is null =>
                new Blocked(CutoverDiagnostics.NothingThere(document, live.Hostname)),
            _ => new NotStarted(),
        };
    }
}
