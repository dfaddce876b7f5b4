using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

/// <summary>A fake cloud with everything that it takes to plan and apply against it.</summary>
internal sealed class Harness
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyDictionary<string, EquatableList<KindSchema>> Kinds =
        new Dictionary<string, EquatableList<KindSchema>> { ["default"] = FakeKinds.All };

    public FakeCloud Cloud { get; } = new();

    public FakeProvider Provider(FakeFaults? faults = null) => new(Cloud) { Faults = faults ?? new FakeFaults() };

    public async Task<PlanInput> InputAsync(
        ResourceGraph desired, PlanPurpose purpose = PlanPurpose.Apply, PlanPolicy? policy = null, PlanFilter? filter =
            null)
    {
        var provider = Provider();
        var live = await provider.ReadAsync(
            new ReadRequest(desired, ReadDepth.Deep), TestContext.Current.CancellationToken);
        var settled = provider.Settle(desired, live).Value ?? ResourceGraph.Empty;
        var compared = Differ.Compare(settled, live, provider.Kinds);
        return new PlanInput
        {
            Purpose = purpose,
            ToolVersion = "1.2.3",
            InputDigest = "0123",
            CreatedAt = Now,
            Policy = policy ?? new PlanPolicy { AllowEmpty = true },
            Filter = filter ?? PlanFilter.Everything,
            Diagnostics = compared.Diagnostics,
            Scopes =
            [
                new ScopeInput
                {
                    Scope = provider.Scope,
                    Config = "{}",
                    Kinds = provider.Kinds,
                    Changes = compared.Value ?? new ChangeSet([]),
                    Live = live,
                    Bridge = provider.Bridge,
                    DescribeTraffic = provider.DescribeTraffic,
                },
            ],
        };
    }

    public async Task<Plan> PlanAsync(
        ResourceGraph desired, PlanPurpose purpose = PlanPurpose.Apply, PlanFilter? filter = null)
    {
        var planned = Planner.Plan(await InputAsync(desired, purpose, filter: filter));
        Assert.True(planned.Succeeded, string.Join('\n', planned.Diagnostics.Select(diagnostic => diagnostic.Detail)));
        return planned.Value;
    }

    public async Task<ApplySummary> ApplyAsync(Plan plan, FakeProvider? provider = null, int parallelism = 8) =>
        Assert.IsType<ApplyEvent.Finished>((await EventsAsync(plan, provider, parallelism))[^1]).Summary;

    public async Task<List<ApplyEvent>> EventsAsync(
        Plan plan, FakeProvider? provider = null, int parallelism = 8,
        CancellationTokenSource? stop = null, CancellationTokenSource? kill = null)
    {
        var executor = new Executor(
            new ExecutorOptions { Clock = TimeProvider.System, Parallelism = parallelism });
        var providers = new Dictionary<string, IProvider> { ["default"] = provider ?? Provider() };
        var events = new List<ApplyEvent>();
        await foreach (var happened in executor.ApplyAsync(plan, providers, _ => null,
            stop?.Token ?? CancellationToken.None, kill?.Token ?? TestContext.Current.CancellationToken))
        {
            events.Add(happened);
        }

        return events;
    }

    /// <summary>Plans, checks, applies, and demands that nothing is left to do.</summary>
    public async Task ConvergeAsync(ResourceGraph desired, string hint)
    {
        var plan = await PlanAsync(desired);
        AssertSafe(plan, hint);
        var events = await EventsAsync(plan);
        var failures = events.OfType<ApplyEvent.StepFailed>().Select(
            failed => $"{failed.Step.Action} {failed.Step.Address}: {failed.Diagnostic.Detail}");
        Assert.True(!failures.Any(), $"{hint}: {string.Join('\n', failures)}");
        await AssertSettledAsync(desired, hint);
    }

    public async Task AssertSettledAsync(ResourceGraph desired, string hint)
    {
        var again = await PlanAsync(desired);
        Assert.True(again.Steps.Count is 0,
            $"{hint}: left to do: {string.Join(", ", again.Steps.Select(step => $"{step.Action} {step.Address}"))}");
        Assert.Equal(desired.Nodes.Select(node => node.Address),
            Cloud.Objects.Where(item => item.Owner is "us").Select(item => item.Address).Order());
    }

    public static void AssertSafe(Plan plan, string hint)
    {
        var findings = PlanChecker.Check(plan, Kinds);
        Assert.True(findings.Count is 0, $"{hint}: {string.Join('\n', findings.Select(finding => finding.Detail))}");
    }

    public static RoutingModel NoRouting { get; } = new([]);
}
