using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Deciding;

/// <summary>The writes: each one atomic change of the records, the ownership text and the progress.</summary>
internal static class Writing
{
    public static Decision.Write Lower(CutoverFacts facts, Progress progress, TimeSpan oldTtl) => Of(
        facts,
        progress with { Phase = ProgressPhase.Lowering, OldTtl = oldTtl },
        Standing.SimpleMembers(progress.Old, progress.Ttl),
        $"TTL from {oldTtl.TotalSeconds:0} s to {progress.Ttl.TotalSeconds:0} s");

    /// <summary>Weighted members that answer as the simple record did: all to the old side.</summary>
    public static Decision.Write Convert(CutoverFacts facts, Progress progress)
    {
        var next = progress with { Phase = ProgressPhase.Running, Step = 0, Weight = 0, Reason = "" };
        return Of(facts, next, MembersOf(facts, next), "simple records to weighted ones, all to the old side");
    }

    public static Decision.Write Step(CutoverFacts facts, Progress progress)
    {
        var number = progress.Step + 1;
        var weight = facts.Document.Steps[number - 1].Weight.Value;
        var next = progress with
        {
            Step = number,
            Weight = weight,
            Taken = [.. progress.Taken, new TakenStep(number, weight, facts.Now)],
        };
        return Of(facts, next, MembersOf(facts, next), $"step {number}: {weight} percent to the new side");
    }

    /// <summary>All to the old side, in one change. A name that is not converted yet gets its TTL back.</summary>
    public static Decision.Write RollBack(CutoverFacts facts, Progress progress, string reason)
    {
        var isSimple = facts.Live.Form is WeightedForm.Simple;
        var next = progress with
        {
            Phase = ProgressPhase.RolledBack,
            Step = 0,
            Weight = 0,
            Reason = reason,
            Resumed = -1,
            RetainedUntil = null,
            Ttl = isSimple ? progress.OldTtl ?? progress.Ttl : progress.Ttl,
        };
        var members = isSimple ? Standing.SimpleMembers(next.Old, next.Ttl) : MembersOf(facts, next);
        return Of(facts, next, members, "rollback: all to the old side");
    }

    public static Decision.Write Pause(CutoverFacts facts, Progress progress, string reason) => Note(
        facts, progress with { Phase = ProgressPhase.Paused, Reason = reason }, $"pause: {reason}");

    /// <summary>How often gates failed in a row.</summary>
    public static Decision.Write Count(CutoverFacts facts, Progress progress, string what) =>
        Note(facts, progress, what);

    /// <summary>The hold begins anew: what was paused is measured again before it goes on.</summary>
    public static Decision.Write Resume(CutoverFacts facts, Progress progress) => Note(
        facts,
        progress with
        {
            Phase = facts.Live.Form is WeightedForm.Simple ? ProgressPhase.Lowering : ProgressPhase.Running,
            Reason = "",
            At = Seconds(facts.Now),
        },
        "resume, with a new hold");

    /// <summary>A person lets the step go on that waits for one.</summary>
    public static Decision.Write Release(CutoverFacts facts, Progress progress) =>
        Note(facts, progress with { Resumed = progress.Step }, $"resume after step {progress.Step}");

    public static Decision.Write Retain(CutoverFacts facts, Progress progress, DateTimeOffset until) => Note(
        facts,
        progress with { Phase = ProgressPhase.Retained, RetainedUntil = Seconds(until) },
        $"the old side's records stay at weight 0 until {until:u}");

    /// <summary>Simple records again, which lead to the new side and belong to its Gateway: as apply makes
    /// them.</summary>
    public static Decision.Write Remove(CutoverFacts facts, BalancerFacts balancer)
    {
        var document = facts.Document;
        var gateway = new ObjectName(document.To.Namespace ?? document.Name.Namespace, document.To.Name);
        var owner = Registry.OwnerForGateway(facts.Owner, gateway);
        var change = ChangeOf(
            facts, [.. balancer.Pointers.Select(pointer => AsApplied(pointer, facts.Policy))], owner, null);
        return new Decision.Write(change, null, "the old side's records removed; the name leads to the new side alone");
    }

    private static WeightedMember AsApplied(WeightedMember member, DnsPolicySpec? policy) => member with
    {
        Ttl = member.Ttl is null ? null : policy?.Ttl?.Value ?? member.Ttl,
        Target = member.Target is DnsTarget.Pointer pointer
            ? pointer with { EvaluatesHealth = policy?.EvaluateTargetHealth is { Value: true } }
            : member.Target,
    };

    public static DateTimeOffset Seconds(DateTimeOffset time) => new(
        time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>A change of the progress alone: answers stay, and so does the time of their last change.</summary>
    private static Decision.Write Note(CutoverFacts facts, Progress next, string what) =>
        Write(facts, next, facts.Live.Members, what);

    private static Decision.Write Of(
        CutoverFacts facts, Progress next, EquatableList<WeightedMember> members, string what) =>
        Write(facts, next with { At = Seconds(facts.Now) }, members, what);

    private static Decision.Write Write(
        CutoverFacts facts, Progress next, EquatableList<WeightedMember> members, string what)
    {
        var signed = next with
        {
            Run = facts.Run,
            Taken = [.. next.Taken.Select(step => step with { At = Seconds(step.At) })],
        };
        var owner = Registry.OwnerFor(facts.Owner, facts.Document.Name);
        return new Decision.Write(
            ChangeOf(facts, members, owner, signed), signed, $"{facts.Live.Hostname}: {what}");
    }

    private static WeightedChange ChangeOf(
        CutoverFacts facts, EquatableList<WeightedMember> members, DnsOwner owner, Progress? progress)
    {
        var types = facts.Traits.OwnsByType
            ? members.Select(member => member.Type).Distinct(StringComparer.Ordinal)
            : ["A"];
        return new WeightedChange(
            facts.Live, members, Registry.Texts(facts.Live, owner, progress, types),
            $"gwctl cutover {facts.Document.Name}");
    }

    private static EquatableList<WeightedMember> MembersOf(CutoverFacts facts, Progress progress) =>
        Sides.Members(progress.Old, progress.New, progress.Weight, progress.Ttl, facts.Traits);
}
