using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>A sandbox, and the whole provider over it, from specs on.</summary>
internal sealed class SpecBench : IAsyncDisposable
{
    public const string DefaultConfig = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: test}
        spec:
          provider: gcp
          owner: tests
          dns:
            zones: [{name: example.com}]
          gcp:
            project: proj-1
            region: us-central1
            zones: [us-central1-a]
            networkEndpointType: NON_GCP_PRIVATE_IP_PORT
        """;

    public static readonly string RegionalConfig = DefaultConfig.Replace(
        "region: us-central1", "region: us-central1\n    location: regional\n    networkTier: STANDARD",
        StringComparison.Ordinal);

    private readonly ConcurrentQueue<GcpCall> _calls = new();
    private readonly ProviderConfigSpec _config;
    private readonly IProvider _provider;
    private readonly PlanSession _session;
    private readonly bool _isGuest;
    private SpecSet _specs = new();

    private SpecBench(SandboxCloud cloud, string config, bool isGuest = false)
    {
        (Cloud, _isGuest) = (cloud, isGuest);
        var read = SpecReader.Read([new SpecSource("config.yaml", config)]);
        Assert.NotNull(read.Value);
        _config = read.Value.ProviderConfigs.Single();
        var created = GcpProvider.Create(_config, new GcpProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = cloud.Endpoint,
            Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
            LimitsRate = false,
            Observer = _calls.Enqueue,
            Waits = new GcpWaits
            {
                PauseMin = TimeSpan.FromMilliseconds(5),
                PauseMax = TimeSpan.FromMilliseconds(50),
                EndpointsHealthyMax = TimeSpan.FromSeconds(5),
                UncheckedMax = TimeSpan.FromMilliseconds(300),
                DrainedMax = TimeSpan.FromMilliseconds(20),
                UnusedMax = TimeSpan.FromSeconds(5),
            },
        });
        Assert.True(created.Succeeded, string.Join("\n", created.Diagnostics));
        _provider = created.Value;
        _session = new PlanSession(_ => created, TimeProvider.System);
    }

    public SandboxCloud Cloud { get; }

    /// <summary>Calls in flight.</summary>
    public int Parallelism { get; set; } = ExecutorOptions.DefaultParallelism;

    public void ForgetCalls() => _calls.Clear();

    public IReadOnlyList<string> Writes => [.. _calls.Where(call => call.Writes).Select(call => call.Operation)];

    public static async Task<SpecBench> StartAsync(string config = DefaultConfig) => new(
        await SandboxCloud.StartAsync(
            new SandboxOptions { Gcp = GraphBench.Quick with { Quotas = Roomy } },
            TestContext.Current.CancellationToken),
        config);

    /// <summary>Another owner in the same cloud, which ends with this bench.</summary>
    public SpecBench Beside(string owner) => new(
        Cloud, DefaultConfig.Replace("owner: tests", $"owner: {owner}", StringComparison.Ordinal), isGuest: true);

    public void Want(params IReadOnlyList<SpecSource> sources)
    {
        var specs = SpecReader.Read(sources);
        Assert.True(specs.Succeeded, string.Join("\n", specs.Diagnostics));

        // Specs that bring a configuration of another cloud get this one in its place.
        _specs = specs.Value.ProviderConfigs.Count is 0
            ? specs.Value
            : specs.Value with { ProviderConfigs = [_config] };
    }

    public async Task<Plan> PlanAsync(PlanPurpose purpose = PlanPurpose.Apply, params EquatableList<string> adopt)
    {
        var planned = await TryPlanAsync(purpose, adopt);
        Assert.True(planned.Succeeded, string.Join("\n", planned.Diagnostics));
        return planned.Value;
    }

    public Task<Compiled<Plan>> TryPlanAsync(
        PlanPurpose purpose = PlanPurpose.Apply, params EquatableList<string> adopt) =>
        _session.PlanAsync(Request(purpose) with { Adopt = adopt }, TestContext.Current.CancellationToken);

    /// <summary>What <c>gwctl drift</c> tells.</summary>
    public async Task<Plan> DriftAsync()
    {
        var compared = await _session.DriftAsync(Request(), TestContext.Current.CancellationToken);
        Assert.True(compared.Succeeded, string.Join("\n", compared.Diagnostics));
        return compared.Value;
    }

    private PlanRequest Request(PlanPurpose purpose = PlanPurpose.Apply)
    {
        var topology = TopologyResolver.Resolve(_specs, new TopologyOptions { ProviderConfig = _config });
        Assert.DoesNotContain(topology.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        return new PlanRequest
        {
            Purpose = purpose,
            Model = routing.Value,
            Configs = [_config],
            InputDigest = "test",
            ToolVersion = "test",
            Policy = new PlanPolicy { AllowEmpty = true },
        };
    }

    public async Task ApplyAsync(PlanPurpose purpose = PlanPurpose.Apply)
    {
        var failed = (await TryApplyAsync(await PlanAsync(purpose))).OfType<ApplyEvent.StepFailed>();
        Assert.True(!failed.Any(), string.Join("\n", failed.Select(step => step.Diagnostic)));
    }

    public async Task<IReadOnlyList<ApplyEvent>> TryApplyAsync(Plan plan)
    {
        var executor = new Executor(new ExecutorOptions { Clock = TimeProvider.System, Parallelism = Parallelism });
        return await executor.ApplyAsync(
            plan, _session.Providers, Reveal, CancellationToken.None, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ids of all that lives and bears our marks.</summary>
    public async Task<IReadOnlyList<string>> LivingAsync()
    {
        var live = await _provider.ReadAsync(
            new ReadRequest(ResourceGraph.Empty, ReadDepth.Deep), TestContext.Current.CancellationToken);
        return [.. live.Resources.Select(resource => $"{resource.Address.Kind} {resource.Id}")];
    }

    /// <summary>For changes by hand, past the provider.</summary>
    public GcpApi NewApi() => new(new GcpApiOptions
    {
        Project = GraphBench.Project,
        Clock = TimeProvider.System,
        Random = Random.Shared.NextDouble,
        EndpointUrl = Cloud.Endpoint,
        Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
        LimitsRate = false,
    });

    public async Task AssertNoChangesAsync()
    {
        var plan = await PlanAsync();
        Assert.True(!plan.HasChanges, GraphBench.Describe(plan));
    }

    public async ValueTask DisposeAsync()
    {
        (_provider as IDisposable)?.Dispose();
        if (!_isGuest)
        {
            await Cloud.DisposeAsync();
        }
    }

    private static GcpQuotas Roomy => new()
    {
        BackendServices = 500,
        HealthChecks = 500,
        UrlMaps = 100,
        ForwardingRules = 100,
        SslCertificates = 100,
        NetworkEndpointGroups = 500,
    };

    private SecretText? Reveal(AttributeValue.Secret secret)
    {
        var (name, field) = (secret.Source.Split('#')[0]["Secret/".Length..], secret.Source.Split('#')[1]);
        var found = _specs.Secrets.Single(candidate => candidate.Name.ToString() == name);
        return field is "tls.crt" ? found.Certificate : found.PrivateKey;
    }
}
