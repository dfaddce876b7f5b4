using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>Whose an object is, as its mark in the cloud says.</summary>
public enum Ownership
{
    /// <summary>It bears our owner id: gwctl may change and delete it.</summary>
    Ours,

    /// <summary>It stands where one of ours should be, and bears no mark or another owner's: never touched.</summary>
    Foreign,
}

/// <summary>A cloud object as it is.</summary>
public sealed record LiveResource
{
    /// <summary>From its marks; for a foreign object the address of ours that it is in the way of.</summary>
    public required ResourceAddress Address { get; init; }

    /// <summary>The cloud's own id (a link, a record's zone, name, type and set). Unique in the
    /// scope.</summary>
    public required string Id { get; init; }

    public required Ownership Ownership { get; init; }

    /// <summary>In the shape of <see cref="ResourceNode.Attributes"/>, ids of other objects as plain text.</summary>
    public required AttributeMap Attributes { get; init; }

    /// <summary>What others may refer to (<see cref="AttributeValue.Reference"/>): output name → text.</summary>
    public required AttributeMap Outputs { get; init; }

    /// <summary>Changes whenever the object changes in a way that a plan depends on; plans pin it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>True where a mark on the live object forbids to destroy it, whatever the specs say.</summary>
    public bool Protected { get; init; }

    /// <summary>For foreign objects: who owns it, as far as its marks say; for people.</summary>
    public string OwnerText { get; init; } = "";
}

/// <summary>An owner-scoped snapshot of a scope's cloud, sorted by address and then id. Two objects may share an
/// address: a replacement that was interrupted left both. A read error is an exception, never a smaller
/// snapshot.</summary>
public sealed record LiveState
{
    public required EquatableList<LiveResource> Resources { get; init; }

    /// <summary>What each lookup of the request found; a lookup that found nothing is not in it.</summary>
    public required EquatableList<LookupResult> Lookups { get; init; }

    /// <summary>What reading has to say (a stale hint, a mark that cannot be parsed).</summary>
    public EquatableList<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>A lookup and its answer.</summary>
public sealed record LookupResult(AttributeValue.Lookup Lookup, AttributeValue Value);
