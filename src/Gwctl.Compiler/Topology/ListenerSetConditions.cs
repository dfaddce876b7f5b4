namespace Gwctl.Compiler.Topology;

/// <summary>Turns the findings about a ListenerSet into conditions.</summary>
internal static class ListenerSetConditions
{
    public static ListenerSetTopology Finish(ListenerSetDraft draft)
    {
        if (draft.Refusal is { } refusal)
        {
            return new ListenerSetTopology
            {
                Spec = draft.Spec,
                Listeners = [],
                Conditions =
                [
                    new Condition(ConditionTypes.Accepted, false, refusal.Reason, refusal.Message),
                    new Condition(ConditionTypes.Programmed, false, ReasonNotProgrammed(refusal), refusal.Message),
                ],
                Accepted = false,
            };
        }

        var good = draft.Listeners.Count(listener => listener.IsProgrammable);
        return new ListenerSetTopology
        {
            Spec = draft.Spec,
            Listeners = [.. draft.Listeners.Select(listener => GatewayConditions.Finish(listener, draft.Name))],
            Conditions = [AcceptedOf(draft, good), ProgrammedOf(good > 0)],
            Accepted = good > 0,
        };
    }

    private static string ReasonNotProgrammed(Problem refusal) =>
        refusal.Reason is ConditionReasons.ParentNotAccepted ? ConditionReasons.ParentNotProgrammed : refusal.Reason;

    private static Condition AcceptedOf(ListenerSetDraft draft, int good)
    {
        if (good == draft.Listeners.Count)
        {
            return new Condition(ConditionTypes.Accepted, true, ConditionReasons.Accepted, "All listeners are valid.");
        }

        var bad = draft.Listeners.Where(listener => !listener.IsProgrammable).Select(item => item.Spec.Name.Value);
        return new Condition(
            ConditionTypes.Accepted,
            good > 0,
            ConditionReasons.ListenersNotValid,
            $"Not valid: {string.Join(", ", bad)}.");
    }

    private static Condition ProgrammedOf(bool isPossible) => isPossible
        ? new Condition(ConditionTypes.Programmed, null, ConditionReasons.Pending, "Not applied yet.")
        : new Condition(
            ConditionTypes.Programmed,
            false,
            ConditionReasons.ListenersNotValid,
            "There is nothing valid to program.");
}
