using Gwctl.Core;
using Gwctl.Engine.Planning.Checks;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>A second opinion on a plan, from what a safe plan must satisfy; it shares no reasoning with the planner,
/// and trusts nothing that the plan says of itself.</summary>
public static class PlanChecker
{
    private static readonly Action<PlanFacts, Findings>[] s_checks =
    [
        CoverageCheck.Run,
        LivingCheck.Run,
        ReferenceCheck.Run,
        RemovalCheck.Run,
        NumberCheck.Run,
        TakeoverCheck.Run,
        WaitCheck.Run,
    ];

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
            // They are apart from each other too; in what order they end does not show.
            var found = new Findings[s_checks.Length];
            Parallel.For(0, s_checks.Length, index => s_checks[index](facts.Fork(), found[index] = new Findings()));
            Array.ForEach(found, findings.AddAll);
        }

        return findings.ToDiagnostics();
    }
}
