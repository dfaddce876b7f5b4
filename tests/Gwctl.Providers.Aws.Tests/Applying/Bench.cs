using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>A sandbox, a provider that works in it, and the engine over both.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly ConcurrentQueue<AwsCall> _calls = new();
    private SpecSet _specs = new();
    private PlanSession _session;

    private Bench(SandboxCloud cloud, string config)
    {
        Cloud = cloud;
        Config = Read(config).ProviderConfigs.Single();
        (Provider, _session) = NewProcess();
        Api = new AwsApi(new AwsApiOptions
        {
            Region = "us-east-1",
            Clock = TimeProvider.System,
            Random = () => 0,
            EndpointUrl = cloud.Endpoint,
            Credentials = new AwsCredentialsSource.Static("test", "test"),
            LimitsRate = false,
        });
    }

    private static readonly TimeSpan HealthyMax = TimeSpan.FromMilliseconds(300);

    public const string DefaultConfig = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: test}
        spec:
          provider: aws
          owner: tests
          dns:
            zones: [{name: example.com}]
          aws:
            region: us-east-1
            loadBalancerAttributes: {idle_timeout.timeout_seconds: "61"}
            quotas: {rulesPerLoadBalancer: 200, targetGroupsPerLoadBalancer: 200}
        """;

    public SandboxCloud Cloud { get; }

    public ProviderConfigSpec Config { get; private set; }

    /// <summary>Outputs for single steps.</summary>
    public Dictionary<ResourceAddress, AttributeMap> Known { get; } = [];

    public IProvider Provider { get; private set; }

    public PlanSession Session => _session;

    /// <summary>For changes by hand, past the provider.</summary>
    public AwsApi Api { get; }

    /// <summary>Operations of the provider's calls since the last <see cref="ForgetCalls"/>.</summary>
    public IReadOnlyList<string> Operations => [.. _calls.Select(call => call.Operation)];

    public static async Task<Bench> StartAsync(AwsOptions? options = null, string config = DefaultConfig)
    {
        var aws = options ?? new AwsOptions { HostedZones = ["example.com"], Delays = AwsDelays.None };
        var cloud =
            await SandboxCloud.StartAsync(new SandboxOptions { Aws = aws }, TestContext.Current.CancellationToken);
        return new Bench(cloud, config);
    }

    /// <summary>What the specs cannot say yet.</summary>
    public Func<RoutingModel, RoutingModel> Amend { get; set; } = static model => model;

    public void ForgetCalls() => _calls.Clear();

    /// <summary>Another process: it remembers nothing.</summary>
    public void Restart() => (Provider, _session) = NewProcess();

    /// <summary>Another ProviderConfig from now on.</summary>
    public void Configure(string config)
    {
        Config = Read(config).ProviderConfigs.Single();
        Restart();
    }

    public void Want(string specs) => _specs = Read(specs);

    public RoutingModel Routing()
    {
        var topology = TopologyResolver.Resolve(_specs, new TopologyOptions { ProviderConfig = Config });
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        Assert.DoesNotContain(
            topology.Diagnostics.Concat(routing.Diagnostics), diagnostic => diagnostic.Severity is Severity.Error);
        return Amend(routing.Value);
    }

    public ResourceGraph Desired()
    {
        var graph = Provider.Project(Routing());
        Assert.True(graph.Succeeded, string.Join("\n", graph.Diagnostics));
        return graph.Value;
    }

    public Task<LiveState> ReadAsync(ReadDepth depth = ReadDepth.Deep) =>
        Provider.ReadAsync(new ReadRequest(Desired(), depth), TestContext.Current.CancellationToken);

    public Task<Plan> PlanAsync(ReadDepth depth = ReadDepth.Deep, PlanPurpose purpose = PlanPurpose.Apply) =>
        PlanAsync(Request() with { Depth = depth, Purpose = purpose });

    public PlanRequest Request() => new()
    {
        Purpose = PlanPurpose.Apply,
        Model = Routing(),
        Configs = [Config],
        InputDigest = "test",
        ToolVersion = "test",
        Policy = new PlanPolicy { AllowEmpty = true },
    };

    public async Task<Plan> PlanAsync(PlanRequest request)
    {
        var planned = await _session.PlanAsync(request, TestContext.Current.CancellationToken);
        Assert.True(planned.Succeeded, string.Join("\n", planned.Diagnostics));
        return planned.Value;
    }

    public async Task ApplyAsync() => await ApplyAsync(await PlanAsync());

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

    /// <summary>Calls in flight: one where a test counts calls.</summary>
    public int Parallelism { get; set; } = ExecutorOptions.DefaultParallelism;

    /// <summary>Fails with the changes in readable form where there are any.</summary>
    public async Task AssertNoChangesAsync(ReadDepth depth = ReadDepth.Deep)
    {
        var plan = await PlanAsync(depth);
        Assert.True(!plan.HasChanges, Describe(plan));
    }

    public static string Describe(Plan plan) => string.Join("\n", plan.Changes.Select(change => change switch
    {
        Change.Update update => $"~ {change.Address} {string.Join(", ", update.Attributes)}",
        Change.Replace replace => $"+/- {change.Address} {string.Join(", ", replace.Attributes)}",
        _ => $"{change.GetType().Name} {change.Address}",
    }));

    public async Task<StepOutcome> StepAsync(
        StepAction action, ResourceAddress address, LiveResource? before, AttributeMap? after,
        EquatableList<BatchMember>? members = null)
    {
        var resolved = after is null ? null : Resolve(after);
        var call = new StepCall
        {
            Step = new Step
            {
                Id = 0,
                Action = action,
                Address = address,
                LiveId = before?.Id ?? "",
                Fingerprint = before?.Fingerprint ?? "",
                Before = before?.Attributes,
                After = after,
                Members = members ?? [],
            },
            After = resolved,
            Reveal = secret => Reveal(secret) ?? throw new InvalidOperationException(secret.Source),
            Output = (source, output) => TextOf(source, output),
            Progress = _ => { },
        };
        var outcome = await Provider.ApplyAsync(call, TestContext.Current.CancellationToken);
        if (action is StepAction.Create or StepAction.Update or StepAction.Adopt)
        {
            Known[address] = outcome.Outputs;
        }

        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        (Provider as IDisposable)?.Dispose();
        Api.Dispose();
        await Cloud.DisposeAsync();
    }

    private SecretText? Reveal(AttributeValue.Secret secret)
    {
        var (name, field) = (secret.Source.Split('#')[0]["Secret/".Length..], secret.Source.Split('#')[1]);
        var found = _specs.Secrets.Single(candidate => candidate.Name.ToString() == name);
        return field is "tls.crt" ? found.Certificate : found.PrivateKey;
    }

    private string? TextOf(ResourceAddress source, string output) =>
        Known.GetValueOrDefault(source)?[output] is AttributeValue.Text(var text) ? text : null;

    private AttributeMap Resolve(AttributeMap map) =>
        new(map.Fields.Select(field => field with { Value = Resolve(field.Value) }));

    private AttributeValue Resolve(AttributeValue value) => value switch
    {
        AttributeValue.Reference(var source, var output) => new AttributeValue.Text(
            TextOf(source, output) ?? throw new InvalidOperationException($"no output {output} of {source}")),
        AttributeValue.List(var items) => new AttributeValue.List([.. items.Select(Resolve)]),
        AttributeValue.Map(var fields) => new AttributeValue.Map(Resolve(fields)),
        _ => value,
    };

    private static SpecSet Read(string text)
    {
        var specs = SpecReader.Read([new SpecSource("test.yaml", text)]);
        Assert.True(specs.Succeeded, string.Join("\n", specs.Diagnostics));
        return specs.Value;
    }

    private (IProvider Provider, PlanSession Session) NewProcess()
    {
        var created = AwsProvider.Create(Config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = () => 0,
            EndpointUrl = Cloud.Endpoint,
            Credentials = new AwsCredentialsSource.Static("test", "test"),
            LimitsRate = false,
            Observer = _calls.Enqueue,
            Waits = new Aws.Applying.AwsWaits
            {
                PauseMin = TimeSpan.FromMilliseconds(5),
                PauseMax = TimeSpan.FromMilliseconds(50),
                TargetsHealthyMax = HealthyMax,
            },
        });
        Assert.True(created.Succeeded, string.Join("\n", created.Diagnostics));
        return (created.Value, new PlanSession(_ => created, TimeProvider.System));
    }
}
