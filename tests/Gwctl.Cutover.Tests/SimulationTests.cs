using System.Globalization;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;
using Gwctl.Engine.Providers;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Cutover.Tests;

// Goal: whatever clouds, people and machines do in the middle of any cutover, each write is a whole one, nothing of
// anybody else's is touched, and in the end the new side has the name. GWCTL_SIMULATIONS says how many worlds of each
// cloud, GWCTL_SEED the first one's seed.
public sealed class SimulationTests
{
    private const int WorldsDefault = 6;
    private const int ActionsMax = 50;
    private const int CalmRunsMax = 200;
    private const double FaultRate = 0.12;

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task It_gets_there_through_anything(CloudKind cloud)
    {
        var (first, worlds) = (Number("GWCTL_SEED", 1), Number("GWCTL_SIMULATIONS", WorldsDefault));
        for (var seed = first; seed < first + worlds; seed++)
        {
            try
            {
                await using var simulation = await Simulation.StartAsync(cloud, seed);
                await simulation.RunAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException(
                    $"GWCTL_SEED={seed} GWCTL_SIMULATIONS=1, {cloud}: {exception.Message}", exception);
            }
        }
    }

    private static int Number(string name, int otherwise) => int.TryParse(
        Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : otherwise;

    private sealed class Simulation(World world, Random random, int seed) : IAsyncDisposable
    {
        private readonly List<string> _log = [];
        private int _weightBefore;
        private List<string>? _meddled;
        private bool _isStarted;

        public static async Task<Simulation> StartAsync(CloudKind cloud, int seed)
        {
            var random = new Random(seed);
            var ipv6 = random.Next(2) is 0;
            var world = await World.StartAsync(
                cloud, new WorldOptions { Document = RandomDocument(random), Ipv6 = ipv6, Dns = random.Next(3) is 0 });
            string[] old = [.. Enumerable.Range(1, 1 + random.Next(3)).Select(number => $"192.0.2.{number}")];
            var ttl = random.Next(2) is 0 ? 60 : 300;
            await world.CreateAsync(
            [
                World.Record("A", ttl, old),
                .. ipv6 ? new[] { World.Record("AAAA", ttl, "2001:db8::1") } : [],
                World.Text(World.Host, "v=spf1 -all"), World.Text($"other.{World.Host}", "somebody else's"),
            ]);
            return new Simulation(world, random, seed);
        }

        public async Task RunAsync()
        {
            var oldSide = world.OldSide();
            Assert.NotEmpty(oldSide);
            for (var action = 0; action < ActionsMax; action++)
            {
                await ActAsync(action);
                Check(oldSide);
            }

            await CalmAsync();
            Check(oldSide);
            Assert.DoesNotContain(world.Records(), record => record.Contains("192.0.2.", StringComparison.Ordinal));
            Assert.Contains("TXT 300 \"v=spf1 -all\"", world.Records());
            Assert.Contains("TXT 300 \"somebody else's\"", world.Records());
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();

        private static string RandomDocument(Random random)
        {
            var weights = Enumerable.Range(1, random.Next(5)).Select(_ => random.Next(1, 100)).Append(100).Distinct()
                .Order();
            var steps = weights.Select(weight => (random.Next(4), weight) switch
            {
                (0, _) => $"{{weight: {weight}, allowJump: true}}",
                (1, _) => $"{{weight: {weight}, allowJump: true, pause: {{}}}}",
                _ => $"{{weight: {weight}, allowJump: true, pause: {random.Next(1, 48)}h}}",
            });
            var gates = random.Next(3) is 0 ? "gates: []" : "gates: [{name: pods, targetHealth: {}}]";
            return Documents.Of(
                $"[{string.Join(", ", steps)}]",
                $"{gates}\nabort: {{onFailure: {(random.Next(2) is 0 ? "pause" : "rollback")}, "
                + $"consecutiveFailures: {random.Next(1, 4)}}}\n"
                + $"finish: {(random.Next(2) is 0 ? "{remove: true}" : "{retain: 2h}")}");
        }

        private void Check(IEnumerable<string> oldSide)
        {
            Assert.True(world.Violations.Count is 0, string.Join("\n", [.. world.Violations, .. _log]));
            Assert.Equal(oldSide, world.OldSide());
        }

        private Task ActAsync(int action)
        {
            var drawn = random.Next(20);
            _log.Add($"{action}: {drawn}");
            return drawn switch
            {
                < 8 => FaultyAsync(action, NextIntent),
                < 10 => KilledAsync(NextIntent),
                < 12 => TwoAsync(NextIntent),
                12 => MeddleAsync(),
                13 => FaultyAsync(action, CutoverIntent.Pause),
                14 or 15 => FaultyAsync(action, CutoverIntent.Resume),
                16 when random.Next(3) is 0 => FaultyAsync(action, CutoverIntent.Rollback),
                17 => random.Next(2) is 0 ? world.EmptyNewSideAsync() : world.FillNewSideAsync(),
                _ => PassAsync(),
            };
        }

        private CutoverIntent NextIntent => random.Next(6) is 0 || !_isStarted
            ? CutoverIntent.Start
            : CutoverIntent.Step;

        private Task PassAsync()
        {
            world.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 600)));
            return Task.CompletedTask;
        }

