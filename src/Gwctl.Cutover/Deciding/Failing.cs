using Gwctl.Compiler.Specs;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Records;

namespace Gwctl.Cutover.Deciding;

/// <summary>How often gates fail in a row: one bad minute need not undo a step. The counts live with the progress, so
/// that runs go on counting where others stopped.</summary>
internal static class Failing
{
    /// <summary>With the counts after the gates' answers: a failure adds one, a pass forgets, and what says nothing
    /// leaves the count as it is.</summary>
    public static Progress Counted(CutoverFacts facts, Progress progress)
    {
        if (facts.Gates is not { } gates)
        {
            return progress;
        }

        var counts =
            from gate in gates
            let before = progress.Failing.FirstOrDefault(other => other.Gate == ProgressText.Fit(gate.Name))?.Count ?? 0
            select new GateFailures(ProgressText.Fit(gate.Name), gate.Verdict switch
            {
                GateVerdict.Fail => before + 1,
                GateVerdict.Pass => 0,
                _ => before,
            });
        return progress with
        {
            Failing =
            [
                .. counts.Where(gate => gate.Count > 0).OrderBy(gate => gate.Gate, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>Whether a gate that fails now has failed as often in a row as it may not.</summary>
    public static bool IsEnough(CutoverFacts facts, Progress counted) =>
        (facts.Gates ?? []).Any(gate => gate.Verdict is GateVerdict.Fail
            && CountOf(counted, gate) >= LimitOf(facts.Document, gate.Name));

    /// <summary>As in <c>gate errors failed 1 of 3 times</c>.</summary>
    public static string Words(CutoverFacts facts, Progress counted) => string.Join("; ",
        from gate in facts.Gates ?? []
        where gate.Verdict is GateVerdict.Fail
        let limit = LimitOf(facts.Document, gate.Name)
        select $"gate {gate.Name} failed {CountOf(counted, gate)} of {limit} times in a row: {gate.Detail}");

    private static int CountOf(Progress counted, GateResult gate) =>
        counted.Failing.FirstOrDefault(other => other.Gate == ProgressText.Fit(gate.Name))?.Count ?? 0;

    private static int LimitOf(CutoverSpec document, string gate) =>
        document.Gates.FirstOrDefault(other => other.Name.Value == gate)?.ConsecutiveFailures
        ?? document.Abort.ConsecutiveFailures;
}
