using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Diff;

/// <summary>A difference between what should be and what is, for one object. Data: saved, hashed, shown.</summary>
public abstract record Change
{
    private Change(ResourceAddress address) => Address = address;

    public ResourceAddress Address { get; }

    /// <summary>Why it is planned. Display only: nothing may branch on it.</summary>
    public string Reason { get; init; } = "";

    public sealed record Create(ResourceNode After) : Change(After.Address);

    public sealed record Update(LiveResource Before, ResourceNode After, EquatableList<AttributeChange> Attributes)
        : Change(After.Address);

    /// <summary>A new object takes the place of the old one; <see cref="AttributeChange.ForcesReplacement"/> says which
    /// attributes force it.</summary>
    public sealed record Replace(LiveResource Before, ResourceNode After, EquatableList<AttributeChange> Attributes)
        : Change(After.Address);

    public sealed record Delete(LiveResource Before) : Change(Before.Address);

    /// <summary>A foreign object that stands where one of ours should be becomes ours as it is. How it differs from the
    /// specs is the next plan's matter.</summary>
    public sealed record Adopt(LiveResource Before, ResourceNode Node) : Change(Node.Address);

    /// <summary>Desired and live agree.</summary>
    public sealed record Keep(LiveResource Live, ResourceNode Node) : Change(Node.Address);
}

/// <summary>One attribute's difference. The path is dotted, with indexes in brackets:
/// <c>actions[0].weight</c>.</summary>
/// <param name="Before">Null where there was none.</param>
/// <param name="After">Null where there will be none.</param>
public sealed record AttributeChange(
    string Path, AttributeValue? Before, AttributeValue? After, bool ForcesReplacement);

/// <summary>All differences of a scope, sorted by address; deletions of a superseded object follow the object's own
/// change.</summary>
public sealed record ChangeSet(EquatableList<Change> Changes);