        private async Task FaultyAsync(int action, CutoverIntent intent)
        {
            world.Faults.Plan = FaultInjector.AtRandom((seed * 1_000) + action, FaultRate);
            await RunAsync(intent);
            world.Faults.Plan = null;
        }

        private async Task KilledAsync(CutoverIntent intent)
        {
            using var death = CancellationTokenSource.CreateLinkedTokenSource(World.Cancellation);
            using var mortal = new Mortal(world.Cloud.CreateHandler(), 1 + random.Next(12), death);
            await RunAsync(intent, mortal, death.Token);
        }

        private Task TwoAsync(CutoverIntent intent) => Task.WhenAll(RunAsync(intent), RunAsync(intent));

        private bool IsMeddled => _meddled is not null && _meddled.SequenceEqual(Answers());

        /// <summary>While a record is changed by hand, no run changes an answer. What it says is sure only where
        /// nothing goes wrong: a reading may be of a moment ago.</summary>
        private async Task RunAsync(
            CutoverIntent intent, HttpMessageHandler? handler = null, CancellationToken? cancellationToken = null)
        {
            var (before, isMeddled) = (Answers(), IsMeddled);
            try
            {
                var name = Assert.Single((await world.RunAsync(intent, cancellationToken, handler: handler)).Names);
                _log.Add($"   {intent}: {name.Outcome} {name.Text}");
                Assert.True(
                    !isMeddled || intent is CutoverIntent.Rollback || world.Faults.Plan is not null
                        || name.Outcome is NameOutcome.Halted or NameOutcome.Refused,
                    string.Join("\n", _log));
            }
            catch (ProviderException exception)
            {
                _log.Add($"   {intent}: {exception.Diagnostic.Code} {exception.Diagnostic.Detail}");
            }
            catch (OperationCanceledException) when (!World.Cancellation.IsCancellationRequested)
            {
                _log.Add($"   {intent}: killed");
            }

            if (isMeddled && intent is not CutoverIntent.Rollback)
            {
                Assert.Equal(before, Answers());
            }

            _isStarted = world.Records().Any(record => record.Contains("gwctl-cutover=1", StringComparison.Ordinal));
        }

        private List<string> Answers() =>
            [.. world.Records().Where(record => !record.StartsWith("TXT", StringComparison.Ordinal))];

        /// <summary>Somebody changes a weight, or puts it back.</summary>
        private async Task MeddleAsync()
        {
            if (world.FirstWeight() is not { } weight || !_isStarted)
            {
                return;
            }

            if (IsMeddled)
            {
                await world.MeddleAsync(_weightBefore, "192.0.2.1");
                _meddled = null;
            }
            else
            {
                _weightBefore = weight;
                await world.MeddleAsync(weight > 7 ? weight - 7 : weight + 7, Stranger());
                _meddled = Answers();
            }

            _log.Add($"   by hand: {string.Join("; ", Answers())}");
        }

        private string? Stranger() => random.Next(2) is 0 ? "198.51.100.1" : null;

        /// <summary>Nothing goes wrong any more, and somebody looks after it.</summary>
        private async Task CalmAsync()
        {
            if (IsMeddled)
            {
                await MeddleAsync();
            }

            await world.FillNewSideAsync();
            for (var runs = 0; runs < CalmRunsMax; runs++)
            {
                var seen = Assert.Single((await world.RunAsync(CutoverIntent.Look)).Names);
                var name = Assert.Single((await world.RunAsync(IntentFor(seen), assumesIdle: true)).Names);
                _log.Add($"   calm: {name.Outcome} {name.Text}");
                if (name is { Outcome: NameOutcome.Written, Progress: null })
                {
                    return;
                }

                world.Clock.Advance(name.Until - world.Clock.GetUtcNow() ?? TimeSpan.FromMinutes(1));
            }

            Assert.Fail($"It does not end:\n{string.Join("\n", _log)}");
        }

        private static CutoverIntent IntentFor(NameReport seen) => seen switch
        {
            { Progress: null } or { Progress.Phase: ProgressPhase.RolledBack } => CutoverIntent.Start,
            { Progress.Phase: ProgressPhase.Paused } or { Outcome: NameOutcome.Waiting, Until: null, Written: [] } when
                seen.Progress.Phase is ProgressPhase.Paused || seen.Text.Contains("a person", StringComparison.Ordinal)
                => CutoverIntent.Resume,
            { Progress.Phase: ProgressPhase.Retained } or { Outcome: NameOutcome.Done, Progress.Weight: 100 } =>
                CutoverIntent.Finish,
            _ => CutoverIntent.Step,
        };
    }
}
