namespace Gwctl.Cli.Hosting;

/// <summary>What the process returns. Scripts depend on the numbers: never give one another meaning.</summary>
public enum ExitCode
{
    /// <summary>Done; for <c>plan --detailed-exitcode</c> and <c>drift</c>: nothing to change.</summary>
    Done = 0,

    /// <summary>An error; nothing was changed, or the run was interrupted before it could.</summary>
    Error = 1,

    /// <summary><c>plan --detailed-exitcode</c>: there are changes.</summary>
    ChangesPresent = 2,

    /// <summary>A policy or a protection forbids the plan.</summary>
    Blocked = 3,

    /// <summary>The plan no longer fits: expired, or an object that it touches has changed since.</summary>
    Stale = 4,

    /// <summary>Some steps are done and some are not.</summary>
    Partial = 5,

    /// <summary><c>drift</c>: the cloud differs from the specs.</summary>
    DriftFound = 6,

    /// <summary><c>cutover</c>: paused, inconclusive for too long, rolled back, or changed by hand.</summary>
    CutoverHalted = 7,
}
