using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Conformance.Scenarios;
using Gwctl.Testing.Clouds;

namespace Gwctl.Providers.Conformance;

/// <summary>A scenario in a cloud that holds what other people have.</summary>
internal sealed class ScenarioRun : IAsyncDisposable
{
    private readonly Traffic? _traffic;
    private string _foreign = "";
    private string _everything = "";

    private ScenarioRun(CloudUnderTest cloud, EquatableList<Stage> stages)
    {
        (Cloud, Stages, Harness) = (cloud, stages, new Harness(cloud));
        _traffic = cloud.Sandbox?.DataPlane is { } plane ? new Traffic(cloud, plane) : null;
    }

    public CloudUnderTest Cloud { get; }

    /// <summary>Empty where the provider refuses the scenario, as its table says.</summary>
    public EquatableList<Stage> Stages { get; private set; }

    public Harness Harness { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes what is foreign. Where the provider's table says that it cannot do the scenario, that is
    /// checked.</summary>
    public static async Task<ScenarioRun> StartAsync(CloudUnderTest cloud, string name)
    {
        var scenario = ScenarioList.For(cloud.Place.Domain).Single(found => found.Name == name);
        TestContext.Current.TestOutputHelper?.WriteLine(scenario.Lesson);
        var run = new ScenarioRun(cloud, scenario.Stages);
        var missing = cloud.Provider.MissingAt(cloud.Place);
        if (missing is not null)
        {
            await run.DisposeAsync();
            Assert.Skip(missing);
        }

        await cloud.Provider.DeleteForeignAsync(cloud.Place, Token);
        await cloud.Provider.MakeForeignAsync(cloud.Place, Token);
        run._foreign = await run.ShowForeignAsync();
        run._everything = cloud.Controls?.Snapshot() ?? "";
        if (run.Refused(scenario) is { Count: > 0 } refused)
        {
            await run.AssertRefusedAsync(scenario, refused);
            run.Stages = [];
        }

        return run;
    }

    /// <summary>Another process of the user's.</summary>
    public Harness NewHarness() => new(Cloud);

    /// <summary>What other people have is, byte for byte, as it was.</summary>
    public async Task AssertForeignAsync() => Assert.Equal(_foreign, await ShowForeignAsync());

    /// <summary>Requests fare as the stage says; at an endpoint nobody asks.</summary>
    public Task AssertTrafficAsync(Stage stage) => _traffic?.AssertAsync(stage) ?? Task.CompletedTask;

    /// <summary>Deletes everything of ours, and looks that it was that.</summary>
    public async Task DestroyAsync()
    {
        await Harness.ApplyAsync(PlanPurpose.Destroy);
        Assert.Empty((await Harness.PlanAsync(PlanPurpose.Destroy)).Changes);
        await AssertForeignAsync();
        Assert.Equal(_everything, Cloud.Controls?.Snapshot() ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        _traffic?.Dispose();
        if (!Cloud.Place.IsSandbox && _foreign is not "")
        {
            // Another process: this one may have been stopped in the middle.
            var last = NewHarness();
            await last.TryApplyAsync(await last.PlanAsync(PlanPurpose.Destroy));
            await Cloud.Provider.DeleteForeignAsync(Cloud.Place, CancellationToken.None);
        }

        await Cloud.DisposeAsync();
    }

    private Task<string> ShowForeignAsync() => Cloud.Provider.ShowForeignAsync(Cloud.Place, Token);

    /// <summary>The features that the scenario needs and the provider's table refuses.</summary>
    private List<string> Refused(Scenario scenario)
    {
        var provider = Cloud.Create(Harness.Read(Cloud.Config).ProviderConfigs.Single()).Value;
        Assert.NotNull(provider);
        var table = provider.Capabilities.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        (provider as IDisposable)?.Dispose();
        Assert.All(scenario.Needs, need => Assert.Contains(need, table));
        return [.. scenario.Needs.Where(need => table[need].Level is SupportLevel.Unsupported)];
    }

    /// <summary>What the table refuses is an error, and nothing is changed.</summary>
    private async Task AssertRefusedAsync(Scenario scenario, List<string> refused)
    {
        foreach (var stage in scenario.Stages)
        {
            Harness.Want(stage.Specs);
            var planned = await Harness.TryPlanAsync();
            Assert.True(
                planned.Diagnostics.Any(found => found.Severity is Severity.Error),
                $"{string.Join(", ", refused)}: refused by the table, and by nothing else");
        }

        Harness.Want("");
        await AssertForeignAsync();
        Assert.Equal(_everything, Cloud.Controls?.Snapshot() ?? "");
    }
}
