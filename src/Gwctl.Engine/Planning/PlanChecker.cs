using Gwctl.Core;
using Gwctl.Engine.Planning.Checks;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>A second opinion on a plan, from what a safe plan must satisfy; it shares no reasoning with the planner,
/// and trusts nothing that the plan says of itself.</summary>
public static class PlanChecker
{
    /// <summary>Empty where the plan is safe. Every finding is an error: a bug of gwctl's, or a plan that somebody made
    /// up.</summary>
    /// <param name="kindsByScope">Each scope's kinds.</param>
    public static EquatableList<Diagnostic> Check(
        Plan plan, IReadOnlyDictionary<string, EquatableList<KindSchema>> kindsByScope)
    {
        var findings = new Findings();
        StructureCheck.Run(plan, kindsByScope, findings);
        if (findings.IsEmpty)
        {
            // The other checks follow dependencies and look up kinds: they need a plan that is well formed.
            var facts = new PlanFacts(plan, kindsByScope);
            CoverageCheck.Run(facts, findings);
            LivingCheck.Run(facts, findings);
            ReferenceCheck.Run(facts, findings);
            RemovalCheck.Run(facts, findings);
            NumberCheck.Run(facts, findings);
            WaitCheck.Run(facts, findings);
        }

        return findings.ToDiagnostics();
    }
}
