using System.Collections.Concurrent;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

public sealed class ExecutorTests
{
    [Fact]
    public async Task A_failure_stops_only_what_depends_on_it()
    {
        var harness = new Harness();
        var plan = PlanOf(Create(0), Create(1, 0), Create(2, 1), Create(3), Create(4, 3));
        var events = await harness.EventsAsync(
            plan, harness.Provider(new FakeFaults { FailOnCall = 1 }), parallelism: 1);
        Assert.Equal([0], events.OfType<ApplyEvent.StepFailed>().Select(happened => happened.Step.Id));
        Assert.Equal([1, 2], events.OfType<ApplyEvent.StepSkipped>().Select(happened => happened.Step.Id));
        Assert.Equal([3, 4], events.OfType<ApplyEvent.StepSucceeded>().Select(happened => happened.Step.Id));
        Assert.Equal(new ApplySummary(2, 1, 2, Interrupted: false, Stale: false), Summary(events));
    }

    [Fact]
    public async Task The_longest_remaining_chain_goes_first()
    {
        var harness = new Harness();
        var plan = PlanOf(Create(0), Create(1), Create(2, 1), Create(3, 2));
        var events = await harness.EventsAsync(plan, parallelism: 1);
        Assert.Equal([1, 2, 0, 3], events.OfType<ApplyEvent.StepStarted>().Select(happened => happened.Step.Id));
    }

