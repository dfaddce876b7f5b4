using Gwctl.Core;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Records;

namespace Gwctl.Cutover.Deciding;

/// <summary>Decides what to do about one name. Pure: everything that it knows is in the facts, and the only memory is
/// what lives.</summary>
public static class CutoverMachine
{
    public static Decision Decide(CutoverFacts facts, CutoverIntent intent) => Standing.Of(facts) switch
    {
        Standing.Blocked blocked => new Decision.Refuse(blocked.Diagnostic),
        Standing.ChangedByHand changed => OfChanged(facts, intent, changed),
        Standing.Under under => OfUnder(facts, intent, under.Progress),
        _ when intent is CutoverIntent.Start => Starting.Decide(facts),
        _ => new Decision.Refuse(CutoverDiagnostics.NotStarted(facts.Document, facts.Live.Hostname)),
    };

    private static Decision OfChanged(CutoverFacts facts, CutoverIntent intent, Standing.ChangedByHand changed)
    {
        if (intent is not CutoverIntent.Rollback)
        {
            return new Decision.Halt(
                CutoverDiagnostics.ChangedByHand(facts.Document, facts.Live.Hostname, changed));
        }

        var strangers = facts.Live.Members.Where(member => Sides.IsNew(member, changed.Progress) is null)
            .Select(Sides.Text).ToList();
        return strangers.Count > 0
            ? new Decision.Refuse(
                CutoverDiagnostics.RollbackBlocked(facts.Document, facts.Live.Hostname, strangers))
            : Writing.RollBack(facts, changed.Progress, "rolled back by hand");
    }

    private static Decision OfUnder(CutoverFacts facts, CutoverIntent intent, Progress progress) => intent switch
    {
        CutoverIntent.Start when progress.Phase is ProgressPhase.RolledBack => Starting.Again(facts, progress),
        CutoverIntent.Pause => Pause(facts, progress),
        CutoverIntent.Resume => Resume(facts, progress),
        CutoverIntent.Rollback when progress.Phase is ProgressPhase.RolledBack =>
            new Decision.Done($"the old side has had everything since {progress.At:u}"),
        CutoverIntent.Rollback => Writing.RollBack(facts, progress, "rolled back by hand"),
        CutoverIntent.Finish => Finishing.Decide(facts, progress),
        _ => Step(facts, progress),
    };

    private static Decision Step(CutoverFacts facts, Progress progress)
    {
        var (document, hostname) = (facts.Document, facts.Live.Hostname);
        switch (progress.Phase)
        {
            case ProgressPhase.Paused:
                return new Decision.Halt(CutoverDiagnostics.Paused(document, hostname, progress));
            case ProgressPhase.RolledBack:
                return new Decision.Halt(CutoverDiagnostics.RolledBack(document, hostname, progress));
            case ProgressPhase.Retained:
                return new Decision.Done(
                    $"the new side has everything; the old records are kept until {progress.RetainedUntil:u}");
            case ProgressPhase.Lowering:
                var lowered = Holding.LoweredAt(facts, progress);
                return facts.Now < lowered
                    ? new Decision.Wait(lowered, "resolvers to forget the old TTL")
                    : Writing.Convert(facts, progress);
            default:
                return Run(facts, progress);
        }
    }

    private static Decision Run(CutoverFacts facts, Progress progress)
    {
        var (document, hostname) = (facts.Document, facts.Live.Hostname);
        if (progress.Step > document.Steps.Count
            || (progress.Step > 0 && document.Steps[progress.Step - 1].Weight.Value != progress.Weight))
        {
            return new Decision.Halt(CutoverDiagnostics.DocumentChanged(document, hostname, progress));
        }

        // What serves requests is watched all the time; before the first step the gates are asked when it is due.
        var hold = Holding.Of(facts, progress);
        if (facts.Gates is null && document.Gates.Count > 0 && (progress.Weight > 0 || hold is null))
        {
            return new Decision.AskGates();
        }

        var gates = facts.Gates ?? [];
        var counted = Failing.Counted(facts, progress);
        if (gates.Any(gate => gate.Verdict is GateVerdict.Fail))
        {
            return progress.Weight is 0 || Failing.IsEnough(facts, counted)
                ? Fail(facts, progress with { Failing = [] }, Words(gates, GateVerdict.Fail))
                : Writing.Count(facts, counted, Failing.Words(facts, counted));
        }

        var next = hold ?? Next(facts, counted, gates);
        return next is not Decision.Write && counted != progress
            ? Writing.Count(facts, counted, "gates that failed pass again")
            : next;
    }

    private static Decision Next(CutoverFacts facts, Progress progress, EquatableList<GateResult> gates)
    {
        if (progress.Step == facts.Document.Steps.Count)
        {
            return new Decision.Done("the new side has everything; 'gwctl cutover finish' retires the old one");
        }

        return gates.Any(gate => gate.Verdict is GateVerdict.Inconclusive)
            ? Extend(facts, progress, Words(gates, GateVerdict.Inconclusive))
            : Writing.Step(facts, progress);
    }

    /// <summary>A failure at weight 0 harms nobody: nothing is written.</summary>
    private static Decision Fail(CutoverFacts facts, Progress progress, string gates) => progress.Weight switch
    {
        0 => new Decision.Halt(CutoverDiagnostics.GateFails(facts.Document, facts.Live.Hostname, gates)),
        _ when facts.Document.Abort.RollsBack => Writing.RollBack(facts, progress, gates) with { IsHalt = true },
        _ => Writing.Pause(facts, progress, gates) with { IsHalt = true },
    };

    /// <summary>No data is no verdict: hold on, then ask a person.</summary>
    private static Decision Extend(CutoverFacts facts, Progress progress, string gates)
    {
        var end = Holding.EndOf(facts, progress) + facts.Document.Abort.Extension;
        Decision pause = Writing.Pause(facts, progress, $"inconclusive: {gates}") with { IsHalt = true };
        return facts.Now < end
            ? new Decision.Wait(end, $"gates that say nothing yet ({gates}), then a pause")
            : pause;
    }

    private static Decision Pause(CutoverFacts facts, Progress progress) => progress.Phase switch
    {
        ProgressPhase.Running or ProgressPhase.Lowering => Writing.Pause(facts, progress, "paused by hand"),
        ProgressPhase.Paused => new Decision.Done($"paused already: {progress.Reason}"),
        _ => new Decision.Done("there is nothing to pause"),
    };

    private static Decision Resume(CutoverFacts facts, Progress progress) => progress.Phase switch
    {
        ProgressPhase.Paused => Writing.Resume(facts, progress),
        ProgressPhase.RolledBack => new Decision.Refuse(
            CutoverDiagnostics.RolledBack(facts.Document, facts.Live.Hostname, progress)),
        ProgressPhase.Running when Holding.WaitsForPerson(facts, progress) => Writing.Release(facts, progress),
        _ => new Decision.Done("it does not wait for anybody"),
    };

    private static string Words(EquatableList<GateResult> gates, GateVerdict verdict) => string.Join(
        "; ", gates.Where(gate => gate.Verdict == verdict).Select(gate => $"gate {gate.Name}: {gate.Detail}"));
}
