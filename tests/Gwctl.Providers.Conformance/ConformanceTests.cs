using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Conformance.Scenarios;
using Gwctl.Testing.Clouds;
using Gwctl.Trials;

namespace Gwctl.Providers.Conformance;

/// <summary>What every provider must do, for each scenario of the one list. Each test starts with what other people
/// have and ends with nothing else.</summary>
/// <remarks>Runs on the sandbox, or at <c>GWCTL_TEST_AWS_ENDPOINT</c>, <c>GWCTL_TEST_GCP_ENDPOINT</c> and so on: a URL,
/// or the provider's name for the real cloud. <c>GWCTL_TEST_AWS_ZONE</c> names a DNS zone there that may be written
/// to. <c>GWCTL_TEST_PROVIDERS</c> lists the only ones to run.</remarks>
public sealed class ConformanceTests
{
    public const string Owner = "gwctl-conformance";
    public const string Zone = "conformance.example.com";

    public static MatrixTheoryData<string, string> All => new(ProvidersUnderTest.Names, ScenarioList.Names);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each stage is reached by one apply, the next plan is empty whichever way it looks, requests fare as
    /// they should, and in the end nothing of ours is left, and all that was there before.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_made_stays_serves_and_goes(string provider, string scenario)
    {
        await using var run = await StartAsync(provider, scenario, withTraffic: true);
        foreach (var stage in run.Stages)
        {
            run.Harness.Want(stage.Specs);
            await run.Harness.ApplyAsync();
            await run.Harness.AssertNoChangesAsync();
            await run.Harness.AssertNoChangesAsync(ReadDepth.Shallow);
            await run.AssertTrafficAsync(stage);
            await run.AssertForeignAsync();
        }

        await run.DestroyAsync();
    }

    /// <summary>What somebody changes by hand is in the next plan, and gone after the next apply.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Changes_by_hand_are_found_and_repaired(string provider, string scenario)
    {
        await using var run = await StartAsync(provider, scenario);
        if (run.Stages is [.., var stage])
        {
            run.Harness.Want(stage.Specs);
            await run.Harness.ApplyAsync();
            var made = 0;
            foreach (var change in run.Cloud.Provider.HandChanges)
            {
                if (await change.TryAsync(run.Cloud.Place, Token))
                {
                    made++;
                    Assert.True((await run.Harness.PlanAsync()).HasChanges, $"not found: {change.What}");
                    await run.Harness.ApplyAsync();
                    await run.Harness.AssertNoChangesAsync();
                    await run.AssertForeignAsync();
                }
            }

            Assert.True(made > 0, "nothing could be changed by hand");
        }

        await run.DestroyAsync();
    }

    /// <summary>A plan is for the world that it was made in: where what it touches has been changed since, it is
    /// refused as a whole (exit 4), and where that happens too late to be seen beforehand, its steps fail without an
    /// effect.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task A_saved_plan_that_the_world_has_overtaken_is_refused(string provider, string scenario)
    {
        await using var run = await StartAsync(provider, scenario);
        if (run.Stages is [.., var stage])
        {
            run.Harness.Want(stage.Specs);
            await run.Harness.ApplyAsync();
            var end = Saved(await run.Harness.PlanAsync(PlanPurpose.Destroy));
            Assert.Empty(await run.NewHarness().CheckStalenessAsync(end));
            var noticed = 0;
            foreach (var change in run.Cloud.Provider.HandChanges)
            {
                if (!await change.TryAsync(run.Cloud.Place, Token))
                {
                    continue;
                }

                noticed += (await run.NewHarness().CheckStalenessAsync(end)).Count > 0 ? 1 : 0;
                var repair = Saved(await run.Harness.PlanAsync());
                Assert.Empty(await run.NewHarness().CheckStalenessAsync(repair));

                // Somebody else repairs it first.
                await run.Harness.ApplyAsync();
                Assert.True(
                    (await run.NewHarness().CheckStalenessAsync(repair)).Count > 0, $"not noticed: {change.What}");
                var before = run.Cloud.Controls?.Snapshot();
                await run.Harness.TryApplyAsync(repair);
                Assert.Equal(before, run.Cloud.Controls?.Snapshot());
            }

            Assert.True(noticed > 0, "no change by hand makes a plan stale that deletes everything");
        }

        await run.DestroyAsync();
    }

    /// <summary>The process dies with one of the last stage's writing calls, whichever: the next run finishes, with
    /// nothing double and nothing left over.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task A_run_that_is_killed_at_any_call_is_finished_by_the_next(string provider, string scenario)
    {
        await using var run = await StartAsync(provider, scenario);
        Assert.SkipWhen(run.Cloud.Controls is null, "at an endpoint nobody can take a call's answer away");
        if (run.Stages is not [.., var last] || run.Cloud.Controls is not { } controls)
        {
            return;
        }

        var calls = long.MaxValue;
        for (var kill = 0; kill <= calls; kill++)
        {
            if (run.Stages is [.., var previous, _])
            {
                run.Harness.Want(previous.Specs);
                await run.Harness.ApplyAsync();
            }

            run.Harness.Want(last.Specs);
            var plan = await run.Harness.PlanAsync();
            var started = controls.Writes();
            controls.Faults.Plan = kill is 0 ? null : Death.AtWrite(started + kill);
            await run.Harness.TryApplyAsync(plan);
            controls.Faults.Plan = null;
            calls = kill is 0 ? controls.Writes() - started : calls;

            var next = run.NewHarness();
            next.Want(last.Specs);
            await next.ApplyAsync();
            await next.AssertNoChangesAsync();
            await run.DestroyAsync();
        }

        Assert.True(calls > 0, "the last stage writes nothing");
    }

    /// <summary>All requests that tell the rules of a scenario apart, asked of the specification and of a throw-away
    /// cloud: no difference that projection has not announced.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task The_cloud_does_what_the_specification_says(string provider, string scenario)
    {
        await using var run = await StartAsync(provider, scenario);
        Assert.SkipUnless(run.Cloud.Place.IsSandbox, "all requests are asked of throw-away sandboxes only");
        foreach (var stage in run.Stages)
        {
            run.Harness.Want(stage.Specs);
            var started = await TrialCloud.StartAsync(
                run.Harness.Routing(),
                (config, endpoint) => run.Cloud.Provider.Create(config, run.Cloud.Place with { Endpoint = endpoint }),
                TimeProvider.System,
                Token);
            Assert.True(started.Value is not null, string.Join("\n", started.Diagnostics));
            await using var trial = started.Value;
            var report = await RoutingVerification.RunAsync(trial, asked: null, Token);
            Assert.True(report.Requests + report.Connections > 0, "nothing was asked");
            Assert.Empty(report.Unannounced);
        }
    }

    private static async Task<ScenarioRun> StartAsync(string provider, string scenario, bool withTraffic = false)
    {
        var cloud = await CloudUnderTest.StartAsync(
            ProvidersUnderTest.Of(provider), Owner, Zone, withTraffic ? Traffic.Options : null, Token);
        return await ScenarioRun.StartAsync(cloud, scenario);
    }

    private static Plan Saved(Plan plan) =>
        PlanFile.Read(PlanFile.Write(plan)).Value ?? throw new InvalidOperationException("the plan cannot be read");
}