    [Fact]
    public async Task Calls_are_limited_and_waits_are_not()
    {
        var harness = new Harness();
        var provider = harness.Provider();
        var (inCall, most, waiting) = (0, 0, 0);
        var allWait = new TaskCompletionSource();
        provider.During = async (call, _) =>
        {
            if (StepAction.AwaitDrained == call.Step.Action)
            {
                if (Interlocked.Increment(ref waiting) is 10)
                {
                    allWait.SetResult();
                }

                await allWait.Task;
                return;
            }

            InterlockedMax(ref most, Interlocked.Increment(ref inCall));
            await Task.Yield();
            Interlocked.Decrement(ref inCall);
        };
        var waits = Enumerable.Range(0, 10).Select(id => Wait(id));
        var calls = Enumerable.Range(10, 50).Select(id => Create(id));
        var summary = await harness.ApplyAsync(PlanOf([.. waits, .. calls]), provider, parallelism: 4);
        Assert.Equal(60, summary.Succeeded);
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task The_first_interrupt_finishes_calls_gives_up_waits_and_starts_nothing()
    {
        var harness = new Harness();
        var provider = harness.Provider();
        using var stop = new CancellationTokenSource();
        provider.During = async (call, token) =>
        {
            if (call.Step.Id is 0)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            await stop.CancelAsync();
            Assert.False(token.IsCancellationRequested);
        };
        var events = await harness.EventsAsync(PlanOf(Wait(0), Create(1), Create(2, 1)), provider, 1, stop);
        Assert.Equal([1], events.OfType<ApplyEvent.StepSucceeded>().Select(happened => happened.Step.Id));
        Assert.Equal([0, 2], events.OfType<ApplyEvent.StepSkipped>().Select(happened => happened.Step.Id).Order());
        Assert.Equal(new ApplySummary(1, 0, 2, Interrupted: true, Stale: false), Summary(events));
    }

    [Fact]
    public async Task The_second_interrupt_breaks_off_calls_and_says_that_their_outcome_is_unknown()
    {
        var harness = new Harness();
        var provider = harness.Provider();
        using var kill = new CancellationTokenSource();
        provider.During = async (_, token) =>
        {
            await kill.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        };
        var events = await harness.EventsAsync(PlanOf(Create(0)), provider, kill: kill);
        Assert.Equal("GW6004", Assert.Single(events.OfType<ApplyEvent.StepFailed>()).Diagnostic.Code);
        Assert.True(Summary(events).Interrupted);
    }

    [Fact]
    public async Task A_lost_answer_says_to_run_again()
    {
        var harness = new Harness();
        var events = await harness.EventsAsync(
            PlanOf(Create(0)), harness.Provider(new FakeFaults { LoseAnswerOnCall = 1 }));
        var failed = Assert.Single(events.OfType<ApplyEvent.StepFailed>());
        Assert.Contains("again", failed.Diagnostic.Help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_object_is_told_from_a_failure()
    {
        var harness = new Harness();
        var item = harness.Cloud.Create(AddressOf(0), "us", AttributeMap.Empty);
        harness.Cloud.Tamper(item.Id, "size", FakeGraphs.Number(2));
        var step = new Step
        {
            Id = 0,
            Action = StepAction.Delete,
            Address = AddressOf(0),
            LiveId =
            item.Id,
            Fingerprint = "v1"
        };
        var events = await harness.EventsAsync(PlanOf(step));
        Assert.True(Assert.Single(events.OfType<ApplyEvent.StepFailed>()).Stale);
        Assert.True(Summary(events).Stale);
    }

    [Fact]
    public async Task Long_steps_say_so_with_the_last_text_that_they_gave()
    {
        var harness = new Harness();
        var provider = harness.Provider();
        var clock = new ManualClock(Harness.Now);
        var release = new TaskCompletionSource();
        provider.During = async (call, _) =>
        {
            call.Progress("2 of 3 ready");
            await release.Task;
        };
        var executor = new Executor(new ExecutorOptions { Clock = clock });
        var providers = new Dictionary<string, IProvider> { ["default"] = provider };
        var texts = new List<string>();
        await foreach (var happened in executor.ApplyAsync(
            PlanOf(Wait(0)), providers, _ => null, CancellationToken.None, TestContext.Current.CancellationToken))
        {
            if (happened is ApplyEvent.StepProgress progress)
            {
                texts.Add($"{progress.Text} {progress.Elapsed.TotalSeconds}");
                clock.Advance(TimeSpan.FromSeconds(10));
            }

            if (texts.Count is 3)
            {
                release.TrySetResult();
            }
        }

        Assert.Equal(["2 of 3 ready 0", "2 of 3 ready 10", "2 of 3 ready 20"], texts.Take(3));
    }

    [Theory]
    [InlineData("the secret", null)]
    [InlineData("another", "GW6003")]
    [InlineData(null, "GW6002")]
    public async Task Secrets_are_given_only_if_they_are_the_planned_ones(string? found, string? code)
    {
        var harness = new Harness();
        var provider = harness.Provider();
        var revealed = new ConcurrentBag<string>();
        var secret = new AttributeValue.Secret("Secret/shop/tls#key", new SecretText("the secret").Digest());
        provider.During = (call, _) =>
        {
            revealed.Add(call.Reveal(secret).Reveal());
            return Task.CompletedTask;
        };
        var step = Create(0) with { After = new AttributeMap([new AttributeField("key", secret)]) };
        var executor = new Executor(new ExecutorOptions { Clock = TimeProvider.System });
        var failed = new List<string>();
        await foreach (var happened in executor.ApplyAsync(
            PlanOf(step), new Dictionary<string, IProvider> { ["default"] = provider },
            _ => found is null ? null
                : new SecretText(found), CancellationToken.None, TestContext.Current.CancellationToken))
        {
            if (happened is ApplyEvent.StepFailed failure)
            {
                failed.Add(failure.Diagnostic.Code);
            }
        }

        Assert.Equal(code is null ? [] : [code], failed);
        Assert.Equal(code is null ? ["the secret"] : [], revealed);
    }

    [Fact]
    public async Task Outputs_flow_from_what_lives_and_from_what_was_just_made()
    {
        var harness = new Harness();
        var provider = harness.Provider();
        var seen = new List<AttributeMap?>();
        provider.During = (call, _) =>
        {
            seen.Add(call.After);
            return Task.CompletedTask;
        };
        var known = new KnownObject(
            AddressOf(9), "n9", new AttributeMap([new AttributeField("arn", FakeGraphs.Text("arn:9"))]));
        var uses = Create(1, 0) with
        {
            After = new AttributeMap(
            [
                new AttributeField("made", new AttributeValue.Reference(AddressOf(0), "id")),
                new AttributeField("there", new AttributeValue.Reference(AddressOf(9), "arn")),
            ]),
        };
        var summary = await harness.ApplyAsync(PlanOf(Create(0), uses) with { Known = [known] }, provider);
        Assert.Equal(2, summary.Succeeded);
        Assert.Equal(FakeGraphs.Text(harness.Cloud.Objects[0].Id), seen[1]?["made"]);
        Assert.Equal(FakeGraphs.Text("arn:9"), seen[1]?["there"]);
    }

    [Fact]
    public async Task A_bug_in_a_provider_is_thrown_after_the_calls_in_flight_have_ended()
    {
        var harness = new Harness();
        var provider = harness.Provider();
        provider.During = (call, _) => call.Step.Id is 0 ? throw new FormatException("bug") : Task.CompletedTask;
        await Assert.ThrowsAsync<FormatException>(
            () => harness.EventsAsync(PlanOf(Create(0), Create(1), Create(2, 1)), provider, 1));
    }

    [Fact]
    public async Task Without_its_provider_a_step_fails() =>
        Assert.Equal("GW6005", Assert.Single((await new Harness().EventsAsync(PlanOf(
            Create(0) with { Address = AddressOf(0) with { Scope = "other" } }))).OfType<ApplyEvent.StepFailed>(
                )).Diagnostic.Code);

    private static ApplySummary Summary(List<ApplyEvent> events) =>
        Assert.IsType<ApplyEvent.Finished>(events[^1]).Summary;

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static ResourceAddress AddressOf(int id) =>
        new("default", FakeKinds.Net, new ObjectName("shop", "web"), $"n{id}");

    private static Step Create(int id, params int[] after) => new()
    {
        Id = id,
        Action = StepAction.Create,
        Address = AddressOf(id),
        After = AttributeMap.Empty,
        DependsOn =
            [.. after],
    };

    private static Step Wait(int id) => new()
    {
        Id = id,
        Action = StepAction.AwaitDrained,
        Address = AddressOf(id),
        LiveId = $"live-{id}",
    };

    private static Plan PlanOf(params Step[] steps) => new()
    {
        FormatVersion = Plan.CurrentFormatVersion,
        ToolVersion = "1",
        Purpose = PlanPurpose.Apply,
        Scopes = [],
        Configs = [],
        InputDigest = "",
        CreatedAt = Harness.Now,
        ExpiresAt = Harness.Now,
        Changes = [],
        Unchanged = 0,
        Steps = [.. steps],
        Known = [],
        Traffic = new TrafficDiff([], 0),
        Diagnostics = [],
    };
}
