namespace Gwctl.Compiler.Topology;

/// <summary>Turns the findings about a Gateway and its listeners into conditions.</summary>
/// <remarks>Programmed is Unknown where nothing stands in the way: only an apply can make it True.</remarks>
internal static class GatewayConditions
{
    public static GatewayTopology Finish(GatewayDraft draft)
    {
        var isAccepted = draft.Parameters is null && draft.Listeners.Any(listener => listener.IsProgrammable);
        return new GatewayTopology
        {
            Spec = draft.Spec,
            Class = draft.Class,
            Config = draft.Config,
            Listeners = [.. draft.Listeners.Select(Finish)],
            Conditions = [AcceptedOf(draft), ProgrammedOf(isAccepted)],
            Accepted = isAccepted,
        };
    }

    private static ListenerTopology Finish(ListenerDraft draft) => new()
    {
        Spec = draft.Spec,
        Certificates = draft.Certificates,
        SupportedKinds = draft.SupportedKinds,
        Routes = [.. draft.Routes],
        Conditions = [.. ConditionsOf(draft)],
        Programmable = draft.IsProgrammable,
    };

    private static Condition AcceptedOf(GatewayDraft draft)
    {
        if (draft.Parameters is { } parameters)
        {
            return new Condition(ConditionTypes.Accepted, false, parameters.Reason, parameters.Message);
        }

        var good = draft.Listeners.Where(listener => listener.IsProgrammable).Select(Name).ToList();
        var bad = draft.Listeners.Where(listener => !listener.IsProgrammable).ToList();
        if (bad.Count is 0 && good.Count > 0)
        {
            return new Condition(ConditionTypes.Accepted, true, ConditionReasons.Accepted, "All listeners are valid.");
        }

        var conflicted = bad.Where(listener => listener.Conflict is not null).Select(Name).ToList();
        var message = $"Not valid: {List(bad.Select(Name))}. Conflicted among them: {List(conflicted)}. "
            + $"Accepted: {List(good)}.";
        return new Condition(ConditionTypes.Accepted, good.Count > 0, ConditionReasons.ListenersNotValid, message);
    }

    private static IEnumerable<Condition> ConditionsOf(ListenerDraft draft)
    {
        yield return AcceptedOf(draft);
        yield return draft.BrokenRefs is { } broken
            ? new Condition(ConditionTypes.ResolvedRefs, false, broken.Reason, broken.Message)
            : new Condition(
                ConditionTypes.ResolvedRefs, true, ConditionReasons.ResolvedRefs, "All references are resolved.");
        yield return draft.Conflict is { } conflict
            ? new Condition(ConditionTypes.Conflicted, true, conflict.Reason, conflict.Message)
            : new Condition(ConditionTypes.Conflicted, false, ConditionReasons.NoConflicts, "No conflicts.");
        yield return ProgrammedOf(draft.IsProgrammable);
        if (draft.Overlaps.Count > 0)
        {
            // Negative polarity: the specification forbids the condition where it would be False.
            yield return new Condition(
                ConditionTypes.OverlappingTlsConfig,
                true,
                ConditionReasons.OverlappingHostnames,
                $"The hostname overlaps with those of {List(draft.Overlaps)} on the same port.");
        }
    }

    /// <summary>A protocol that is not served is named before a conflict, which says "Invalid" here and the rest
    /// itself.</summary>
    private static Condition AcceptedOf(ListenerDraft draft)
    {
        if (draft.Refusal is { } refusal)
        {
            return new Condition(ConditionTypes.Accepted, false, refusal.Reason, refusal.Message);
        }

        return draft.Conflict is { } conflict
            ? new Condition(ConditionTypes.Accepted, false, ConditionReasons.Invalid, conflict.Message)
            : new Condition(ConditionTypes.Accepted, true, ConditionReasons.Accepted, "The listener is valid.");
    }

    private static Condition ProgrammedOf(bool isPossible) => isPossible
        ? new Condition(ConditionTypes.Programmed, null, ConditionReasons.Pending, "Not applied yet.")
        : new Condition(
            ConditionTypes.Programmed, false, ConditionReasons.Invalid, "There is nothing valid to program.");

    private static string Name(ListenerDraft draft) => draft.Spec.Name.Value;

    private static string List(IEnumerable<string> names)
    {
        var text = string.Join(", ", names);
        return text is "" ? "none" : text;
    }
}
