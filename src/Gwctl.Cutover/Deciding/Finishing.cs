using Gwctl.Cutover.Records;

namespace Gwctl.Cutover.Deciding;

/// <summary>The end: the old side's records go, when nobody asks the old side any more.</summary>
internal static class Finishing
{
    public static Decision Decide(CutoverFacts facts, Progress progress)
    {
        var (document, hostname) = (facts.Document, facts.Live.Hostname);
        var isRetained = progress.Phase is ProgressPhase.Retained;
        if (!isRetained && (progress.Phase is not ProgressPhase.Running || progress.Weight is not 100))
        {
            return progress.Phase is ProgressPhase.Paused
                ? new Decision.Halt(CutoverDiagnostics.Paused(document, hostname, progress))
                : new Decision.Refuse(CutoverDiagnostics.NotAtTheEnd(document, hostname, progress));
        }

        if (facts.NewBalancer is not { } balancer)
        {
            return new Decision.Refuse(CutoverDiagnostics.NoNewSide(document));
        }

        if (!isRetained && Holding.Of(facts, progress) is { } hold)
        {
            return hold;
        }

        if (isRetained && facts.Now < progress.RetainedUntil)
        {
            return new Decision.Wait(progress.RetainedUntil, "the time for which the old records are kept");
        }

        if (Busy(facts) is { } busy)
        {
            return busy;
        }

        return !isRetained && document.Finish.Retain is { } retain
            ? Writing.Retain(facts, progress, facts.Now + retain)
            : Writing.Remove(facts, balancer);
    }

    private static Decision? Busy(CutoverFacts facts) => facts.OldRequests switch
    {
        null when facts.AssumesIdle => null,
        null => new Decision.Refuse(CutoverDiagnostics.NobodyCounts(facts.Document, facts.Live.Hostname)),
        { } requests when requests > facts.Document.Finish.IdleRequestsMax => new Decision.Halt(
            CutoverDiagnostics.StillUsed(facts.Document, facts.Live.Hostname, requests)),
        _ => null,
    };
}
