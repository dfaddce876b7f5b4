using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>gwctl.dev/v1alpha1 Cutover: moves hostnames from an old load balancer to a Gateway by weighted DNS
/// answers.</summary>
public sealed record CutoverSpec : SpecObject
{
    /// <summary>Distinct, in lower case.</summary>
    public required EquatableList<Located<string>> Hostnames { get; init; }

    /// <summary>Null is the configured zone with the longest name that holds the hostname.</summary>
    public DnsZoneSpec? Zone { get; init; }

    /// <summary>The old side.</summary>
    public required CutoverSourceSpec From { get; init; }

    /// <summary>The new side: a Gateway; a namespace of null is the document's own.</summary>
    public required SpecReference To { get; init; }

    /// <summary>Of the weighted records, and what the old record's is lowered to before; 1 s to 1 h.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>Weights rise, and the last is 100.</summary>
    public required EquatableList<CutoverStepSpec> Steps { get; init; }

    /// <summary>When steps may be taken; null is at any time.</summary>
    public CutoverScheduleSpec? Schedule { get; init; }

    /// <summary>Names are distinct.</summary>
    public EquatableList<CutoverGateSpec> Gates { get; init; } = [];

    /// <summary>The shortest time between a step that resolvers have taken over and the next.</summary>
    public required TimeSpan Window { get; init; }

    public required CutoverAbortSpec Abort { get; init; }

    public required CutoverFinishSpec Finish { get; init; }

    /// <summary>The registry owner whose records may be taken over; null where nobody's may.</summary>
    public Located<string>? TakeOverOwner { get; init; }

    public override ObjectId Id => new(ApiGroups.Gwctl, "Cutover", Name);
}

/// <summary>spec.from: the old side.</summary>
public abstract record CutoverSourceSpec(SourceSpan Span)
{
    /// <summary>Whatever the records say when the cutover starts.</summary>
    public sealed record Current(SourceSpan Span) : CutoverSourceSpec(Span);

    /// <summary>IPv4 and IPv6 addresses, at least one.</summary>
    public sealed record Addresses(EquatableList<Located<string>> Values, SourceSpan Span) : CutoverSourceSpec(Span);

    /// <summary>A name that the record is a CNAME for.</summary>
    public sealed record Name(string Value, SourceSpan Span) : CutoverSourceSpec(Span);

    /// <summary>A load balancer of the Gateway's cloud, by its name or the cloud's id.</summary>
    public sealed record LoadBalancer(string NameOrId, SourceSpan Span) : CutoverSourceSpec(Span);

    /// <summary>A Service or an Ingress, by what its status says; a namespace of null is the document's
    /// own.</summary>
    public sealed record OfObject(SpecReference Target) : CutoverSourceSpec(Target.Span);
}

/// <summary>spec.steps[]: the new side's share, and what must pass before the next step.</summary>
/// <param name="Weight">1 to 100 percent.</param>
/// <param name="Pause">How long to hold it; null waits for a person (<c>cutover resume</c>) where
/// <paramref name="ForPerson"/>, else for nothing but the window.</param>
/// <param name="Until">Hold it at least until then.</param>
/// <param name="AllowsJump">It may more than double the new side's share.</param>
public sealed record CutoverStepSpec(
    Located<int> Weight, TimeSpan? Pause, DateTimeOffset? Until, bool ForPerson, bool AllowsJump, SourceSpan Span);

/// <summary>spec.schedule: steps are taken on these days between these times of day, in UTC.</summary>
/// <param name="Days">Distinct; every day where none is given.</param>
/// <param name="From">Included.</param>
/// <param name="To">Excluded; later than <paramref name="From"/>.</param>
public sealed record CutoverScheduleSpec(
    EquatableList<DayOfWeek> Days, TimeOnly From, TimeOnly To, SourceSpan Span);

/// <summary>spec.abort: what becomes of a step that a gate fails on, or says nothing about.</summary>
/// <param name="RollsBack">True restores the last good weights by itself; false pauses for a person.</param>
/// <param name="Extension">How long a step is held longer where a gate is inconclusive, before it is paused.</param>
/// <param name="ConsecutiveFailures">How many askings of a gate in a row must fail, while the new side has a share,
/// where the gate does not say; 1 to 100.</param>
public sealed record CutoverAbortSpec(bool RollsBack, TimeSpan Extension, int ConsecutiveFailures = 1);

/// <summary>spec.finish: what becomes of the old side's records when it takes no more requests.</summary>
/// <param name="Retain">How long they stay at weight 0; null removes them at once.</param>
/// <param name="IdleWindow">The time over which the old side must have been idle.</param>
/// <param name="IdleRequestsMax">How many requests in that window still count as idle.</param>
public sealed record CutoverFinishSpec(TimeSpan? Retain, TimeSpan IdleWindow, int IdleRequestsMax);
