using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

/// <summary>Goal: whatever graph follows whatever graph, and wherever a run breaks off, apply ends with nothing left to
/// change, no object twice, nothing foreign touched, and no request sent to what is not ready.</summary>
public sealed class SimulationTests
{
    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("GWCTL_SIMULATIONS"), out var rounds) ? rounds : 150;

    [Fact]
    public async Task From_any_graph_to_any_other_and_back()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var (harness, first, second) =
                (new Harness(), FakeGraphs.Random(seed), FakeGraphs.Random(seed + 1_000_000));
            var foreign = harness.Cloud.Create(
                new ResourceAddress("default", FakeKinds.Net, new Core.ObjectName("else", "where"), "x"), "them",
                    AttributeMap.Empty);
            await harness.ConvergeAsync(first, $"seed {seed}, first");
            await harness.ConvergeAsync(second, $"seed {seed}, second");
            await harness.ConvergeAsync(first, $"seed {seed}, first again");
            Assert.Contains(foreign, harness.Cloud.Objects);
            Assert.True(harness.Cloud.Breaches.Count is 0, $"seed {seed}: {string.Join('\n', harness.Cloud.Breaches)}");
        }
    }

    [Fact]
    public async Task Destroying_leaves_only_what_is_foreign()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var harness = new Harness();
            await harness.ConvergeAsync(FakeGraphs.Random(seed), $"seed {seed}");
            var plan = await harness.PlanAsync(ResourceGraph.Empty, PlanPurpose.Destroy);
            Harness.AssertSafe(plan, $"seed {seed}");
            var summary = await harness.ApplyAsync(plan);
            Assert.True(summary is { Failed: 0, Skipped: 0 }, $"seed {seed}: {summary}");
            Assert.Empty(harness.Cloud.Objects);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_killed_after_any_call_is_finished_by_the_next(int seed)
    {
        var (first, second) = (FakeGraphs.Random(seed), FakeGraphs.Random(seed + 500));
        for (var call = 1; ; call++)
        {
            var harness = new Harness();
            await harness.ConvergeAsync(first, $"seed {seed}");
            using var kill = new CancellationTokenSource();
            var provider = harness.Provider(new FakeFaults { KillOnCall = call, OnKill = kill.Cancel });
            await harness.EventsAsync(await harness.PlanAsync(second), provider, parallelism: 3, kill: kill);
            if (!kill.IsCancellationRequested)
            {
                Assert.True(call > 10, $"only {call} calls");
                break;
            }

            await harness.ConvergeAsync(second, $"seed {seed}, killed after call {call}");
            Assert.True(harness.Cloud.Breaches.Count is 0, $"call {call}: {string.Join('\n', harness.Cloud.Breaches)}");
        }
    }

    [Fact]
    public async Task Refused_calls_and_lost_answers_are_made_good_by_the_next_run()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var (harness, random) = (new Harness(), new Random(seed));
            var faults = random.Next(2) is 0
                ? new FakeFaults { FailOnCall = random.Next(1, 20) }
                : new FakeFaults { LoseAnswerOnCall = random.Next(1, 20) };
            await harness.ApplyAsync(await harness.PlanAsync(FakeGraphs.Random(seed)), harness.Provider(faults));
            await harness.ConvergeAsync(FakeGraphs.Random(seed), $"seed {seed}");
        }
    }

    [Fact]
    public async Task Equal_inputs_make_equal_plans_in_any_order_of_changes()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var harness = new Harness();
            await harness.ConvergeAsync(FakeGraphs.Random(seed), $"seed {seed}");
            var desired = FakeGraphs.Random(seed + 77);
            var shuffled = ResourceGraph.From(
                desired.Nodes.OrderBy(node => new Random(seed + node.Address.Key.Length).Next()));
            Assert.Equal(PlanFile.Write(await harness.PlanAsync(desired)),
                PlanFile.Write(await harness.PlanAsync(shuffled)));
        }
    }
}
