using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>A sandbox, a provider that works in it, and a walk through changes one after the other: enough of an engine to try
/// every handler, without the planner's cleverness in between.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly string[] CreationOrder =
    [
        Kinds.SecurityGroup, Kinds.TargetGroup, Kinds.ImportedCertificate, Kinds.RequestedCertificate, Kinds.LoadBalancer,
        Kinds.Targets, Kinds.Listener, Kinds.ListenerCertificate, Kinds.Rule, Kinds.DnsRecord,
    ];

    private readonly ConcurrentQueue<AwsCall> _calls = new();
    private SpecSet _specs = new();

    private Bench(SandboxCloud cloud, string config)
    {
        Cloud = cloud;
        Config = Read(config).ProviderConfigs.Single();
        Provider = NewProvider();
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
        """;

    public SandboxCloud Cloud { get; }

    public ProviderConfigSpec Config { get; }

    public IProvider Provider { get; private set; }

    /// <summary>For changes by hand, past the provider.</summary>
    public AwsApi Api { get; }

    /// <summary>Operations of the provider's calls since the last <see cref="ForgetCalls"/>.</summary>
    public IReadOnlyList<string> Operations => [.. _calls.Select(call => call.Operation)];

    public static async Task<Bench> StartAsync(AwsOptions? options = null, string config = DefaultConfig)
    {
        var aws = options ?? new AwsOptions { HostedZones = ["example.com"], Delays = AwsDelays.None };
        var cloud = await SandboxCloud.StartAsync(new SandboxOptions { Aws = aws }, TestContext.Current.CancellationToken);
        return new Bench(cloud, config);
    }

    public void ForgetCalls() => _calls.Clear();

    /// <summary>Another process: it remembers nothing.</summary>
    public void Restart() => Provider = NewProvider();

    public void Want(string specs) => _specs = Read(specs);

    public ResourceGraph Desired()
    {
        var options = new TopologyOptions { ProviderConfig = Config };
        var topology = TopologyResolver.Resolve(_specs, options);
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        var graph = Provider.Project(routing.Value);
        Assert.NotNull(graph.Value);
        Assert.DoesNotContain(
            topology.Diagnostics.Concat(routing.Diagnostics).Concat(graph.Diagnostics),
            diagnostic => diagnostic.Severity is Severity.Error);
        return graph.Value;
    }

    public Task<LiveState> ReadAsync(ReadDepth depth = ReadDepth.Deep) =>
        Provider.ReadAsync(new ReadRequest(Desired(), depth), TestContext.Current.CancellationToken);

    /// <summary>What an apply would do, without the objects that stay as they are.</summary>
    public async Task<IReadOnlyList<Change>> PlanAsync(ReadDepth depth = ReadDepth.Deep)
    {
        var desired = Desired();
        var live = await Provider.ReadAsync(new ReadRequest(desired, depth), TestContext.Current.CancellationToken);
        var settled = Provider.Settle(desired, live);
        Assert.True(settled.Succeeded, string.Join("\n", settled.Diagnostics));
        var changes = Differ.Compare(settled.Value, live, Provider.Kinds);
        Assert.True(changes.Succeeded, string.Join("\n", changes.Diagnostics));
        Known = live.Resources.Where(resource => resource.Ownership is Ownership.Ours)
            .GroupBy(resource => resource.Address)
            .ToDictionary(group => group.Key, group => group.First().Outputs);
        return [.. changes.Value.Changes.Where(change => change is not Change.Keep)];
    }

    /// <summary>Outputs of what lives, or was just made.</summary>
    public Dictionary<ResourceAddress, AttributeMap> Known { get; private set; } = [];

    public async Task ApplyAsync() => await ApplyAsync(await PlanAsync());

    public async Task ApplyAsync(IReadOnlyList<Change> changes)
    {
        await ReorderAsync(changes);
        foreach (var change in changes.Where(change => change is not Change.Delete).OrderBy(Rank))
        {
            await WriteAsync(change);
        }

        var gone = changes.Where(change => change is Change.Delete or Change.Replace)
            .Select(change => change is Change.Delete delete ? delete.Before : ((Change.Replace)change).Before)
            .ToList();
        foreach (var resource in gone.OrderByDescending(resource => Array.IndexOf(CreationOrder, resource.Address.Kind)))
        {
            if (!gone.Exists(parent => IsParent(parent, resource)))
            {
                await StepAsync(StepAction.Delete, resource.Address, resource, null);
            }
        }
    }

    /// <summary>Fails with the changes in readable form where there are any.</summary>
    public async Task AssertNoChangesAsync(ReadDepth depth = ReadDepth.Deep)
    {
        var changes = await PlanAsync(depth);
        Assert.True(changes.Count == 0, string.Join("\n", changes.Select(Describe)));
    }

    public static string Describe(Change change) => change switch
    {
        Change.Update update => $"~ {change.Address} {string.Join(", ", update.Attributes)}",
        Change.Replace replace => $"+/- {change.Address} {string.Join(", ", replace.Attributes)}",
        _ => $"{change.GetType().Name} {change.Address}",
    };

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
            Reveal = Reveal,
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

    private static int Rank(Change change) => Array.IndexOf(CreationOrder, change.Address.Kind);

    private static bool IsParent(LiveResource parent, LiveResource child) =>
        KindSchemas.All.Single(kind => kind.Kind == child.Address.Kind).ParentAttribute is { } name
        && child.Attributes[name] is AttributeValue.Text(var id) && id == parent.Id;

    private async Task ReorderAsync(IReadOnlyList<Change> changes)
    {
        var moved = changes.OfType<Change.Update>()
            .Where(update => update.Attributes.Any(attribute => attribute.Path is "priority"))
            .Select(update => new BatchMember(
                update.Address,
                update.Before.Id,
                update.Before.Attributes["priority"] ?? throw new InvalidOperationException(),
                update.After.Attributes["priority"] ?? throw new InvalidOperationException()))
            .ToList();
        if (moved.Count > 0)
        {
            await StepAsync(StepAction.Reorder, moved[0].Address, null, null, [.. moved]);
        }
    }

    private async Task WriteAsync(Change change)
    {
        switch (change)
        {
            case Change.Create create:
                await CreateAsync(create.After);
                break;
            case Change.Replace replace:
                await CreateAsync(replace.After);
                break;
            case Change.Update update:
                await StepAsync(StepAction.Update, update.Address, update.Before, update.After.Attributes);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task CreateAsync(ResourceNode node)
    {
        await StepAsync(StepAction.Create, node.Address, null, node.Attributes);
        if (node.Address.Kind is Kinds.LoadBalancer or Kinds.RequestedCertificate)
        {
            await StepAsync(StepAction.AwaitReady, node.Address, null, null);
        }
    }

    private SecretText Reveal(AttributeValue.Secret secret)
    {
        var (name, field) = (secret.Source.Split('#')[0]["Secret/".Length..], secret.Source.Split('#')[1]);
        var found = _specs.Secrets.Single(candidate => candidate.Name.ToString() == name);
        return (field is "tls.crt" ? found.Certificate : found.PrivateKey) ?? throw new InvalidOperationException(name);
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

    private IProvider NewProvider()
    {
        var created = AwsProvider.Create(Config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = () => 0,
            EndpointUrl = Cloud.Endpoint,
            Credentials = new AwsCredentialsSource.Static("test", "test"),
            LimitsRate = false,
            Observer = _calls.Enqueue,
            Waits = new Aws.Applying.AwsWaits { PauseMin = TimeSpan.FromMilliseconds(5), PauseMax = TimeSpan.FromMilliseconds(50) },
        });
        Assert.True(created.Succeeded, string.Join("\n", created.Diagnostics));
        return created.Value;
    }
}
