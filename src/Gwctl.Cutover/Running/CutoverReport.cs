using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Running;

/// <summary>What became of one name.</summary>
public enum NameOutcome
{
    /// <summary>Written, and read back.</summary>
    Written,

    /// <summary>Nothing to do now.</summary>
    Waiting,

    /// <summary>Nothing left to do.</summary>
    Done,

    /// <summary>Paused, inconclusive for too long, rolled back, or changed by hand.</summary>
    Halted,

    /// <summary>Not possible.</summary>
    Refused,

    /// <summary>Another runner was quicker; it did the work.</summary>
    Lost,
}

/// <summary>How one name stands after a run.</summary>
public sealed record NameReport
{
    public required string Hostname { get; init; }

    public required NameOutcome Outcome { get; init; }

    /// <summary>One sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What was written in this run, in order.</summary>
    public EquatableList<string> Written { get; init; } = [];

    /// <summary>Until when it waits; null where there is no such time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Null where the name is not under the cutover.</summary>
    public Progress? Progress { get; init; }

    /// <summary>When nobody has older answers any more; null where the name is not under the cutover.</summary>
    public DateTimeOffset? DrainedAt { get; init; }

    public EquatableList<WeightedMember> Members { get; init; } = [];

    public Diagnostic? Diagnostic { get; init; }

    /// <summary>What people should know though all went well.</summary>
    public EquatableList<string> Notes { get; init; } = [];
}

/// <summary>How a cutover stands after a run.</summary>
/// <param name="Share">The new side's part of the requests over the metrics' last window, in percent; null where nobody
/// counts on both sides, or nobody asked.</param>
public sealed record CutoverReport(
    CutoverSpec Document, DateTimeOffset At, EquatableList<NameReport> Names, EquatableList<GateResult> Gates,
    double? Share)
{
    public bool IsRefused => Names.Any(name => name.Outcome is NameOutcome.Refused);

    public bool IsHalted => Names.Any(name => name.Outcome is NameOutcome.Halted);
}
