using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Controller.Status;

/// <summary>How far what is accepted has come: what the Programmed conditions say that nothing stands in the way
/// of.</summary>
/// <param name="Programmed">Null is not known yet.</param>
public sealed record ProgramOutcome(bool? Programmed, string Reason, string Message)
{
    public static readonly ProgramOutcome Done =
        new(true, ConditionReasons.Programmed, "The cloud is as the specs say.");

    public static readonly ProgramOutcome UnderWay = new(null, ConditionReasons.Pending, "Being applied.");

    public static ProgramOutcome Pending(string message) => new(false, ConditionReasons.Pending, message);

    public static ProgramOutcome Failed(string message) => new(false, ConditionReasons.Invalid, message);

    public static ProgramOutcome NoAddress(string message) =>
        new(false, ConditionReasons.AddressNotAssigned, message);

    public StatusReport Finish(StatusReport report) => report with
    {
        Gateways = [.. report.Gateways.Select(gateway => gateway with
        {
            Conditions = Finish(gateway.Conditions, isListener: false),
            Listeners = [.. gateway.Listeners.Select(Finish)],
        })],
        ListenerSets = [.. report.ListenerSets.Select(set => set with
        {
            Conditions = Finish(set.Conditions, isListener: true),
            Listeners = [.. set.Listeners.Select(Finish)],
        })],
    };

    private ListenerStatus Finish(ListenerStatus listener) =>
        listener with { Conditions = Finish(listener.Conditions, isListener: true) };

    // A listener's reasons are fewer than a Gateway's: it knows nothing of addresses.
    private EquatableList<Condition> Finish(EquatableList<Condition> conditions, bool isListener) =>
    [
        .. conditions.Select(condition => condition is { Type: ConditionTypes.Programmed, Status: null }
            ? new Condition(
                ConditionTypes.Programmed,
                Programmed,
                isListener && Reason is ConditionReasons.AddressNotAssigned ? ConditionReasons.Pending : Reason,
                Message)
            : condition),
    ];
}
