using Gwctl.Conformance.Tests.Judging;
using Gwctl.Conformance.Tests.Reading;

[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Gwctl.Conformance.Tests;

/// <summary>Every file of a folder of behaviours, by our own reading of the Gateway API and in the embedded cloud. A
/// class for each folder, so that folders run side by side.</summary>
public abstract class BehaviourTests(string kind)
{
    protected async Task HoldsAsync(string name)
    {
        var behaviour = BehaviourFiles.Read(kind, name);
        var side = SpecificationSide.Of(behaviour);
        var bySpec = await SpecificationJudge.JudgeAsync(behaviour, side, TestContext.Current.CancellationToken);
        var byCloud = await CloudJudge.JudgeAsync(behaviour, side, TestContext.Current.CancellationToken);
        var problems = Unknown(behaviour, JudgedSide.Specification, bySpec)
            .Concat(Unknown(behaviour, JudgedSide.Aws, byCloud))
            .Select(problem => $"- {problem}")
            .ToList();
        Assert.True(
            problems.Count is 0, $"{behaviour}: {behaviour.Sentence}\n{string.Join('\n', problems)}");
    }

    /// <summary>A known gap that has gone must leave the file too.</summary>
    private static List<string> Unknown(Behaviour behaviour, JudgedSide side, List<string> problems) =>
        !behaviour.HasGap(side) ? problems
        : problems.Count is 0 ? [$"The gap at {side} has gone."]
        : [];
}
