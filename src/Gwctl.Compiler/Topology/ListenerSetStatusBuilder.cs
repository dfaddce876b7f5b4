using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>A ListenerSet's status, with what later stages could not do of it.</summary>
internal static class ListenerSetStatusBuilder
{
    public static ListenerSetStatus Build(ListenerSetTopology set, List<Diagnostic> errors)
    {
        var (conditions, listeners) = GatewayStatusBuilder.Tell(set.Conditions, set.Listeners, errors);
        return new ListenerSetStatus(set.Spec.Name, [.. conditions.Select(Reworded)], listeners);
    }

    /// <summary>A ListenerSet that lost its last listener says so in Programmed as well.</summary>
    private static Condition Reworded(Condition condition) =>
        condition is { Type: ConditionTypes.Programmed, Reason: ConditionReasons.Invalid }
            ? condition with { Reason = ConditionReasons.ListenersNotValid }
            : condition;
}
