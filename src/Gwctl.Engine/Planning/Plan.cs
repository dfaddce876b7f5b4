using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>An immutable, ordered plan. Nothing is left to choose when it is applied: the executor only walks
/// <see cref="Steps"/>.</summary>
public sealed record Plan
{
    /// <summary>The version of the plan file's format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    public required int FormatVersion { get; init; }

    public required string ToolVersion { get; init; }

    public required PlanPurpose Purpose { get; init; }

    /// <summary>Sorted by name.</summary>
    public required EquatableList<ProviderScope> Scopes { get; init; }

    /// <summary>The ProviderConfigs, as documents of <see cref="Compiler.Specs.ProviderConfigText"/>: how to reach
    /// the scopes again. In the scopes' order.</summary>
    public required EquatableList<string> Configs { get; init; }

    /// <summary>SHA-256 over the inputs (specs and configuration), in hexadecimal.</summary>
    public required string InputDigest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The plan is refused after this.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Sorted by address. Without the objects that stay as they are; <see cref="Unchanged"/> counts
    /// those.</summary>
    public required EquatableList<Change> Changes { get; init; }

    public required int Unchanged { get; init; }

    /// <summary>In an order that respects every dependency; ids are their indexes.</summary>
    public required EquatableList<Step> Steps { get; init; }

    /// <summary>Outputs of living objects that steps refer to, sorted by address.</summary>
    public required EquatableList<KnownObject> Known { get; init; }

    public required TrafficDiff Traffic { get; init; }

    /// <summary>Warnings and notes of every stage; errors never reach a plan that may be applied.</summary>
    public required EquatableList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Policy violations and protections; a plan that has any is shown and not applied (exit 3).</summary>
    public EquatableList<Diagnostic> Blocks { get; init; } = [];

    public bool HasChanges => Steps.Count > 0;
}

public enum PlanPurpose
{
    Apply,
    Destroy,
    Adopt,
}

public enum StepAction
{
    Create,
    Update,
    Delete,

    /// <summary>Sets the batch attribute of several objects in one call.</summary>
    Reorder,

    /// <summary>Waits until the object can take traffic.</summary>
    AwaitReady,

    /// <summary>Waits until the object's last requests are done.</summary>
    AwaitDrained,

    /// <summary>Puts our mark on an existing object, and changes nothing else of it.</summary>
    Adopt,

    /// <summary>No call: many steps that wait for many others wait for this one, so that n before m costs n + m
    /// dependencies instead of n × m. The executor passes it by itself; no provider sees it. Only large plans have
    /// any.</summary>
    Barrier,
}

/// <summary>One call, or one wait.</summary>
public sealed record Step
{
    /// <summary>Its index in <see cref="Plan.Steps"/>.</summary>
    public required int Id { get; init; }

    public required StepAction Action { get; init; }

    /// <summary>What it works on. For Reorder the first member; for Barrier the kind that waits, with no key.</summary>
    public required ResourceAddress Address { get; init; }

    /// <summary>The living object that it touches; empty for creations and for waits for what the same plan
    /// creates.</summary>
    public string LiveId { get; init; } = "";

    /// <summary>The object's fingerprint when the plan was made, for a write that is refused if it changed since; empty
    /// for creations, and where an earlier step of the same plan changes the object.</summary>
    public string Fingerprint { get; init; } = "";

    public AttributeMap? Before { get; init; }

    /// <summary>May hold references to what earlier steps make.</summary>
    public AttributeMap? After { get; init; }

    /// <summary>For Reorder: each object's new value, sorted by address.</summary>
    public EquatableList<BatchMember> Members { get; init; } = [];

    /// <summary>Ids of steps that must have succeeded, ascending; all smaller than <see cref="Id"/>.</summary>
    public EquatableList<int> DependsOn { get; init; } = [];

    /// <summary>Why the step is where it is (<c>warm up</c>, <c>switch</c>). Display only.</summary>
    public string Note { get; init; } = "";
}

/// <summary>An object of a <see cref="StepAction.Reorder"/> step.</summary>
public sealed record BatchMember(ResourceAddress Address, string LiveId, AttributeValue Before, AttributeValue After)
{
    /// <summary>As <see cref="Step.Fingerprint"/>.</summary>
    public string Fingerprint { get; init; } = "";
}

/// <summary>A living object's id and outputs.</summary>
public sealed record KnownObject(ResourceAddress Address, string Id, AttributeMap Outputs);

/// <summary>Which requests will be treated otherwise than before, in the tables' order; rows that stay are counted
/// only.</summary>
public sealed record TrafficDiff(EquatableList<TrafficChange> Changes, int Unchanged);

/// <summary>A request class whose destination changes. Null before: nothing served it; null after: nothing
/// will.</summary>
public sealed record TrafficChange(TrafficRow? Before, TrafficRow? After);
