using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Operations;
using Gwctl.Controller.Reconciliation;
using Gwctl.Controller.Sharding;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Leases;
using Gwctl.Kubernetes.Objects;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Applying;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Controller.Tests;

/// <summary>An API server and a cloud, both in this process, and controllers between them.</summary>
public sealed class ClusterWorld : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Tables that hold objects; the others are indexes of these.</summary>
    private static readonly string[] Kinds =
    [
        "load-balancer", "listener", "rule", "target-group", "target", "security-group", "certificate", "zone",
            "record",
    ];

    private readonly List<Replica> _replicas = [];
    private readonly SandboxCloud _cloud;
    private readonly KubeSettings _settings;

    private ClusterWorld(SandboxCloud cloud, KubernetesCloud kubernetes, KubeSettings? cluster)
    {
        (_cloud, Kubernetes) = (cloud, kubernetes);
        _settings = cluster ?? new KubeSettings
        {
            Server = kubernetes.Endpoint,
            AuthorityPem = kubernetes.CertificateAuthority is "" ? null : kubernetes.CertificateAuthority,
            Token = new KubeToken.Fixed(new SecretText(kubernetes.Token)),
        };
        Client = NewClient(null, new CutSwitch());
        kubernetes.Called = record =>
        {
            var call = record.Call;
            Requests.Enqueue(record);
            if (call.IsWrite && record.Status < 300 && call.Resource is not ("leases" or "events"))
            {
                ClusterWrites.Enqueue($"{call.Verb} {call.Resource}/{call.Subresource} {call.Namespace}/{call.Name}");
            }
        };
    }

    public KubernetesCloud Kubernetes { get; }

    public AwsCloud Aws => _cloud.Aws;

    public LiveDataPlane DataPlane => _cloud.DataPlane
        ?? throw new InvalidOperationException("There is no data plane.");

    /// <summary>The administrator's.</summary>
    public KubeClient Client { get; }

    /// <summary>Every step that was carried out.</summary>
    public StepLog Steps { get; } = new();

    /// <summary>Objects that were written in the cluster, but for Leases: <c>verb plural/subresource
    /// namespace/name</c>.
    /// </summary>
    public ConcurrentQueue<string> ClusterWrites { get; } = new();

    /// <summary>Every request for objects that was served; of a watch when it ended.</summary>
    public ConcurrentQueue<KubernetesCallRecord> Requests { get; } = new();

    /// <param name="accounts">With some, the API server asks for roles.</param>
    /// <param name="cluster">A cluster that is there already, in place of the sandbox's.</param>
    public static async Task<ClusterWorld> StartAsync(
        bool dataPlane = false,
        bool tls = false,
        KubeSettings? cluster = null,
        params EquatableList<KubernetesUser> accounts)
    {
        var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                Aws = new AwsOptions
                {
                    Delays = AwsDelays.None,
                    HostedZones = ["example.com"],
                    Credentials = [new AwsCredential("test", "test")],
                },
                DataPlane = dataPlane ? new DataPlaneOptions { OwnAddresses = false } : null,
                Kubernetes = new KubernetesOptions { Tls = tls, EnforcesRbac = accounts.Count > 0, Users = accounts },
            },
            TestContext.Current.CancellationToken);
        var api = cloud.Kubernetes ?? throw new InvalidOperationException("No API server.");
        var world = new ClusterWorld(cloud, api, cluster);
        await world.ApplyAsync(Specs.Base);
        return world;
    }

    /// <param name="token">Null for the administrator's.</param>
    public KubeClient NewClient(KubeToken? token, CutSwitch line) => new(
        token is null ? _settings : _settings with { Token = token },
        new KubeClientOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            Wrap = line.Wrap,
        });

    /// <summary>Starts a controller.</summary>
    /// <param name="token">Null for the administrator's.</param>
    public Replica Run(
        string name = "a", Func<ControllerOptions, ControllerOptions>? change = null, KubeToken? token = null)
    {
        var line = new CutSwitch();
        var options = new ControllerOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            Providers = config => Provider(config, name, line),
            ToolVersion = "test",
            ResyncEvery = TimeSpan.FromHours(1),
            Shards = new ShardOptions
            {
                Identity = name,
                Namespace = "default",
                Times = new LeaseTimes
                {
                    Duration = TimeSpan.FromSeconds(3),
                    StopAfter = TimeSpan.FromSeconds(2),
                    GiveUpAfter = TimeSpan.FromSeconds(2.5),
                    RetryEvery = TimeSpan.FromMilliseconds(250),
                },
            },
            Queue = new WorkQueueOptions { RetryMin = TimeSpan.FromMilliseconds(200) },
        };
        var client = NewClient(token, line);
        var replica = new Replica(client, change?.Invoke(options) ?? options, line);
        _replicas.Add(replica);
        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        Client.Dispose();
        await _cloud.DisposeAsync();
    }

    /// <summary>Applies specs as kubectl does.</summary>
    public async Task ApplyAsync(string yaml)
    {
        foreach (var body in Specs.Parse(yaml))
        {
            await Client.ApplyAsync(
                Specs.ResourceOf(body), body, new FieldOwner("test", Force: true),
                    TestContext.Current.CancellationToken);
        }
    }

    public Task DeleteAsync(string kind, string name) => Client.DeleteAsync(
        Specs.ResourceOf(kind), Specs.NameOf(kind, name), DeletePreconditions.None,
            TestContext.Current.CancellationToken);

    public async Task<KubeObject?> FindAsync(string kind, string name) => await Client.FindAsync(
        Specs.ResourceOf(kind), Specs.NameOf(kind, name), TestContext.Current.CancellationToken);

    /// <summary>Waits until something holds of an object.</summary>
    public async Task<KubeObject?> UntilAsync(
        string kind, string name, Func<KubeObject?, bool> holds, TimeSpan? patience = null)
    {
        KubeObject? found = null;
        await UntilAsync(
            async () => holds(found = await FindAsync(kind, name)),
            () => $"{kind} {name}: {found?.Body.ToJsonString()}",
            patience);
        return found;
    }

    public Task<KubeObject?> ProgrammedAsync(string gateway = "web", TimeSpan? patience = null) =>
        UntilAsync("Gateway", gateway, found => Conditions.Is(found, "Programmed", "True"), patience);

    public async Task UntilAsync(Func<Task<bool>> holds, Func<string> otherwise, TimeSpan? patience = null)
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        while (!await holds())
        {
            if (clock.GetElapsedTime(since) > (patience ?? Patience))
            {
                var lines = ClusterWrites.TakeLast(10).Concat(_replicas.Select(replica => replica.LastLines));
                Assert.Fail($"{otherwise()}\n{string.Join('\n', lines)}");
            }

            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As somebody at the cloud's console would: deletes a rule.</summary>
    public async Task DeleteRuleAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        using var api = Api();
        var balancers = await api.Elbv2.DescribeLoadBalancersAsync(new(), stop);
        var listeners = await api.Elbv2.DescribeListenersAsync(
            new() { LoadBalancerArn = balancers.LoadBalancers[0].LoadBalancerArn }, stop);
        var rules =
            await api.Elbv2.DescribeRulesAsync(new() { ListenerArn = listeners.Listeners[0].ListenerArn }, stop);
        var rule = rules.Rules.First(rule => rule.IsDefault is not true);
        await api.Elbv2.DeleteRuleAsync(new() { RuleArn = rule.RuleArn ?? "" }, stop);
    }

    /// <summary>Addresses registered for a Service, sorted.</summary>
    public async Task<List<string>> TargetsOfAsync(string service)
    {
        var stop = TestContext.Current.CancellationToken;
        using var api = Api();
        var groups = await api.Elbv2.DescribeTargetGroupsAsync(new(), stop);
        var found = new List<string>();
        foreach (var group in groups.TargetGroups)
        {
            var arn = group.TargetGroupArn ?? "";
            var tags = await api.Elbv2.DescribeTagsAsync(new() { ResourceArns = [arn] }, stop);
            if (tags.TagDescriptions[0].Tags.Any(tag => tag.Value?.Contains(service, StringComparison.Ordinal) is true))
            {
                var health = await api.Elbv2.DescribeTargetHealthAsync(new() { TargetGroupArn = arn }, stop);
                found.AddRange(health.TargetHealthDescriptions
                    .Where(item => item.TargetHealth.State is not TargetHealthStateEnum.Draining)
                    .Select(item => item.Target.Id));
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private AwsApi Api() => new(new AwsApiOptions
    {
        Region = "us-east-1",
        Clock = TimeProvider.System,
        Random = Random.Shared.NextDouble,
        Handler = _cloud.CreateHandler(),
        EndpointUrl = _cloud.Endpoint,
        LimitsRate = false,
        Credentials = new AwsCredentialsSource.Static("test", "test"),
    });

    /// <summary>How many objects of the kind live in the cloud.</summary>
    public int Count(string kind) => Aws.Snapshot().Split('\n')
        .Count(line => line.Split(' ', 2)[0].Split('/').Skip(1).FirstOrDefault(Kinds.Contains) == kind);

    public int CloudObjects => Kinds.Where(kind => kind is not ("record" or "zone")).Sum(Count);

    /// <summary>Waits until nothing is written any more, to either side, for a while.</summary>
    public async Task QuietAsync()
    {
        var (writes, steps, since) = (-1, -1, 0L);
        await UntilAsync(
            () =>
            {
                if (writes != ClusterWrites.Count || steps != Steps.Writes.Count)
                {
                    (writes, steps, since) =
                        (ClusterWrites.Count, Steps.Writes.Count, TimeProvider.System.GetTimestamp());
                }

                return Task.FromResult(TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMilliseconds(700));
            },
            () => $"Still writing: {string.Join(", ", ClusterWrites.TakeLast(5))}");
    }

    private Compiled<IProvider> Provider(ProviderConfigSpec config, string replica, CutSwitch line)
    {
        var made = AwsProvider.Create(config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            Handler = line.Wrap(_cloud.CreateHandler()),
            EndpointUrl = _cloud.Endpoint,
            LimitsRate = false,
            Credentials = new AwsCredentialsSource.Static("test", "test"),
            Waits = new AwsWaits
            {
                PauseMin = TimeSpan.FromMilliseconds(20),
                PauseMax = TimeSpan.FromMilliseconds(200)
            },
        });
        return made.Value is null ? made : made with { Value = Steps.Watch(made.Value, replica) };
    }
}

/// <summary>A running controller.</summary>
public sealed class Replica : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly StringWriter _log = new(new StringBuilder());
    private readonly TextWriter _safe;
    private readonly Task _running;
    private readonly KubeClient _client;
    private readonly CutSwitch _line;

    public Replica(KubeClient client, ControllerOptions options, CutSwitch line)
    {
        (_client, _line) = (client, line);
        _safe = TextWriter.Synchronized(_log);
        Host = new ControllerHost(client, options, new ControllerLog(_safe, TimeProvider.System));
        _running = Host.RunAsync(_stop.Token, _kill.Token);
    }

    public ControllerHost Host { get; }

    public string Log
    {
        get
        {
            lock (_safe)
            {
                return _log.ToString();
            }
        }
    }

    public string LastLines => string.Join('\n', Log.Split('\n').TakeLast(12));

    /// <summary>As SIGKILL does, to all others.</summary>
    public void Kill() => _line.Cut();

    /// <summary>As SIGTERM does.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _kill.CancelAsync();
        await _running;
        Host.Dispose();
        _client.Dispose();
        _stop.Dispose();
        _kill.Dispose();
    }
}

/// <summary>Looks at conditions.</summary>
public static class Conditions
{
    public static JsonObject? Find(JsonNode? holder, string type) =>
        (holder?["conditions"] as JsonArray)?.OfType<JsonObject>()
            .FirstOrDefault(item => Json.Text(item, "type") == type);

    /// <summary>The condition has the status, and speaks of the object as it is now.</summary>
    public static bool Is(KubeObject? found, string type, string status) =>
        Find(found?.Status, type) is { } condition && Json.Text(condition, "status") == status
        && condition["observedGeneration"]?.GetValue<long>() == found?.Generation;
}
