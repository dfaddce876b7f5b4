using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>Whatever a step refers to is known when it starts.</summary>
internal static class ReferenceCheck
{
    public static void Run(PlanFacts facts, Findings findings)
    {
        foreach (var step in facts.Plan.Steps)
        {
            foreach (var reference in step.After is null ? [] : AttributeWalk.References(step.After))
            {
                Known(facts, step, reference, findings);
            }
        }

        foreach (var known in facts.Plan.Known)
        {
            findings.Require(
                !facts.Creates[known.Address].Any(), $"{known.Address} is said to live, and is to be created.");
            findings.Require(
                !facts.Deletes[(known.Address.Scope, known.Id)].Any(),
                    $"{known.Address} is referred to, and is deleted.");
        }
    }

    private static void Known(PlanFacts facts, Step step, AttributeValue.Reference reference, Findings findings)
    {
        var source = reference.Source;
        if (facts.Creates[source].FirstOrDefault() is not { } create)
        {
            findings.Require(
                facts.Known[source].Any(known => known.Outputs[reference.Output] is not null),
                $"Step {step.Id} ({step.Address}) needs the {reference.Output} of {source}, which nobody knows.");
            return;
        }

        findings.Require(
            facts.IsBefore(create, step),
            $"Step {step.Id} ({step.Address}) needs {source}, which may not be there yet.");
        if (facts.KindOf(source).ReadyBeforeUse)
        {
            findings.Require(
                facts.Readies[source].Any(ready => facts.IsBefore(ready, step)),
                $"Step {step.Id} ({step.Address}) needs {source}, which may not be ready yet.");
        }
    }
}
