using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: an apply that is killed after any of its calls is finished by the next one, with nothing double and
/// nothing left over.</summary>
public sealed class CrashTests
{
    private const int FirstCallsOfEveryRun = 1;

    [Fact]
    public async Task An_apply_killed_after_any_call_is_finished_by_the_next()
    {
        var (calls, expected) = await CountAsync();
        Assert.True(calls > 20, $"only {calls} mutating calls");
        await Parallel.ForEachAsync(
            Enumerable.Range(FirstCallsOfEveryRun, calls),
            AFewAtOnce(),
            async (kill, _) => await KillAndFinishAsync(kill, expected));
    }

    [Fact]
    public async Task A_destroy_killed_after_any_call_is_finished_by_the_next()
    {
        await using var whole = await Bench.StartAsync();
        var empty = Objects(whole);
        whole.Want(Shop.Https());
        await whole.ApplyAsync();
        var before = whole.Cloud.Aws.MutatingCalls;
        await whole.ApplyAsync(await whole.PlanAsync(purpose: PlanPurpose.Destroy));
        var calls = (int)(whole.Cloud.Aws.MutatingCalls - before);
        await Parallel.ForEachAsync(
            Enumerable.Range(FirstCallsOfEveryRun, calls),
            AFewAtOnce(),
            async (kill, _) =>
            {
                await using var bench = await Bench.StartAsync();
                bench.Want(Shop.Https());
                await bench.ApplyAsync();
                await KillAsync(bench, await bench.PlanAsync(purpose: PlanPurpose.Destroy), kill);
                await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));
                Assert.Equal(empty, Objects(bench));
            });
    }

    /// <summary>What gwctl wrote and the specs drop is known for gwctl's until it is gone.</summary>
    [Fact]
    public async Task A_drop_killed_after_any_call_is_finished_by_the_next()
    {
        await using var whole = await BothAsync();
        var before = whole.Cloud.Aws.MutatingCalls;
        await whole.ApplyAsync(await DropAsync(whole));
        Assert.DoesNotContain("\"team\"", Objects(whole), StringComparison.Ordinal);
        var calls = (int)(whole.Cloud.Aws.MutatingCalls - before);
        await Parallel.ForEachAsync(
            Enumerable.Range(FirstCallsOfEveryRun, calls),
            AFewAtOnce(),
            async (kill, _) =>
            {
                await using var bench = await BothAsync();
                await KillAsync(bench, await DropAsync(bench), kill);
                await bench.ApplyAsync();
                await bench.AssertNoChangesAsync();
                Assert.DoesNotContain("\"team\"", Objects(bench), StringComparison.Ordinal);
                Assert.DoesNotContain(
                    "\"idle_timeout.timeout_seconds\":\"61\"", Objects(bench), StringComparison.Ordinal);
            });

        static async Task<Bench> BothAsync()
        {
            var bench = await Bench.StartAsync();
            bench.Want(Shop.Https().Replace("{team: shop}", "{team: shop, cost: a1}", StringComparison.Ordinal));
            await bench.ApplyAsync();
            return bench;
        }

        static Task<Plan> DropAsync(Bench bench)
        {
            bench.Configure(Bench.DefaultConfig.Replace(
                "idle_timeout.timeout_seconds: \"61\"", "", StringComparison.Ordinal));
            bench.Want(Shop.Https().Replace("{team: shop}", "{cost: a1}", StringComparison.Ordinal));
            return bench.PlanAsync();
        }
    }

    /// <summary>The answer of every second writing call is lost after it took effect.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Lost_answers_double_nothing(int which)
    {
        var (_, expected) = await CountAsync();
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());

        // In turn: among concurrent calls one and the same could lose every answer, until nobody asks again.
        bench.Parallelism = 1;
        bench.Cloud.Aws.Faults.Plan = call =>
            call.Mutating && call.MutatingNumber % 2 == which ? new Fault.LoseResponse() : null;
        await bench.ApplyAsync();
        bench.Cloud.Aws.Faults.Plan = null;

        await bench.AssertNoChangesAsync();
        Assert.Equal(expected, Kinds(await bench.ReadAsync()));
    }

    /// <summary>The tagging API knows nothing of what was made: nothing is made again, and all of it can be
    /// destroyed.</summary>
    [Fact]
    public async Task A_tag_index_that_lags_hides_nothing()
    {
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            HostedZones = ["example.com"],
            Delays = AwsDelays.None with { TagIndexWritesBehind = 10_000 },
        });
        var empty = Objects(bench);
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        bench.Restart();
        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));

        Assert.Equal(empty, Objects(bench));
    }

    /// <summary>What the tagging API still shows of a state before the last one is not taken for the present.</summary>
    [Fact]
    public async Task A_change_and_back_again_within_the_lag_is_seen()
    {
        await using var bench = await Bench.StartAsync(new AwsOptions
        {
            HostedZones = ["example.com"],
            Delays = AwsDelays.None with { TagIndexWritesBehind = 8 },
        });
        bench.Want(Shop.Http(target: "172.31.1.20"));
        await bench.ApplyAsync();
        bench.Want(Shop.Http(target: "172.31.1.21"));
        await bench.ApplyAsync(await bench.PlanAsync(ReadDepth.Shallow));
        bench.Want(Shop.Http(target: "172.31.1.20"));
        await bench.ApplyAsync(await bench.PlanAsync(ReadDepth.Shallow));

        await bench.AssertNoChangesAsync();
    }

    [Fact]
    public async Task Throttles_and_failures_by_chance_only_delay()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        bench.Cloud.Aws.Faults.Plan = FaultInjector.AtRandom(seed: 7, rate: 0.2);
        for (var run = 0; run < 20; run++)
        {
            var planned = await bench.Session.PlanAsync(bench.Request(), TestContext.Current.CancellationToken);
            if (planned is { Succeeded: true }
                && (await bench.TryApplyAsync(planned.Value)).OfType<ApplyEvent.Finished>()
                .Single().Summary is { Failed: 0, Skipped: 0 } && run > 3)
            {
                break;
            }
        }

        bench.Cloud.Aws.Faults.Plan = null;
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        var (_, expected) = await CountAsync();
        Assert.Equal(expected, Kinds(await bench.ReadAsync()));
    }

    private static ParallelOptions AFewAtOnce() => new()
    {
        MaxDegreeOfParallelism = 4,
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private static async Task<(int Calls, string Expected)> CountAsync()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await bench.ApplyAsync();
        return ((int)bench.Cloud.Aws.MutatingCalls, Kinds(await bench.ReadAsync()));
    }

    private static async Task KillAndFinishAsync(int kill, string expected)
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Https());
        await KillAsync(bench, await bench.PlanAsync(), kill);
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        Assert.Equal(expected, Kinds(await bench.ReadAsync()));
    }

    /// <summary>The process dies with its <paramref name="kill"/>th writing call: nobody hears the answer, and
    /// nothing follows.</summary>
    private static async Task KillAsync(Bench bench, Plan plan, int kill)
    {
        var last = bench.Cloud.Aws.MutatingCalls + kill;
        var isDead = false;
        bench.Cloud.Aws.Faults.Plan = call =>
        {
            if (isDead || call.MutatingNumber > last)
            {
                return new Fault.Fail("AccessDenied", "dead", 403);
            }

            isDead = call.MutatingNumber == last;
            return isDead ? new Fault.LoseResponse() : null;
        };
        await bench.TryApplyAsync(plan);
        bench.Cloud.Aws.Faults.Plan = null;
        bench.Restart();
    }

    private static string Kinds(LiveState live) =>
        string.Join("\n", live.Resources.Select(resource => resource.Address));

    /// <summary>The account's objects. Route 53 remembers every change batch: that is no object.</summary>
    private static string Objects(Bench bench) => string.Join("\n", bench.Cloud.Aws.Snapshot().Split('\n')
        .Where(line => !line.Contains("/change ", StringComparison.Ordinal)));
}
