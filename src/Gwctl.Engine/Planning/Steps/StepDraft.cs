using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>A step that has no place yet.</summary>
internal sealed class StepDraft(StepAction action, ResourceAddress address)
{
    private static readonly List<StepDraft> s_none = [];

    // Few have any.
    private List<StepDraft>? _softWaits;

    public StepAction Action { get; } = action;

    public ResourceAddress Address { get; } = address;

    public string LiveId { get; init; } = "";

    public string Fingerprint { get; set; } = "";

    public AttributeMap? Before { get; init; }

    public AttributeMap? After { get; init; }

    public EquatableList<BatchMember> Members { get; init; } = [];

    public string Note { get; init; } = "";

    /// <summary>Steps that must have succeeded; may repeat.</summary>
    public List<StepDraft> Waits { get; } = [];

    /// <summary>Its place among all drafts: first as made, then in the plan.</summary>
    public int Place { get; set; }

    /// <summary>Waits that are given up where keeping them would make a circle: what must be destroyed first cannot
    /// always wait until nobody uses it.</summary>
    public List<StepDraft> SoftWaits => _softWaits ?? s_none;

    public void WaitFor(StepDraft? earlier, bool isSoft = false)
    {
        if (earlier is not null && !ReferenceEquals(earlier, this))
        {
            (isSoft ? _softWaits ??= [] : Waits).Add(earlier);
        }
    }

    public void DropSoftWaits() => _softWaits = null;

    // By address, and on one address in the order in which things usually happen; the place makes it total.
    public static int InListOrder(StepDraft left, StepDraft right)
    {
        var order = left.Address.CompareTo(right.Address);
        order = order is not 0 ? order : Usual(left.Action).CompareTo(Usual(right.Action));
        order = order is not 0 ? order : string.CompareOrdinal(left.LiveId, right.LiveId);
        return order is not 0 ? order : left.Place.CompareTo(right.Place);
    }

    private static int Usual(StepAction action) => action switch
    {
        StepAction.Adopt => 0,
        StepAction.Barrier => 1,
        StepAction.Create => 2,
        StepAction.Reorder => 3,
        StepAction.Update => 4,
        StepAction.AwaitReady => 5,
        StepAction.AwaitDrained => 6,
        StepAction.Delete => 7,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
