using System.Collections.Immutable;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Simulation.Tests.Traffic;
using Gwctl.Testing.Specs;

namespace Gwctl.Simulation.Tests;

/// <summary>Goal: a change of the specs, whatever it is, costs no request. Requests flow at a steady rate through the
/// sandbox's load balancer while one change after the other is applied.</summary>
/// <remarks>GWCTL_TRAFFIC_SECONDS=60 asks for the full run, and GWCTL_TRAFFIC_RATE for a rate.</remarks>
[Collection(nameof(TrafficCollection))]
public sealed class TrafficTests(ITestOutputHelper output)
{
    private const int SecondsDefault = 6;
    private const int RateDefault = 100;
    private const int RateOfFullRun = 500;

    // Of what was asked: a timer's last ticks are all that may be missing.
    private const double RateReachedMin = 0.98;
    private const int FailuresShownMax = 10;
    private static readonly TimeSpan s_slowCall = TimeSpan.FromMilliseconds(200);

    /// <summary>Each is applied on top of the ones before; the last ones lead back, so that the series can start
    /// again.</summary>
    private static readonly ImmutableArray<(string What, Func<Site, Site> Make)> s_changes =
    [
        ("weights 90/10", site => site with { Blue = 90, Green = 10 }),
        ("weights 50/50", site => site with { Blue = 50, Green = 50 }),
        ("rules get other names", site => site with { Names = site.Names is "one" ? "two" : "one" }),
        ("rules in another order", site => site with { Reversed = !site.Reversed }),
        ("a rule for a longer path", site => site with { Specific = true }),
        ("weights 0/100", site => site with { Blue = 0, Green = 100 }),
        ("a match by the method too", site => site with { Narrow = !site.Narrow }),
        ("TLS to the cart: another target group", site => site with { Secure = !site.Secure }),
        ("the cart moves to another Service", site => site with { Cart = Other(site.Cart) }),
        ("some endpoints come, some go", site => site with { Pods = [1, 2, 3] }),
        ("another certificate", site => site with { Certificate = NewCertificate() }),
        ("other health checks", site => site with { HealthSeconds = site.HealthSeconds is 5 ? 6 : 5 }),
        ("all endpoints are others", site => site with { Pods = [0, 4] }),
        ("the rule for the longer path goes", site => site with { Specific = false }),
        ("everything at once", site => site with
        {
            Blue = 100, Green = 0, Reversed = !site.Reversed, Narrow = !site.Narrow, Secure = !site.Secure,
            Cart = Other(site.Cart), Pods = [0, 1], Certificate = NewCertificate(),
        }),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="provider">The provider's name.</param>
    /// <param name="slow">The calls that take long: what happens in between then lasts.</param>
    [Theory]
    [InlineData("aws", "")]
    [InlineData("aws", "CreateRule")]
    [InlineData("aws", "SetRulePriorities")]
    [InlineData("gcp", "")]
    [InlineData("gcp", "urlMaps.update")]
    [InlineData("gcp", "targetHttpsProxies.setSslCertificates")]
    public async Task No_request_fails_while_specs_change(string provider, string slow)
    {
        var full = Number("GWCTL_TRAFFIC_SECONDS", 0);
        var rate = Number("GWCTL_TRAFFIC_RATE", full > 0 ? RateOfFullRun : RateDefault);
        var time = TimeSpan.FromSeconds(full > 0 ? full : SecondsDefault);
        await using var backends = await Backends.StartAsync(Token);
        await using var world = await World.StartAsync(
            provider, Token, new DataPlaneOptions { Backends = backends.Of });
        var timeline = new Timeline(new Site { Certificate = NewCertificate() });
        await world.ConvergeAsync(timeline.Last.Text(), "the first", Token);
        world.Controls.Faults.Plan = call => call.Operation == slow ? new Fault.Delay(s_slowCall) : null;
        using var clients = new Clients(
            timeline, await world.AddressAsync(80, Token), await world.AddressAsync(443, Token));

        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => clients.RunAsync(rate, stop.Token), Token);
        var before = world.Controls.Writes();
        var applied = await ChangeAsync(world, timeline, backends, time);
        var writes = world.Controls.Writes() - before;
        await stop.CancelAsync();
        var took = await running;

        var reached = (clients.Latencies.Count + clients.Failures.Count) / took.TotalSeconds;
        output.WriteLine(
            $"{clients.Latencies.Count + clients.Failures.Count} requests in {took.TotalSeconds:F1} s"
            + $" ({reached:F0}/s of {rate}/s asked), {clients.Failures.Count} failed;"
            + $" {clients.Connections} connections, {clients.Certificates.Count} certificates,"
            + $" {clients.Targets.Count} targets");
        output.WriteLine($"{applied} applies, {writes} writes; latency {Percentiles([.. clients.Latencies])}");
        Assert.True(
            clients.Failures.IsEmpty,
            $"{clients.Failures.Count} failed:\n{string.Join('\n', clients.Failures.Take(FailuresShownMax))}");
        Assert.True(clients.Certificates.Count > 1, "No handshake met a renewed certificate.");
        Assert.True(full is 0 || reached >= rate * RateReachedMin, $"{reached:F0} requests/s of {rate}/s");
    }

    /// <summary>Applies changes until the time is over, all of them at least once.</summary>
    /// <returns>How many.</returns>
    private static async Task<int> ChangeAsync(World world, Timeline timeline, Backends backends, TimeSpan time)
    {
        var started = TimeProvider.System.GetTimestamp();
        var applied = 0;
        for (; applied < s_changes.Length || TimeProvider.System.GetElapsedTime(started) < time; applied++)
        {
            var (what, make) = s_changes[applied % s_changes.Length];
            var site = make(timeline.Last);
            var planned = await world.PlanAsync(site.Text(), Token);
            timeline.Begin(what, site);
            var failed = await world.ApplyAsync(planned, Token, timeline.Tell);
            Assert.True(failed.Count is 0, $"{what}: {string.Join('\n', failed.Select(World.Text))}");
            await world.SettleAsync(Token);
            timeline.End(what);
            await world.AssertSettledAsync(site.Text(), what, Token);
            backends.Retain(site);
        }

        return applied;
    }

    private static string Other(string cart) => cart is "cart" ? "basket" : "cart";

    private static TestCertificate NewCertificate() => TestCertificate.For("*.example.com");

    private static string Percentiles(TimeSpan[] times)
    {
        Array.Sort(times);
        return string.Join(", ", ((double[])[0.5, 0.9, 0.99, 0.999, 1]).Select(share =>
            $"p{share * 100:0.#} {times[Math.Max(0, (int)Math.Ceiling(times.Length * share) - 1)].TotalMilliseconds:F1}"
            + " ms"));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}

/// <summary>Alone on the machine: other tests' work would be measured too.</summary>
[CollectionDefinition(nameof(TrafficCollection), DisableParallelization = true)]
public sealed class TrafficCollection;
