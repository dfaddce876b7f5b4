using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

/// <summary>Goal: large plans grow in proportion. Counted, not timed: the benchmarks tell times.</summary>
public sealed class ScaleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Dependencies_grow_with_the_objects(int gateways)
    {
        var small = await new Harness().PlanAsync(FakeGraphs.Large(200, gateways: gateways));
        var large = await new Harness().PlanAsync(FakeGraphs.Large(2_000, gateways: gateways));
        Assert.True(Dependencies(large) < 12 * Dependencies(small), $"{Dependencies(small)} and {Dependencies(large)}");
        Assert.True(Dependencies(large) < 8 * large.Steps.Count,
            $"{Dependencies(large)} for {large.Steps.Count} steps");
    }

    [Fact]
    public async Task Ten_thousand_objects_are_made_and_made_again_of_nothing_and_destroyed()
    {
        var (harness, desired) = (new Harness(), FakeGraphs.Large(3_333));
        var plan = await harness.PlanAsync(desired);
        Harness.AssertSafe(plan, "large");
        Assert.Equal(0, (await harness.ApplyAsync(plan, parallelism: 16)).Failed);
        Assert.Equal(desired.Nodes.Count, harness.Cloud.Objects.Count);
        Assert.Empty((await harness.PlanAsync(desired)).Steps);
        var destroy = await harness.PlanAsync(ResourceGraph.Empty, PlanPurpose.Destroy);
        Harness.AssertSafe(destroy, "destroy");
        Assert.Equal(0, (await harness.ApplyAsync(destroy, parallelism: 16)).Failed);
        Assert.Empty(harness.Cloud.Objects);
    }

    [Fact]
    public void Numbering_fifty_thousand_is_no_matter()
    {
        var live = Enumerable.Range(1, 49_000).Select(rank => (int?)rank).Prepend(null).ToList();
        var assigned = Ranks.Assign(live, [], 1, 50_000);
        Assert.Equal(49_001, assigned.Distinct().Count());
    }

    private static int Dependencies(Plan plan) => plan.Steps.Sum(step => step.DependsOn.Count);
}
