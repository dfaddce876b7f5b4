using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Cutover.Tests;

// Goal: nothing that a cutover did not make is overwritten, no kill leaves it stuck, and of two runners one wins.
public sealed class SafetyTests
{
    private const string Heritage = "heritage=external-dns,external-dns/owner=prod,external-dns/resource=ingress/a/b";
    private const string Metrics = "{name: errors, metrics: {errorPercentMax: 1, samplesMin: 10}}";
    private const string Program = "{name: errors, command: {argv: [sh, -c, 'test $GWCTL_WEIGHT = 0 || exit 75']}}";
    private const string Health = "gates: [{name: pods, targetHealth: {}}]\nabort: {onFailure: rollback}";

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_record_changed_by_hand_stops_it_and_is_left_alone(CloudKind cloud)
    {
        await using var world = await StartedAsync(cloud);
        var before = world.Records();
        await world.MeddleAsync(77);
        var changed = world.Records();
        world.Clock.Advance(TimeSpan.FromDays(3));

        var report = await world.RunAsync(CutoverIntent.Step);

        Assert.True(report.IsHalted);
        Assert.Equal("GW8020", Assert.Single(report.Names).Diagnostic?.Code);
        Assert.NotEqual(before, changed);
        Assert.Equal(changed, world.Records());

        var back = await world.RunAsync(CutoverIntent.Rollback);
        Assert.Equal(ProgressPhase.RolledBack, Assert.Single(back.Names).Progress?.Phase);
        Assert.Contains(world.Line("A", "old", 100, "192.0.2.1"), world.Records());
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task Another_tools_records_are_refused_unless_it_is_named(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud);
        await world.CreateAsync(
            World.Record("A", 60, "192.0.2.1"), World.Text($"a-{World.Host}", Heritage));
        var before = world.Records();

        var refused = await world.RunAsync(CutoverIntent.Start);
        Assert.Equal("GW8001", Assert.Single(refused.Names).Diagnostic?.Code);
        Assert.Equal(before, world.Records());

        world.Document = world.Document with { TakeOverOwner = new("prod", world.Document.Span) };
        var taken = await world.RunAsync(CutoverIntent.Start);
        Assert.Equal(NameOutcome.Written, Assert.Single(taken.Names).Outcome);
        Assert.DoesNotContain(world.Records(), record => record.Contains("owner=prod", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task What_would_leave_half_a_pair_is_refused(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud);
        await world.CreateAsync(
            World.Record("A", 60, "192.0.2.1"), World.Record("AAAA", 60, "2001:db8::1"));

        Assert.Equal(
            "GW8007", Assert.Single((await world.RunAsync(CutoverIntent.Start)).Names).Diagnostic?.Code);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task Of_two_runners_at_once_exactly_one_takes_the_step(CloudKind cloud)
    {
        for (var round = 0; round < 5; round++)
        {
            await using var world = await World.StartAsync(cloud);
            await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
            await world.RunAsync(CutoverIntent.Start);
            using var barrier = new Meeting(world, 2);

            var reports = await Task.WhenAll(
                world.RunAsync(CutoverIntent.Step, handler: barrier),
                world.RunAsync(CutoverIntent.Step, handler: barrier));

            var outcomes = reports.Select(report => Assert.Single(report.Names).Outcome).Order().ToList();
            Assert.Equal([NameOutcome.Written, NameOutcome.Lost], outcomes);
            Assert.Equal(1, Assert.Single((await world.RunAsync(CutoverIntent.Look)).Names).Progress?.Step);
            Assert.Empty(world.Violations);
        }
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task Killed_after_every_call_it_converges(CloudKind cloud)
    {
        await using var calm = await StartedAsync(cloud);
        await calm.RunToEndAsync();
        var expected = calm.Records().Where(record => !record.StartsWith("TXT", StringComparison.Ordinal));
        await using var world = await World.StartAsync(cloud);
        await world.CreateAsync(World.Record("A", 300, "192.0.2.1"));
        var kills = 0;
        var intent = CutoverIntent.Start;
        for (var runs = 0; runs < 500; runs++)
        {
            // Each run dies one call later than the one before, until one lives to its end; then time goes on.
            using var death = CancellationTokenSource.CreateLinkedTokenSource(World.Cancellation);
            using var mortal = new Mortal(world.Cloud.CreateHandler(), 1 + (runs % 12), death);
            try
            {
                var name = Assert.Single((await world.RunAsync(intent, death.Token, handler: mortal)).Names);
                Assert.NotEqual(NameOutcome.Refused, name.Outcome);
                if (name is { Outcome: NameOutcome.Done, Progress.Weight: 100 })
                {
                    break;
                }

                intent = CutoverIntent.Step;
                world.Clock.Advance(name.Until - world.Clock.GetUtcNow() ?? TimeSpan.Zero);
            }
            catch (OperationCanceledException)
            {
                kills++;
                intent = Cancelled(world) ? CutoverIntent.Step : CutoverIntent.Start;
            }
        }

        Assert.InRange(kills, 20, 500);
        Assert.Equal(expected, world.Records().Where(record => !record.StartsWith("TXT", StringComparison.Ordinal)));
        Assert.Empty(world.Violations);
    }

    [Theory]
    [InlineData(CloudKind.Aws, false)]
    [InlineData(CloudKind.Aws, true)]
    [InlineData(CloudKind.Gcp, false)]
    [InlineData(CloudKind.Gcp, true)]
    public async Task A_lost_answer_is_found_out(CloudKind cloud, bool isLost)
    {
        await using var world = await StartedAsync(cloud);
        world.Clock.Advance(TimeSpan.FromDays(3));
        world.Faults.Plan = call => isLost && call.Operation == world.ChangeOperation
            ? new Fault.LoseConnection()
            : null;

        var name = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);

        Assert.Equal((NameOutcome.Written, 2), (name.Outcome, name.Progress?.Step));
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_broken_new_side_is_rolled_back_in_one_batch(CloudKind cloud)
    {
        await using var world = await World.StartAsync(
            cloud, new WorldOptions { Document = Documents.Of(more: Health), Unhealthy = [World.BadTarget] });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        Assert.Equal(
            1, Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names).Progress?.Step);
        await world.AddBadTargetAsync();

        var report = await world.RunAsync(CutoverIntent.Step);

        var name = Assert.Single(report.Names);
        Assert.True(report.IsHalted);
        Assert.Equal((ProgressPhase.RolledBack, 0), (name.Progress?.Phase, name.Progress?.Weight));
        Assert.Single(name.Written);
        Assert.Equal(GateVerdict.Fail, Assert.Single(report.Gates).Verdict);
        Assert.Contains(world.Line("A", "old", 100, "192.0.2.1"), world.Records());
        Assert.True((await world.RunAsync(CutoverIntent.Step)).IsHalted);
        Assert.Empty(world.Violations);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task Only_so_many_failures_in_a_row_undo_a_step(CloudKind cloud)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is one of a POSIX system");
        var verdict = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var world = await World.StartAsync(cloud, new WorldOptions
        {
            Document = Documents.Of(
                more: $"gates: [{{name: flaky, command: {{argv: [sh, -c, 'exit $(cat {verdict})'] }} }}]\n"
                + "abort: {onFailure: rollback, consecutiveFailures: 3}"),
        });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await File.WriteAllTextAsync(verdict, "0", World.Cancellation);
        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step);

        // 0 passes, 75 says nothing, 1 fails; how many failures in a row are known after it.
        foreach (var (exit, failures) in new[] { (1, 1), (1, 2), (75, 2), (0, 0), (1, 1), (75, 1), (1, 2) })
        {
            await File.WriteAllTextAsync(verdict, $"{exit}", World.Cancellation);
            var name = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
            Assert.NotEqual(NameOutcome.Halted, name.Outcome);
            Assert.Equal((1, failures), (name.Progress?.Step, name.Progress?.Failing.Sum(gate => gate.Count)));
        }

        var report = await world.RunAsync(CutoverIntent.Step);
        File.Delete(verdict);

        Assert.True(report.IsHalted);
        Assert.Equal(ProgressPhase.RolledBack, Assert.Single(report.Names).Progress?.Phase);
        Assert.Empty(Assert.Single(report.Names).Progress?.Failing ?? []);
        Assert.Empty(world.Violations);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_gate_that_fails_before_the_first_step_changes_nothing(CloudKind cloud)
    {
        await using var world = await World.StartAsync(
            cloud, new WorldOptions { Document = Documents.Of(more: Health), Unhealthy = [World.NewTarget] });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        var before = world.Records();

        var report = await world.RunAsync(CutoverIntent.Step);

        Assert.Equal("GW8023", Assert.Single(report.Names).Diagnostic?.Code);
        Assert.Equal(before, world.Records());
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task No_data_extends_the_hold_and_then_pauses(CloudKind cloud)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is one of a POSIX system");
        await using var world = await World.StartAsync(cloud, new WorldOptions
        {
            Document = Documents.Of(
                "[{weight: 10}, {weight: 100, allowJump: true}]",
                $"gates: [{(cloud is CloudKind.Aws ? Metrics : Program)}]\nabort: {{extension: 2h}}"),
        });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step);
        world.Clock.Advance(TimeSpan.FromHours(1));

        var extended = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
        Assert.Equal(NameOutcome.Waiting, extended.Outcome);
        world.Clock.Advance(TimeSpan.FromHours(2));
        var paused = await world.RunAsync(CutoverIntent.Step);

        Assert.True(paused.IsHalted);
        Assert.Equal(ProgressPhase.Paused, Assert.Single(paused.Names).Progress?.Phase);
        Assert.Equal(10, Assert.Single(paused.Names).Progress?.Weight);
        var resumed = Assert.Single((await world.RunAsync(CutoverIntent.Resume)).Names);
        Assert.Equal(ProgressPhase.Running, resumed.Progress?.Phase);
        Assert.Equal(NameOutcome.Waiting, Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names).Outcome);
    }

    private static async Task<World> StartedAsync(CloudKind cloud)
    {
        var world = await World.StartAsync(cloud);
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        await world.RunAsync(CutoverIntent.Start);
        await world.RunAsync(CutoverIntent.Step);
        return world;
    }

    private static bool Cancelled(World world) =>
        world.Records().Any(record => record.Contains("gwctl-cutover=1", StringComparison.Ordinal));

    /// <summary>Lets the writes of several runners meet: each waits until all have arrived.</summary>
    private sealed class Meeting(World world, int guests) : DelegatingHandler(world.Cloud.CreateHandler())
    {
        private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (world.IsChange(request))
            {
                if (Interlocked.Increment(ref _arrived) == guests)
                {
                    _full.SetResult();
                }

                await _full.Task.WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
