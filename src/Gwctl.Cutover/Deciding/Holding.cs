using Gwctl.Compiler.Specs;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Deciding;

/// <summary>How long a step is held: until every resolver answers by it, a window to measure in, and the pause that the
/// document says.</summary>
internal static class Holding
{
    /// <summary>Null where the next step may be taken as far as time and people go.</summary>
    public static Decision.Wait? Of(CutoverFacts facts, Progress progress)
    {
        var end = EndOf(facts, progress);
        if (facts.Now < end)
        {
            return new Decision.Wait(end, end == SettledAt(facts, progress)
                ? "resolvers and the window to measure in"
                : $"the pause of step {progress.Step}");
        }

        if (WaitsForPerson(facts, progress))
        {
            return new Decision.Wait(null, "a person ('gwctl cutover resume')");
        }

        return facts.Document.Schedule is { } schedule && NextIn(schedule, facts.Now) is var next && next > facts.Now
            ? new Decision.Wait(next, "the schedule's next hours")
            : null;
    }

    public static bool WaitsForPerson(CutoverFacts facts, Progress progress) =>
        StepOf(facts.Document, progress) is { ForPerson: true } && progress.Resumed < progress.Step;

    /// <summary>When the hold ends, schedule and people aside.</summary>
    public static DateTimeOffset EndOf(CutoverFacts facts, Progress progress)
    {
        var end = SettledAt(facts, progress);
        if (StepOf(facts.Document, progress) is not { } step)
        {
            return end;
        }

        var paused = progress.At + (step.Pause ?? TimeSpan.Zero);
        end = paused > end ? paused : end;
        return step.Until is { } until && until > end ? until : end;
    }

    /// <summary>When nobody has the answers of before any more.</summary>
    public static DateTimeOffset DrainedAt(CutoverFacts facts, Progress progress) =>
        progress.At + facts.PropagationMax + LongestTtl(progress, facts.Traits);

    public static DateTimeOffset LoweredAt(CutoverFacts facts, Progress progress) =>
        progress.At + facts.PropagationMax + (progress.OldTtl ?? TimeSpan.Zero);

    /// <summary>The first moment of the schedule from <paramref name="now"/> on.</summary>
    public static DateTimeOffset NextIn(CutoverScheduleSpec schedule, DateTimeOffset now)
    {
        for (var ahead = 0; ; ahead++)
        {
            var day = new DateTimeOffset(now.UtcDateTime.Date.AddDays(ahead), TimeSpan.Zero);
            var (from, to) = (day + schedule.From.ToTimeSpan(), day + schedule.To.ToTimeSpan());
            if ((schedule.Days.Count is 0 || schedule.Days.Contains(day.DayOfWeek)) && now < to)
            {
                return now > from ? now : from;
            }
        }
    }

    public static CutoverStepSpec? StepOf(CutoverSpec document, Progress progress) =>
        progress.Step > 0 && progress.Step <= document.Steps.Count ? document.Steps[progress.Step - 1] : null;

    /// <summary>A conversion changes no answer, so nobody needs to wait for it.</summary>
    private static DateTimeOffset SettledAt(CutoverFacts facts, Progress progress) => progress.Step is 0
        ? progress.At
        : DrainedAt(facts, progress) + facts.Document.Window;

    private static TimeSpan LongestTtl(Progress progress, WeightedDnsTraits traits)
    {
        var targets = progress.Old.Concat(progress.New).Select(side => side.Target).ToList();
        var own = targets.Exists(target => target is DnsTarget.Value) ? progress.Ttl : TimeSpan.Zero;
        var pointers = targets.Exists(target => target is DnsTarget.Pointer) ? traits.PointerTtl : TimeSpan.Zero;
        return own > pointers ? own : pointers;
    }
}
