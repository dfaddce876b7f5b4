using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Engine.Apply;

/// <summary>What happens while a plan is applied, in the order in which it happens.</summary>
public abstract record ApplyEvent(DateTimeOffset At)
{
    public sealed record StepStarted(Step Step, DateTimeOffset At) : ApplyEvent(At);

    /// <summary>A wait or a long call is still under way.</summary>
    public sealed record StepProgress(Step Step, string Text, TimeSpan Elapsed, DateTimeOffset At) : ApplyEvent(At);

    /// <summary>Comes before the step's success: it is done, and people should know what is not as it could
    /// be.</summary>
    public sealed record StepWarned(Step Step, Diagnostic Diagnostic, DateTimeOffset At) : ApplyEvent(At);

    public sealed record StepSucceeded(Step Step, string Id, TimeSpan Elapsed, DateTimeOffset At) : ApplyEvent(At);

    public sealed record StepFailed(Step Step, Diagnostic Diagnostic, bool Stale, TimeSpan Elapsed, DateTimeOffset At)
        : ApplyEvent(At);

    /// <summary>Not tried: a step that it depends on failed, or the run was interrupted.</summary>
    public sealed record StepSkipped(Step Step, string Reason, DateTimeOffset At) : ApplyEvent(At);

    /// <summary>The last event of every run.</summary>
    public sealed record Finished(ApplySummary Summary, DateTimeOffset At) : ApplyEvent(At);
}

/// <summary>How a run ended.</summary>
public sealed record ApplySummary(int Succeeded, int Failed, int Skipped, bool Interrupted, bool Stale);
