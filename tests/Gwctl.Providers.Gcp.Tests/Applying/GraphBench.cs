using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;
using Gwctl.Providers.Gcp.Reading;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>A sandbox, a provider that works in it by graphs made by hand, and the engine over both.</summary>
internal sealed class GraphBench : IAsyncDisposable
{
    public const string Project = "proj-1";

    private const string ConfigText = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: test}
        spec: {provider: gcp, owner: tests}
        """;

    private static readonly ReadScope Scope = new(
        "test", "tests", Project, [new DnsZoneSpec("example.com", null, false, SourceSpan.None)]);

    private readonly ConcurrentQueue<GcpCall> _calls = new();
    private readonly ProviderConfigSpec _config;
    private GraphProvider _provider;
    private PlanSession _session;

    private GraphBench(SandboxCloud cloud)
    {
        Cloud = cloud;
        var specs = SpecReader.Read([new SpecSource("test.yaml", ConfigText)]);
        Assert.NotNull(specs.Value);
        _config = specs.Value.ProviderConfigs.Single();
        (_provider, _session) = NewProcess();
        Api = NewApi(null);
    }

    public static readonly GcpOptions Quick = new()
    {
        Delays = GcpDelays.None,
        ManagedZones = [new GcpZone(Project, "example-com", "example.com.")],
        ChecksAnswers = true,
    };

    public SandboxCloud Cloud { get; }

    /// <summary>For changes by hand, past the provider.</summary>
    public GcpApi Api { get; }

    public ResourceGraph Desired { get; set; } = ResourceGraph.Empty;

    public GraphProvider Provider => _provider;

    /// <summary>Operations of the provider's calls since the last <see cref="ForgetCalls"/>.</summary>
    public IReadOnlyList<string> Operations => [.. _calls.Select(call => call.Operation)];

    public IReadOnlyList<string> Writes => [.. _calls.Where(call => call.Writes).Select(call => call.Operation)];

    public static async Task<GraphBench> StartAsync(GcpOptions? gcp = null) => new(await SandboxCloud.StartAsync(
        new SandboxOptions { Gcp = gcp ?? Quick }, TestContext.Current.CancellationToken));

    public void ForgetCalls() => _calls.Clear();

    /// <summary>Another process: it remembers nothing.</summary>
    public void Restart() => (_provider, _session) = NewProcess();

    public Task<LiveState> ReadAsync() =>
        _provider.ReadAsync(new ReadRequest(Desired, ReadDepth.Deep), TestContext.Current.CancellationToken);

    public async Task<Plan> PlanAsync(PlanPurpose purpose = PlanPurpose.Apply, params EquatableList<string> adopt)
    {
        var planned = await TryPlanAsync(purpose, adopt);
        Assert.True(planned.Succeeded, string.Join("\n", planned.Diagnostics));
        return planned.Value;
    }

    public Task<Compiled<Plan>> TryPlanAsync(
        PlanPurpose purpose = PlanPurpose.Apply, params EquatableList<string> adopt) => _session.PlanAsync(
        new PlanRequest
        {
            Purpose = purpose,
            Adopt = adopt,
            Model = new RoutingModel([]),
            Configs = [_config],
            InputDigest = "test",
            ToolVersion = "test",
            Policy = new PlanPolicy { AllowEmpty = true },
        },
        TestContext.Current.CancellationToken);

    public async Task ApplyAsync() => await ApplyAsync(await PlanAsync());

    public async Task DestroyAsync() => await ApplyAsync(await PlanAsync(PlanPurpose.Destroy));

    public async Task ApplyAsync(Plan plan)
    {
        var failed = (await TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>();
        Assert.True(!failed.Any(), string.Join("\n", failed.Select(step => step.Diagnostic)));
    }

    public async Task<IReadOnlyList<ApplyEvent>> TryApplyAsync(Plan plan)
    {
        var executor = new Executor(new ExecutorOptions { Clock = TimeProvider.System, Parallelism = Parallelism });
        return await executor.ApplyAsync(
            plan, _session.Providers, Reveal, CancellationToken.None, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Calls in flight: one where faults are counted out, so that no call meets each of them.</summary>
    public int Parallelism { get; set; } = ExecutorOptions.DefaultParallelism;

    /// <summary>Fails with the changes in readable form where there are any.</summary>
    public async Task AssertNoChangesAsync()
    {
        var plan = await PlanAsync();
        Assert.True(!plan.HasChanges, Describe(plan));
    }

    public static string Describe(Plan plan) => string.Join("\n", plan.Changes.Select(change => change switch
    {
        Change.Update update => $"~ {change.Address} {string.Join(", ", update.Attributes)}",
        Change.Replace replace => $"+/- {change.Address} {string.Join(", ", replace.Attributes)}",
        _ => $"{change.GetType().Name} {change.Address}",
    }));

    public static SecretText? Reveal(AttributeValue.Secret secret) =>
        Shop.Secrets.GetValueOrDefault(secret.Source) is { } text ? new SecretText(text) : null;

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        Api.Dispose();
        await Cloud.DisposeAsync();
    }

    private (GraphProvider Provider, PlanSession Session) NewProcess()
    {
        var provider = new GraphProvider(NewApi(_calls.Enqueue), Scope, Waits, () => Desired);
        return (provider, new PlanSession(_ => Compiled.From<IProvider>(provider, []), TimeProvider.System));
    }

    private static readonly GcpWaits Waits = new()
    {
        PauseMin = TimeSpan.FromMilliseconds(5),
        PauseMax = TimeSpan.FromMilliseconds(50),
        EndpointsHealthyMax = TimeSpan.FromSeconds(5),
        UncheckedMax = TimeSpan.FromMilliseconds(300),
        DrainedMax = TimeSpan.FromMilliseconds(20),
        UnusedMax = TimeSpan.FromSeconds(5),
    };

    private GcpApi NewApi(Action<GcpCall>? observer) => new(new GcpApiOptions
    {
        Project = Project,
        Clock = TimeProvider.System,
        Random = Random.Shared.NextDouble,
        EndpointUrl = Cloud.Endpoint,
        Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
        LimitsRate = false,
        OperationPauseMin = TimeSpan.FromMilliseconds(5),
        OperationPauseMax = TimeSpan.FromMilliseconds(50),
        Observer = observer,
    });
}
