using System.Text.Json.Nodes;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Sandbox.Calls;
using static Gwctl.Providers.Gcp.Tests.Applying.SharedName;

namespace Gwctl.Providers.Gcp.Tests.Applying;

// Goal: whoever writes a shared record set at the same time, and whenever a run dies, nobody's item is lost or doubled.
public sealed class DnsWeightRaceTests
{
    [Fact]
    public async Task Owners_that_write_at_once_lose_nothing()
    {
        await using var first = await SpecBench.StartAsync();
        var others = Enumerable.Range(1, 4).Select(number => first.Beside($"owner-{number}")).ToList();
        SpecBench[] all = [first, .. others];
        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(all.Select((bench, number) =>
            {
                Want(bench, Gateway($"web-{number}", (10 * number) + round));
                return bench.ApplyAsync();
            }));
            Assert.Equal(
                Enumerable.Range(0, all.Length).Select(number => $"{(10 * number) + round}").Order(),
                (await WeightsAsync(first, "A")).Order());
            foreach (var bench in all)
            {
                await bench.AssertNoChangesAsync();
            }
        }

        await Task.WhenAll(all.Select(bench =>
        {
            Want(bench, "");
            return bench.ApplyAsync(PlanPurpose.Destroy);
        }));
        Assert.Empty(await SetsAsync(first));
        foreach (var bench in others)
        {
            await bench.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_is_overtaken_by_others_writes_again_and_by_his_own_item_gives_up()
    {
        await using var blue = await SpecBench.StartAsync();
        Want(blue, Gateway("blue", 10));
        await blue.ApplyAsync();
        var others = JsonNode.Parse("""{"weight":5,"rrdatas":["192.0.2.8"]}""");
        Want(blue, Gateway("blue", 20));

        await OvertakenAsync(items => items.Add(others));
        Assert.Equal(["20", "5"], await WeightsAsync(blue, "A"));

        Want(blue, Gateway("blue", 30));
        var failed = await OvertakenAsync(items => items[0]?["weight"] = 7);
        Assert.Equal("GW6250", Assert.Single(failed).Diagnostic.Code);
        Assert.Equal(["7", "5"], await WeightsAsync(blue, "A"));
        await blue.ApplyAsync();
        Assert.Equal(["30", "5"], await WeightsAsync(blue, "A"));

        async Task<List<ApplyEvent.StepFailed>> OvertakenAsync(Action<JsonArray> change)
        {
            var plan = await blue.PlanAsync();
            var isFirst = true;
            blue.Cloud.Gcp.Faults.Plan = call =>
            {
                if (call.Operation is "changes.create" && isFirst)
                {
                    isFirst = false;
                    MeddleAsync(blue, change).GetAwaiter().GetResult();
                }

                return null;
            };
            return [.. (await blue.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>()];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_killed_after_any_call_is_finished_by_the_next(bool besideOthers)
    {
        string[][] stages =
        [
            [Gateway("blue", besideOthers ? 5 : null)],
            [Gateway("blue", 10), Gateway("green", 30)],
            [Gateway("blue", 20), Gateway("green", 40)],
            [Gateway("green", 30)],
            [Gateway("green", besideOthers ? 50 : null)],
            [],
        ];
        var kills = 0;
        for (var kill = 1; kill <= 12; kill++)
        {
            await using var bench = await SpecBench.StartAsync();
            await using var other = bench.Beside("zebra");
            Want(other, besideOthers ? Gateway("other", 55) : "");
            await other.ApplyAsync();
            foreach (var stage in stages)
            {
                Want(bench, stage);
                if (await KillAsync(bench, await bench.PlanAsync(), kill))
                {
                    kills++;
                    await bench.ApplyAsync();
                    await bench.AssertNoChangesAsync();
                }
            }

            await other.AssertNoChangesAsync();
            Assert.Equal(besideOthers ? 2 : 0, (await SetsAsync(bench)).Count);
        }

        Assert.InRange(kills, 30, int.MaxValue);
    }

    /// <summary>The answer of the change is lost, and somebody else writes before anybody reads.</summary>
    [Fact]
    public async Task A_lost_answer_beside_others_doubles_nothing()
    {
        await using var bench = await SpecBench.StartAsync();
        Want(bench, Gateway("blue", 10));
        await bench.ApplyAsync();
        Want(bench, Gateway("blue", 20));
        var plan = await bench.PlanAsync();
        var others = JsonNode.Parse("""{"weight":5,"rrdatas":["192.0.2.8"]}""");
        var calls = 0;
        bench.Cloud.Gcp.Faults.Plan = call =>
        {
            calls += calls > 0 || call.Operation is "changes.create" ? 1 : 0;
            if (calls is 2)
            {
                calls++;
                MeddleAsync(bench, items => items.Add(others)).GetAwaiter().GetResult();
            }

            return calls is 1 ? new Fault.LoseResponse() : null;
        };

        Assert.Empty((await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>());

        bench.Cloud.Gcp.Faults.Plan = null;
        await bench.AssertNoChangesAsync();
        Assert.Equal(["20", "5"], await WeightsAsync(bench, "A"));
    }

    /// <returns>Whether it came to that call.</returns>
    private static async Task<bool> KillAsync(SpecBench bench, Plan plan, int kill)
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
        return isDead;
    }
}
