using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Running;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;

namespace Gwctl.Cutover.Tests;

// Goal: apply and cutover share a name without a word between them: apply leaves it alone before the end, and after the
// end has nothing to do.
public sealed class FinishTests
{
    [Theory]
    [InlineData(CloudKind.Aws, false, "")]
    [InlineData(CloudKind.Aws, true, "")]
    [InlineData(CloudKind.Aws, true, "evaluateTargetHealth: true")]
    [InlineData(CloudKind.Aws, false, "ttl: 30s")]
    [InlineData(CloudKind.Gcp, false, "")]
    [InlineData(CloudKind.Gcp, true, "")]
    [InlineData(CloudKind.Gcp, true, "ttl: 30s")]
    [InlineData(CloudKind.Gcp, false, "ttl: 30s, hostnames: [shop.example.com]")]
    public async Task An_empty_plan_follows_finish(CloudKind cloud, bool ipv6, string policy)
    {
        await using var world = await World.StartAsync(cloud, new WorldOptions
        {
            Document = $"{Specs(cloud, ipv6)}\n---\n{Policy(policy)}"
                + Documents.Of("[{weight: 10}, {weight: 100, allowJump: true}]"),
            HasNewSide = false,
        });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        var bench = new Bench(world);
        await bench.ApplyAsync();
        Assert.Equal(["A 60 192.0.2.1"], world.Records());
        Assert.False((await bench.PlanAsync()).HasChanges);

        await world.RunAsync(CutoverIntent.Start);
        Assert.False((await bench.PlanAsync()).HasChanges);
        Assert.Equal(NameOutcome.Done, Assert.Single((await world.RunToEndAsync()).Names).Outcome);
        Assert.False((await bench.PlanAsync()).HasChanges);
        var finished = await FinishAsync(world, async () => Assert.False((await bench.PlanAsync()).HasChanges));
        Assert.Equal((NameOutcome.Written, null), (finished.Outcome, finished.Progress));

        Assert.Empty((await bench.PlanAsync()).Changes);
        Assert.Equal(ipv6 ? ["A", "AAAA"] : ["A"], AddressTypes(world));

        // The document may go then, or stay: the records are the Gateway's.
        bench.Forget();
        Assert.Empty((await bench.PlanAsync()).Changes);
        Assert.Empty(world.Violations);
    }

    /// <summary>The name leads to the Gateway alone then; its item of a weighted record comes with the next
    /// apply.</summary>
    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_weight_follows_finish_with_the_next_apply(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud, new WorldOptions
        {
            Document = $"{Specs(cloud, false)}\n---\n{Policy("weight: 10, setIdentifier: blue")}"
                + Documents.Of("[{weight: 100, allowJump: true}]"),
            HasNewSide = false,
        });
        await world.CreateAsync(World.Record("A", 60, "192.0.2.1"));
        var bench = new Bench(world);
        await bench.ApplyAsync();
        await world.RunAsync(CutoverIntent.Start);
        await world.RunToEndAsync();
        Assert.False((await bench.PlanAsync()).HasChanges);
        Assert.Null((await FinishAsync(world)).Progress);

        Assert.Single((await bench.PlanAsync()).Changes);
        await bench.ApplyAsync();

        Assert.False((await bench.PlanAsync()).HasChanges);
        Assert.Equal(10, world.FirstWeight());
    }

    /// <summary>A name that already has a weighted record has nothing that a cutover could lead it away from.</summary>
    [Theory]
    [InlineData(CloudKind.Aws)]
    [InlineData(CloudKind.Gcp)]
    public async Task A_name_with_a_weight_is_not_cut_over(CloudKind cloud)
    {
        await using var world = await World.StartAsync(cloud, new WorldOptions
        {
            Document = $"{Specs(cloud, false)}\n---\n{Policy("weight: 10, setIdentifier: blue")}"
                + Documents.Of("[{weight: 100, allowJump: true}]"),
            HasNewSide = false,
        });
        var bench = new Bench(world);
        bench.Forget();
        await bench.ApplyAsync();
        Assert.False((await bench.PlanAsync()).HasChanges);
        var before = world.Records();

        var refused = Assert.Single((await world.RunAsync(CutoverIntent.Start)).Names);

        Assert.Equal((NameOutcome.Refused, "GW8004"), (refused.Outcome, refused.Diagnostic?.Code));
        Assert.Contains("DnsPolicies", refused.Diagnostic?.Help, StringComparison.Ordinal);
        Assert.Equal(before, world.Records());
    }

    /// <param name="kept">Asked while the old side's records are kept.</param>
    private static async Task<NameReport> FinishAsync(World world, Func<Task>? kept = null)
    {
        var report = Assert.Single((await world.RunAsync(CutoverIntent.Finish, assumesIdle: true)).Names);
        world.Clock.Advance(report.Progress?.RetainedUntil - world.Clock.GetUtcNow() ?? TimeSpan.Zero);
        await (kept?.Invoke() ?? Task.CompletedTask);
        return Assert.Single((await world.RunAsync(CutoverIntent.Finish, assumesIdle: true)).Names);
    }

    private static string Policy(string spec) => spec is "" ? "" : $$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: policy, namespace: shop}
        spec: { targetRef: {name: web}, {{spec}} }
        ---

        """;

    private static IEnumerable<string> AddressTypes(World world) => world.Records()
        .Select(record => record.Split(' ')[0]).Where(type => type is not "TXT").Order(StringComparer.Ordinal);

    private static string Specs(CloudKind cloud, bool ipv6) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/{{(cloud is CloudKind.Aws ? "aws" : "gcp")}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          gatewayClassName: cloud
          infrastructure:
            annotations:
              gwctl.dev/ip-address-type: {{(ipv6 ? "dualstack" : "ipv4")}}
          listeners: [{name: http, protocol: HTTP, port: 80, hostname: shop.example.com}]
        """;

    /// <summary>Plans and applies the world's specs.</summary>
    private sealed class Bench(World world)
    {
        private readonly PlanSession _session = new(
            _ => Compiled.From(world.NewProvider(), []), TimeProvider.System);

        private SpecSet _specs = world.Specs;

        /// <summary>The specs lose the Cutover.</summary>
        public void Forget() => _specs = _specs with { Cutovers = [] };

        public async Task<Plan> PlanAsync()
        {
            var topology = TopologyResolver.Resolve(_specs, new TopologyOptions { ProviderConfig = world.Config });
            Assert.NotNull(topology.Value);
            var routing = RoutingCompiler.Lower(topology.Value);
            Assert.NotNull(routing.Value);
            var planned = await _session.PlanAsync(
                new PlanRequest
                {
                    Purpose = PlanPurpose.Apply,
                    Model = routing.Value,
                    Configs = [world.Config],
                    InputDigest = "test",
                    ToolVersion = "test",
                    Policy = new PlanPolicy { AllowEmpty = true },
                },
                World.Cancellation);
            Assert.True(planned.Succeeded, string.Join("\n", planned.Diagnostics));
            return planned.Value;
        }

        public async Task ApplyAsync()
        {
            var executor = new Executor(new ExecutorOptions { Clock = TimeProvider.System });
            var events = await executor.ApplyAsync(
                await PlanAsync(), _session.Providers, static _ => null, CancellationToken.None, World.Cancellation)
                .ToListAsync(World.Cancellation);
            var failed = events.OfType<ApplyEvent.StepFailed>();
            Assert.True(!failed.Any(), string.Join("\n", failed.Select(step => step.Diagnostic)));
        }
    }
}
