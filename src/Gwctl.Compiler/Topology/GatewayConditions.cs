using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Turns the findings about a Gateway and its listeners into conditions.</summary>
/// <remarks>Programmed is Unknown where nothing stands in the way: only an apply can make it True.</remarks>
internal static class GatewayConditions
{
    public static GatewayTopology Finish(GatewayDraft draft) => new()
    {
        Spec = draft.Spec,
        Class = draft.Class,
        Config = draft.Config,
        Listeners = [.. draft.Listeners.Select(listener => Finish(listener, null))],
        ListenerSets = [.. draft.Sets.Select(ListenerSetConditions.Finish)],
        ClientValidations = [.. draft.ClientValidations.Select(item => new PortClientValidation(item.Key, item.Value))],
        BackendCertificate = draft.BackendCertificate,
        Conditions = [.. ConditionsOf(draft)],
        Accepted = draft.IsAccepted,
        Cutovers = [.. draft.Cutovers],
        DnsPolicies = [.. draft.DnsPolicies],
    };

    /// <param name="listenerSet">Whose listener it is; null for the Gateway's own.</param>
    public static ListenerTopology Finish(ListenerDraft draft, ObjectName? listenerSet) => new()
    {
        Spec = draft.Spec,
        ListenerSet = listenerSet,
        Certificates = draft.Certificates,
        SupportedKinds = draft.SupportedKinds,
        Routes = [.. draft.Routes],
        Conditions = [.. ConditionsOf(draft)],
        Programmable = draft.IsProgrammable,
    };

    private static IEnumerable<Condition> ConditionsOf(GatewayDraft draft)
    {
        yield return AcceptedOf(draft);
        yield return ProgrammedOf(draft.IsAccepted);
        if (ResolvedRefsOf(draft) is { } resolved)
        {
            yield return resolved;
        }

        if (draft.ClientValidations.Values.Any(validation => validation.AllowsInsecureFallback))
        {
            yield return new Condition(
                ConditionTypes.InsecureFrontendValidationMode,
                true,
                ConditionReasons.ConfigurationChanged,
                "Clients without a valid certificate are let in.");
        }
    }

    /// <summary>Null where spec.tls, which alone has references of the Gateway's own, is not given.</summary>
    private static Condition? ResolvedRefsOf(GatewayDraft draft)
    {
        if (draft.Spec.Tls is null)
        {
            return null;
        }

        if (draft.BrokenBackendCertificate is { } broken)
        {
            return new Condition(ConditionTypes.ResolvedRefs, false, broken.Reason, broken.Message);
        }

        return draft.Listeners.Any(listener => listener.BrokenRefs is not null)
            ? new Condition(
                ConditionTypes.ResolvedRefs,
                false,
                ConditionReasons.ListenersNotResolved,
                "References of listeners are not resolved.")
            : new Condition(
                ConditionTypes.ResolvedRefs, true, ConditionReasons.ResolvedRefs, "All references are resolved.");
    }

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
