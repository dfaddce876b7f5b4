using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;
using Gwctl.Sandbox.DataPlane;

namespace Gwctl.Cutover.Tests;

// Goal: clients that resolve through the zone and keep answers for their TTL do not notice the cutover. A minute of the
// cloud and of the resolvers is a second here.
public sealed class TrafficTests
{
    private const int Factor = 60;
    private const int PerSecond = 500;
    private const double PointsMax = 3;

    /// <summary>With so many, chance alone leaves <see cref="PointsMax"/> once in ten thousand runs.</summary>
    private const int SamplesMin = 4_000;

    private const string Measured = """
        gates:
        - {name: errors, metrics: {window: 1m, samplesMin: 20, errorPercentMax: 2}}
        abort: {onFailure: rollback, extension: 24h}
        """;

    /// <summary>Metrics are read on AWS alone.</summary>
    private const string Watched = """
        gates:
        - {name: pods, targetHealth: {}}
        abort: {onFailure: rollback, extension: 24h}
        """;

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task No_request_fails_and_the_split_is_as_the_weights_say(CloudKind cloud)
    {
        var clock = new FastClock(Factor);
        await using var world = await StartAsync(
            cloud, clock,
            Documents.Of("[{weight: 10, pause: 9m}, {weight: 50, pause: 9m, allowJump: true}, {weight: 100}]"));
        var (old, next) = await world.AddressesAsync();
        await using var load = new Load(Server(world), clock, PerSecond, world.Reach);
        var windows = new Dictionary<int, (DateTimeOffset From, DateTimeOffset To)>();
        for (var weight = 0; weight < 100;)
        {
            var intent = weight is 0 && windows.Count is 0 ? CutoverIntent.Start : CutoverIntent.Step;
            windows.TryAdd(0, default);
            var name = Assert.Single((await world.RunAsync(intent)).Names);
            weight = name.Progress?.Weight ?? 0;
            var from = name.DrainedAt ?? clock.GetUtcNow();
            var until = name.Until ?? (name.Written.Count > 0 && weight > 0 ? from + TimeSpan.FromMinutes(8) : default);
            await WaitAsync(clock, until);
            windows[weight] = (from, await WithSamplesAsync(load, clock, from, until));
        }

        await load.StopAsync();
        Assert.Empty(load.All.Where(sent => sent.Failure is not "").Select(sent => sent.Failure).Distinct());
        foreach (var (weight, (from, to)) in windows.Where(window => window.Key > 0))
        {
            var sent = load.All.Where(request => request.At >= from && request.At < to).ToList();
            var share = 100.0 * sent.Count(request => request.Address == next) / sent.Count;
            Assert.InRange(share, weight - PointsMax, weight + PointsMax);
            Assert.All(sent, request => Assert.True(request.Address == old || request.Address == next));
        }

        Assert.Empty(world.Violations);
    }

    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_new_side_that_breaks_at_step_two_is_rolled_back_within_one_batch_and_a_ttl(CloudKind cloud)
    {
        var clock = new FastClock(Factor);
        await using var world = await StartAsync(
            cloud, clock, Documents.Of("[{weight: 10}, {weight: 50, pause: 24h, allowJump: true}, {weight: 100}]",
                cloud is CloudKind.Aws ? Measured : Watched));
        var (old, _) = await world.AddressesAsync();
        await using var load = new Load(Server(world), clock, PerSecond, world.Reach);
        await world.RunAsync(CutoverIntent.Start);
        await StepUntilAsync(world, clock, name => name.Progress?.Step is 2);
        var changes = world.Changes;
        await world.EmptyNewSideAsync();

        var rolledBack = await StepUntilAsync(
            world, clock, name => name.Progress?.Phase is ProgressPhase.RolledBack);

        Assert.Equal(changes + 1, world.Changes);
        var drained = rolledBack.DrainedAt ?? clock.GetUtcNow();
        await WaitAsync(clock, drained + TimeSpan.FromMinutes(3));
        await load.StopAsync();
        var after = load.All.Where(sent => sent.At >= drained).ToList();
        Assert.True(after.Count > 500, $"only {after.Count} requests after the rollback");
        Assert.All(after, sent => Assert.Equal((old, ""), (sent.Address, sent.Failure)));
        Assert.Contains(load.All, sent => sent.Failure is "503");
        Assert.Empty(world.Violations);
    }

    private static async Task<World> StartAsync(CloudKind cloud, FastClock clock, string document)
    {
        var world = await World.StartAsync(
            cloud,
            new WorldOptions { Document = document, Dns = true, Time = clock, Plane = new DataPlaneOptions() });
        await world.Plane.SettleAsync(World.Cancellation);
        await world.LeadToOldSideAsync();
        return world;
    }

    private static async Task<NameReport> StepUntilAsync(
        World world, FastClock clock, Func<NameReport, bool> isThere)
    {
        var patience = clock.GetUtcNow() + TimeSpan.FromHours(4);
        while (clock.GetUtcNow() < patience)
        {
            var name = Assert.Single((await world.RunAsync(CutoverIntent.Step)).Names);
            if (isThere(name))
            {
                return name;
            }

            await WaitAsync(clock, clock.GetUtcNow().AddSeconds(15));
        }

        throw new InvalidOperationException("It did not get there.");
    }

    private static System.Net.IPEndPoint Server(World world) =>
        (world.Cloud.Dns ?? throw new InvalidOperationException("no name server")).EndPoint;

    // A machine that has other things to do sends fewer requests; of few the share says little.
    private static async Task<DateTimeOffset> WithSamplesAsync(
        Load load, FastClock clock, DateTimeOffset from, DateTimeOffset until)
    {
        while (until > from && load.All.Count(request => request.At >= from && request.At < until) < SamplesMin)
        {
            until += TimeSpan.FromMinutes(1);
            await WaitAsync(clock, until);
        }

        return until;
    }

    private static async Task WaitAsync(FastClock clock, DateTimeOffset until)
    {
        if (until > clock.GetUtcNow())
        {
            await Task.Delay(until - clock.GetUtcNow(), clock, World.Cancellation);
        }
    }
}
