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
        var problems = await SpecificationJudge.JudgeAsync(behaviour, side, TestContext.Current.CancellationToken);
        problems.AddRange(await CloudJudge.JudgeAsync(behaviour, side, TestContext.Current.CancellationToken));
        Assert.True(
            problems.Count is 0, $"{behaviour}: {behaviour.Sentence}\n{string.Join('\n', problems.Select(p => $"- {p}"))}");
    }
}
