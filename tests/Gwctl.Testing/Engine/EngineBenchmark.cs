using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Testing.Engine;

/// <summary>What the engine alone costs, with a provider that takes no time.</summary>
public sealed record EngineFigures(
    int Objects, int Steps, int PlanBytes, TimeSpan Plan, TimeSpan Check, TimeSpan Write, TimeSpan Read, TimeSpan Apply,
    TimeSpan PlanOfNothing, TimeSpan PlanOfDestroying)
{
    public override string ToString() =>
        $"{Objects} objects, {Steps} steps: plan {Plan.TotalMilliseconds:F0} ms, "
        + $"check {Check.TotalMilliseconds:F0} ms, write {Write.TotalMilliseconds:F0} ms ({PlanBytes / 1024} KiB), "
        + $"read {Read.TotalMilliseconds:F0} ms, "
        + $"apply {Apply.TotalMilliseconds:F0} ms, no-op plan {PlanOfNothing.TotalMilliseconds:F0} ms, "
        + $"destroy plan {PlanOfDestroying.TotalMilliseconds:F0} ms";
}

/// <summary>Measures plan and apply of many objects.</summary>
public static class EngineBenchmark
{
    public static async Task<EngineFigures> RunAsync(int objects, int gateways, TimeProvider clock)
    {
        var (cloud, desired) = (new FakeCloud(), FakeGraphs.Large(objects / 3, gateways: gateways));
        var (plan, planning) = await TimedAsync(clock, () => PlanAsync(cloud, desired, clock));
        var kinds = new Dictionary<string, EquatableList<KindSchema>> { ["default"] = FakeKinds.All };
        var (findings, checking) = await TimedAsync(clock, () => Task.FromResult(PlanChecker.Check(plan, kinds)));
        var (bytes, writing) = await TimedAsync(clock, () => Task.FromResult(PlanFile.Write(plan)));
        var (read, reading) = await TimedAsync(clock, () => Task.FromResult(PlanFile.Read(bytes)));
        Invariant.Holds(findings.Count is 0 && read.Succeeded);
        var (summary, applying) = await TimedAsync(clock, () => ApplyAsync(cloud, plan, clock));
        Invariant.Holds(summary.Succeeded == plan.Steps.Count);
        var (nothing, replanning) = await TimedAsync(clock, () => PlanAsync(cloud, desired, clock));
        Invariant.Holds(nothing.Steps.Count is 0);
        var (_, destroying) = await TimedAsync(clock, () => PlanAsync(cloud, ResourceGraph.Empty, clock));
        return new EngineFigures(
            desired.Nodes.Count, plan.Steps.Count, bytes.Length, planning, checking, writing, reading, applying,
                replanning, destroying);
    }

    private static async Task<Plan> PlanAsync(FakeCloud cloud, ResourceGraph desired, TimeProvider clock)
    {
        var provider = new FakeProvider(cloud);
        var live = await provider.ReadAsync(new ReadRequest(desired, ReadDepth.Deep), CancellationToken.None);
        var settled = provider.Settle(desired, live).Value ?? ResourceGraph.Empty;
        var planned = Planner.Plan(new PlanInput
        {
            Purpose = PlanPurpose.Apply,
            ToolVersion = "benchmark",
            InputDigest = "",
            CreatedAt = clock.GetUtcNow(),
            Scopes =
            [
                new ScopeInput
                {
                    Config = "{}",
                    Scope = provider.Scope,
                    Kinds = provider.Kinds,
                    Changes = Differ.Compare(settled, live, provider.Kinds).Value ?? new ChangeSet([]),
                    Live = live,
                    Bridge = provider.Bridge,
                    DescribeTraffic = provider.DescribeTraffic,
                },
            ],
        });
        return planned.Value ?? throw new InvalidOperationException("No plan.");
    }

    private static async Task<ApplySummary> ApplyAsync(FakeCloud cloud, Plan plan, TimeProvider clock)
    {
        var providers = new Dictionary<string, IProvider> { ["default"] = new FakeProvider(cloud) };
        ApplySummary? summary = null;
        await foreach (var happened in new Executor(new ExecutorOptions { Clock = clock })
            .ApplyAsync(plan, providers, static _ => null, CancellationToken.None, CancellationToken.None))
        {
            summary = happened is ApplyEvent.Finished finished ? finished.Summary : summary;
        }

        return summary ?? throw new InvalidOperationException("No end.");
    }

    private static async Task<(T Value, TimeSpan Elapsed)> TimedAsync<T>(TimeProvider clock, Func<Task<T>> work)
    {
        var start = clock.GetTimestamp();
        return (await work(), clock.GetElapsedTime(start));
    }
}
