using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Records;

/// <summary>How far a cutover of one name is. It lives in a text beside the name's records and nowhere else, so that
/// any
/// runner goes on where another one stopped.</summary>
public sealed record Progress
{
    /// <summary>The owner id of the ProviderConfig.</summary>
    public required string Owner { get; init; }

    public required ObjectName Document { get; init; }

    public required ProgressPhase Phase { get; init; }

    /// <summary>How many of the document's steps are taken; 0 where the name is converted and no more.</summary>
    public int Step { get; init; }

    /// <summary>The new side's share, in percent.</summary>
    public int Weight { get; init; }

    /// <summary>When the records were last changed to what they are; to the second.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who wrote it, by chance: tells a runner its own write from an equal one of another.</summary>
    public required string Run { get; init; }

    /// <summary>Why it is paused or was rolled back; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The step that a person let go on; -1 where none was.</summary>
    public int Resumed { get; init; } = -1;

    /// <summary>Of the members that have a TTL of their own.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>The TTL that the name had before it was lowered; null where it needed no lowering.</summary>
    public TimeSpan? OldTtl { get; init; }

    /// <summary>Until when the old side's records are kept; null before that is settled.</summary>
    public DateTimeOffset? RetainedUntil { get; init; }

    /// <summary>What the old side answers: type and target.</summary>
    public required EquatableList<SideTarget> Old { get; init; }

    /// <summary>What the new side answers, of the same types.</summary>
    public required EquatableList<SideTarget> New { get; init; }

    /// <summary>Gates that failed when they were last asked, though not yet often enough; sorted by
    /// name.</summary>
    public EquatableList<GateFailures> Failing { get; init; } = [];

    /// <summary>Every step with its time, the first first.</summary>
    public EquatableList<TakenStep> Taken { get; init; } = [];
}

/// <summary>Where a cutover stands.</summary>
public enum ProgressPhase
{
    /// <summary>The TTL is lowered; resolvers still have the old one.</summary>
    Lowering,

    Running,

    /// <summary>Nothing is done until a person says so.</summary>
    Paused,

    /// <summary>The old side has everything again.</summary>
    RolledBack,

    /// <summary>The new side has everything; the old records are kept at weight 0 for a time.</summary>
    Retained,
}

/// <param name="Type">A, AAAA or CNAME.</param>
public sealed record SideTarget(string Type, DnsTarget Target);

/// <param name="Weight">The new side's, in percent.</param>
public sealed record TakenStep(int Step, int Weight, DateTimeOffset At);

/// <summary>Failures in a row.</summary>
/// <param name="Gate">The gate's name, as a text record can hold it.</param>
public sealed record GateFailures(string Gate, int Count);
