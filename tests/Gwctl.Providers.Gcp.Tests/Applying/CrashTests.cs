using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: an apply that is killed after any of its calls is finished by the next one, with nothing double and
/// nothing left over.</summary>
public sealed class CrashTests
{
    private static readonly Shop Everything = new() { WithCertificateMap = true };

    [Fact]
    public async Task An_apply_killed_after_any_call_is_finished_by_the_next()
    {
        var (calls, expected) = await CountAsync(Everything);
        Assert.True(calls > 20, $"only {calls} mutating calls");
        await Parallel.ForEachAsync(Enumerable.Range(1, calls), AFewAtOnce(), async (kill, _) =>
        {
            await using var bench = await GraphBench.StartAsync();
            bench.Desired = Everything.Graph();
            await KillAsync(bench, await bench.PlanAsync(), kill);
            await bench.ApplyAsync();
            await bench.AssertNoChangesAsync();
            Assert.Equal(expected, Addresses(await bench.ReadAsync()));
        });
    }

    [Fact]
    public async Task A_change_killed_after_any_call_is_finished_by_the_next()
    {
        var changed = new Shop
        {
            Targets = ["10.0.0.12"],
            CanaryWeight = 30,
            HealthSeconds = 30,
            Ttl = 30,
            Labels = [new("tier", "front")],
        };
        var (_, expected) = await CountAsync(changed);
        var calls = 0;
        await using (var whole = await GraphBench.StartAsync())
        {
            whole.Desired = Everything.Graph();
            await whole.ApplyAsync();
            var before = whole.Cloud.Gcp.MutatingCalls;
            whole.Desired = changed.Graph();
            await whole.ApplyAsync();
            calls = (int)(whole.Cloud.Gcp.MutatingCalls - before);
        }

        await Parallel.ForEachAsync(Enumerable.Range(1, calls), AFewAtOnce(), async (kill, _) =>
        {
            await using var bench = await GraphBench.StartAsync();
            bench.Desired = Everything.Graph();
            await bench.ApplyAsync();
            bench.Desired = changed.Graph();
            await KillAsync(bench, await bench.PlanAsync(), kill);
            await bench.ApplyAsync();
            await bench.AssertNoChangesAsync();
            Assert.Equal(expected, Addresses(await bench.ReadAsync()));
        });
    }

    [Fact]
    public async Task A_destroy_killed_after_any_call_is_finished_by_the_next()
    {
        var calls = 0;
        await using (var whole = await GraphBench.StartAsync())
        {
            whole.Desired = Everything.Graph();
            await whole.ApplyAsync();
            var before = whole.Cloud.Gcp.MutatingCalls;
            await whole.DestroyAsync();
            calls = (int)(whole.Cloud.Gcp.MutatingCalls - before);
        }

        await Parallel.ForEachAsync(Enumerable.Range(1, calls), AFewAtOnce(), async (kill, _) =>
        {
            await using var bench = await GraphBench.StartAsync();
            bench.Desired = Everything.Graph();
            await bench.ApplyAsync();
            await KillAsync(bench, await bench.PlanAsync(PlanPurpose.Destroy), kill);
            await bench.DestroyAsync();
            bench.Desired = ResourceGraph.Empty;
            Assert.Empty((await bench.ReadAsync()).Resources);
        });
    }

    /// <summary>Operations that the killed run started go on, and the next run meets them.</summary>
    [Fact]
    public async Task Operations_that_outlive_their_run_are_waited_for()
    {
        await using var bench = await GraphBench.StartAsync(GraphBench.Quick with
        {
            Delays = GcpDelays.None with { Operation = TimeSpan.FromMilliseconds(150) },
        });
        bench.Desired = Everything.Graph();
        for (var kill = 3; kill < 40; kill += 9)
        {
            var plan = await bench.PlanAsync();
            await KillAsync(bench, plan, kill);
        }

        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
    }

    /// <summary>The answer of every second writing call is lost after it took effect.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Lost_answers_double_nothing(int which)
    {
        var (_, expected) = await CountAsync(Everything);
        await using var bench = await GraphBench.StartAsync();
        bench.Parallelism = 1;
        bench.Desired = Everything.Graph();
        bench.Cloud.Gcp.Faults.Plan = call =>
            call.Mutating && call.MutatingNumber % 2 == which ? new Fault.LoseResponse() : null;
        await bench.ApplyAsync();
        bench.Cloud.Gcp.Faults.Plan = null;

        await bench.AssertNoChangesAsync();
        Assert.Equal(expected, Addresses(await bench.ReadAsync()));
    }

    [Fact]
    public async Task Operations_that_fail_for_a_passing_reason_are_started_again()
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Parallelism = 1;
        bench.Desired = Everything.Graph();
        bench.Cloud.Gcp.Faults.Plan = call => call.Service is "compute" && call.Mutating && call.MutatingNumber % 3 is 0
            ? new Fault.FailOperation("INTERNAL_ERROR", "It did not work out.") : null;
        await bench.ApplyAsync();
        bench.Cloud.Gcp.Faults.Plan = null;

        await bench.AssertNoChangesAsync();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    public async Task Throttles_and_failures_by_chance_only_delay(int seed)
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = Everything.Graph();
        bench.Cloud.Gcp.Faults.Plan = FaultInjector.AtRandom(seed, rate: 0.2);
        for (var run = 0; run < 10; run++)
        {
            var planned = await bench.TryPlanAsync();
            if (planned is { Succeeded: true } && (await bench.TryApplyAsync(planned.Value))
                .OfType<ApplyEvent.Finished>().Single().Summary is { Failed: 0, Skipped: 0 } && run > 2)
            {
                break;
            }
        }

        bench.Cloud.Gcp.Faults.Plan = null;
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var (_, expected) = await CountAsync(Everything);
        Assert.Equal(expected, Addresses(await bench.ReadAsync()));
    }

    private static ParallelOptions AFewAtOnce() => new()
    {
        MaxDegreeOfParallelism = 4,
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private static async Task<(int Calls, string Expected)> CountAsync(Shop shop)
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = shop.Graph();
        await bench.ApplyAsync();
        return ((int)bench.Cloud.Gcp.MutatingCalls, Addresses(await bench.ReadAsync()));
    }

    /// <summary>The process dies with its <paramref name="kill"/>th writing call: nobody hears the answer, and nothing
    /// follows.</summary>
    private static async Task KillAsync(GraphBench bench, Plan plan, int kill)
    {
        var last = bench.Cloud.Gcp.MutatingCalls + kill;
        var isDead = false;
        bench.Cloud.Gcp.Faults.Plan = call =>
        {
            if (isDead || call.MutatingNumber > last)
            {
                return new Fault.Fail("forbidden", "dead", 403);
            }

            isDead = call.MutatingNumber == last;
            return isDead ? new Fault.LoseResponse() : null;
        };
        await bench.TryApplyAsync(plan);
        bench.Cloud.Gcp.Faults.Plan = null;
        bench.Restart();
    }

    private static string Addresses(LiveState live) =>
        string.Join("\n", live.Resources.Select(resource => resource.Address));
}
