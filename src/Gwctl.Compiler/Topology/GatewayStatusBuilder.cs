using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>A Gateway's status, with what later stages could not do of it.</summary>
internal static class GatewayStatusBuilder
{
    /// <summary>Reasons of the Gateway's Programmed condition; an error with any other reason is about
    /// Accepted.</summary>
    private static readonly string[] ProgrammedReasons =
    [
        ConditionReasons.NoResources, ConditionReasons.AddressNotAssigned, ConditionReasons.AddressNotUsable,
    ];

    /// <param name="sets">Of the Gateway's ListenerSets, after what later stages found.</param>
    public static GatewayStatus Build(
        GatewayTopology gateway, List<Diagnostic> errors, IEnumerable<ListenerSetStatus> sets)
    {
        var (conditions, listeners) = Tell(gateway.Conditions, gateway.Listeners, errors);
        return new GatewayStatus(gateway.Spec.Name, conditions, listeners)
        {
            AttachedListenerSets = sets.Count(set => set.IsAccepted),
        };
    }

    /// <summary>The conditions of a Gateway or ListenerSet and of its listeners.</summary>
    public static (EquatableList<Condition> Conditions, EquatableList<ListenerStatus> Listeners) Tell(
        EquatableList<Condition> told, EquatableList<ListenerTopology> topology, List<Diagnostic> errors)
    {
        EquatableList<ListenerSpec> specs = [.. topology.Select(listener => listener.Spec)];
        var byListener = errors.ToLookup(error => StatusSubject.ListenerOf(specs, error) ?? -1);
        var listeners = topology
            .Select((listener, position) => Build(listener, [.. byListener[position]]))
            .ToList();
        var conditions = Refuse(told, [.. byListener[-1]], ConditionReasons.Invalid);
        var lost = topology.Where((listener, index) => listener.Programmable && !IsAccepted(listeners[index]));
        if (lost.Any())
        {
            var left = topology.Where((listener, index) => listener.Programmable && IsAccepted(listeners[index]));
            conditions = Weaken(conditions, listeners, isServing: left.Any());
        }

        return (conditions, [.. listeners]);
    }

    private static ListenerStatus Build(ListenerTopology listener, List<Diagnostic> errors) => new(
        listener.Spec.Name.Value,
        listener.SupportedKinds,
        listener.Routes.Count,
        Refuse(listener.Conditions, errors, ConditionReasons.UnsupportedValue));

    /// <summary>A refusal that was there before stays: it came first, and names the cause.</summary>
    private static EquatableList<Condition> Refuse(
        EquatableList<Condition> conditions, List<Diagnostic> errors, string defaultReason)
    {
        if (errors.Count is 0)
        {
            return conditions;
        }

        var reason = errors[0].Reason is "" ? defaultReason : errors[0].Reason;
        var message = string.Join(' ', errors.Select(error => error.Detail).Distinct(StringComparer.Ordinal));
        var type = ProgrammedReasons.Contains(reason) ? ConditionTypes.Programmed : ConditionTypes.Accepted;
        return [.. conditions.Select(condition => RefuseOne(condition, type, reason, message))];
    }

    private static Condition RefuseOne(Condition condition, string type, string reason, string message)
    {
        if (condition.Status is false || condition.Type is not (ConditionTypes.Accepted or ConditionTypes.Programmed))
        {
            return condition;
        }

        if (condition.Type == type)
        {
            return new Condition(type, false, reason, message);
        }

        return condition.Type is ConditionTypes.Programmed
            ? new Condition(condition.Type, false, ConditionReasons.Invalid, message)
            : condition;
    }

    private static EquatableList<Condition> Weaken(
        EquatableList<Condition> conditions, List<ListenerStatus> listeners, bool isServing)
    {
        var bad = listeners.Where(listener => !IsAccepted(listener)).Select(listener => listener.Name);
        var message = $"Not valid: {string.Join(", ", bad)}.";
        return
        [
            .. conditions.Select(condition => condition switch
            {
                { Type: ConditionTypes.Accepted, Status: not false } =>
                    new Condition(condition.Type, isServing, ConditionReasons.ListenersNotValid, message),
                { Type: ConditionTypes.Programmed, Status: not false } when !isServing =>
                    new Condition(condition.Type, false, ConditionReasons.Invalid, message),
                _ => condition,
            }),
        ];
    }

    private static bool IsAccepted(ListenerStatus listener) =>
        !listener.Conditions.Any(condition => condition is { Type: ConditionTypes.Accepted, Status: false });
}
