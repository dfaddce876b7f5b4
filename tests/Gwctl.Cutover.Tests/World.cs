using System.Text.Json;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Dns;
using Gwctl.Cutover.Running;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cutover.Tests;

/// <summary>A sandboxed cloud with an old and a new load balancer, a zone, and runners that know nothing of each other.
/// Every write is judged by the sandbox's own state.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>Of the listeners: one that needs no permission.</summary>
    public const int Port = 8080;

    public const string Host = "shop.example.com";

    private const string Config = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: world}
        spec:
          provider: aws
          owner: world
          dns: {zones: [{name: example.com}]}
          aws: {region: us-east-1}
        ---

        """;

    private readonly ProviderConfigSpec _config;
    private int _runs;

    private World(SandboxCloud cloud, ManualClock clock, CutoverSpec document, ProviderConfigSpec config)
    {
        (Cloud, Clock, Document, _config) = (cloud, clock, document, config);
        Api = new AwsApi(new AwsApiOptions
        {
            Region = "us-east-1",
            Clock = TimeProvider.System,
            Random = () => 0,
            EndpointUrl = cloud.Endpoint,
            Handler = cloud.CreateHandler(),
            Credentials = new AwsCredentialsSource.Static("test", "test"),
            LimitsRate = false,
        });
    }

    public SandboxCloud Cloud { get; }

    public ManualClock Clock { get; }

    /// <summary>What runs and the cloud go by: <see cref="Clock"/> unless another is given.</summary>
    public required TimeProvider Time { get; init; }

    public CutoverSpec Document { get; set; }

    public LiveDataPlane Plane =>
        Cloud.DataPlane ?? throw new InvalidOperationException("The sandbox has no data plane.");

    /// <summary>For what others do by hand.</summary>
    public AwsApi Api { get; }

    public string NewArn { get; private set; } = "";

    public string OldName { get; private set; } = "";

    /// <summary>What the sandbox's own state said after a write, where it was wrong.</summary>
    public List<string> Violations { get; } = [];

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<World> StartAsync(
        string document = "", string[]? unhealthy = null, bool ipv6 = false, bool dns = false,
        TimeProvider? time = null, DataPlaneOptions? plane = null)
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                Clock = time ?? clock,
                DataPlane = plane,
                Dns = dns ? new DnsOptions() : null,
                Aws = new AwsOptions
                {
                    Delays = AwsDelays.None,
                    HostedZones = ["example.com"],
                    UnhealthyTargets = [.. unhealthy ?? []],
                },
            },
            Cancellation);
        var text = Config + (document is "" ? Documents.Plain : document);
        var specs = SpecReader.Read([new SpecSource("world.yaml", text)]);
        Assert.NotNull(specs.Value);
        Assert.Empty(specs.Diagnostics);
        var world = new World(
            cloud, clock, Assert.Single(specs.Value.Cutovers), Assert.Single(specs.Value.ProviderConfigs))
        {
            Time = time ?? clock,
        };
        await world.MakeBalancersAsync(ipv6);
        cloud.Aws.Called = world.Judge;
        return world;
    }

    /// <summary>A run in a process of its own.</summary>
    public Task<CutoverReport> RunAsync(
        CutoverIntent intent, CancellationToken? cancellationToken = null, bool assumesIdle = false,
        HttpMessageHandler? handler = null) => RunAsync(NewProvider(handler), intent, cancellationToken, assumesIdle);

    public Task<CutoverReport> RunAsync(
        IProvider provider, CutoverIntent intent, CancellationToken? cancellationToken = null,
        bool assumesIdle = false)
    {
        Assert.NotNull(provider.WeightedDns);
        Assert.NotNull(provider.Balancers);
        var runner = new CutoverRunner(new CutoverParts
        {
            Dns = provider.WeightedDns,
            Balancers = provider.Balancers,
            Owner = "world",
            Servers = Cloud.Dns is { } dns ? new NameServers(dns.EndPoint) : NameServers.Nobody,
            Clock = Time,
            Run = $"run{Interlocked.Increment(ref _runs)}",
            Directory = AppContext.BaseDirectory,
        });
        return runner.RunAsync(Document, intent, assumesIdle, cancellationToken ?? Cancellation);
    }

    public IProvider NewProvider(HttpMessageHandler? handler = null)
    {
        var provider = AwsProvider.Create(_config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = () => 0,
            EndpointUrl = Cloud.Endpoint,
            Handler = handler ?? Cloud.CreateHandler(),
            Credentials = new AwsCredentialsSource.Static("test", "test"),
            LimitsRate = false,
            AttemptsMax = 1,
        });
        Assert.NotNull(provider.Value);
        return provider.Value;
    }

    /// <summary>Runs steps and lets time pass until nothing waits for time any more.</summary>
    public async Task<CutoverReport> RunToEndAsync()
    {
        for (var runs = 0; runs < 50; runs++)
        {
            var report = await RunAsync(CutoverIntent.Step);
            var name = Assert.Single(report.Names);
            if (name.Outcome is NameOutcome.Done or NameOutcome.Halted or NameOutcome.Refused)
            {
                return report;
            }

            Clock.Advance(name.Until - Clock.GetUtcNow() ?? TimeSpan.FromMinutes(1));
        }

        throw new InvalidOperationException("It does not end.");
    }

    public async Task CreateAsync(params ResourceRecordSet[] records) =>
        await ChangeAsync([.. records.Select(record => new Change
        {
            Action = ChangeAction.CREATE, ResourceRecordSet = record,
        })]);

    public async Task ChangeAsync(params Change[] changes)
    {
        var zones = await Api.Route53.ListHostedZonesAsync(new(), Cancellation);
        await Api.Route53.ChangeResourceRecordSetsAsync(
            new()
            {
                HostedZoneId = zones.HostedZones.Single().Id,
                ChangeBatch = new ChangeBatch { Changes = [.. changes] },
            },
            Cancellation);
    }

    public static ResourceRecordSet Record(string type, long ttl, params string[] values) => new()
    {
        Name = Host,
        Type = type,
        TTL = ttl,
        ResourceRecords = [.. values.Select(value => new ResourceRecord { Value = value })],
    };

    public static ResourceRecordSet Text(string name, string value) => new()
    {
        Name = name,
        Type = RRType.TXT,
        TTL = 300,
        ResourceRecords = [new ResourceRecord { Value = $"\"{value}\"" }],
    };

    /// <summary>Every record at and beside the hostname, as the sandbox keeps it: type, key, weight, target.</summary>
    public EquatableList<string> Records() =>
    [
        .. Lines().Select(record => string.Join(' ', new[]
        {
            Of(record, "Type"), Of(record, "SetIdentifier"), Number(record, "Weight"), Number(record, "TTL"),
            record.TryGetProperty("AliasTarget", out var alias) ? Of(alias, "DNSName") : Values(record),
        }.Where(part => part is not ""))).Order(StringComparer.Ordinal),
    ];

    public async ValueTask DisposeAsync()
    {
        Cloud.Aws.Called = null;
        Api.Dispose();
        await Cloud.DisposeAsync();
    }

    private async Task MakeBalancersAsync(bool ipv6)
    {
        await BalancerAsync("old", [], ipv6);
        NewArn = await BalancerAsync(
            "new", [("gwctl.dev/owner", "world"), ("gwctl.dev/gateway", "shop/web")], ipv6);
        OldName = (await Api.Elbv2.DescribeLoadBalancersAsync(new() { Names = ["old"] }, Cancellation))
            .LoadBalancers.Single().DNSName ?? "";
    }

    private async Task<string> BalancerAsync(string name, (string Key, string Value)[] tags, bool ipv6)
    {
        var subnets = (await Api.Ec2.DescribeSubnetsAsync(new(), Cancellation)).Subnets
            .DistinctBy(subnet => subnet.AvailabilityZone).Take(2).ToList();
        var balancer = await Api.Elbv2.CreateLoadBalancerAsync(
            new()
            {
                Name = name,
                Subnets = [.. subnets.Select(subnet => subnet.SubnetId)],
                IpAddressType = ipv6 ? "dualstack" : null,
                Tags = [.. tags.Select(tag => new Providers.Aws.Api.Elbv2.Tag { Key = tag.Key, Value = tag.Value })],
            },
            Cancellation);
        var group = await Api.Elbv2.CreateTargetGroupAsync(
            new() { Name = name, Protocol = "HTTP", Port = 80, VpcId = subnets[0].VpcId, TargetType = "ip" },
            Cancellation);
        var arn = group.TargetGroups.Single().TargetGroupArn;
        await Api.Elbv2.RegisterTargetsAsync(
            new()
            {
                TargetGroupArn = arn,
                Targets = [new TargetDescription { Id = name is "old" ? "172.31.0.10" : "172.31.0.20" }],
            },
            Cancellation);
        var balancerArn = balancer.LoadBalancers.Single().LoadBalancerArn;
        await Api.Elbv2.CreateListenerAsync(
            new()
            {
                LoadBalancerArn = balancerArn,
                Protocol = "HTTP",
                Port = Port,
                DefaultActions = [new Providers.Aws.Api.Elbv2.Action { Type = "forward", TargetGroupArn = arn }],
            },
            Cancellation);
        return balancerArn;
    }

    /// <summary>After each change of records, by the sandbox's own state: some member of each type has weight, and A
    /// and
    /// AAAA are there together or not at all.</summary>
    private void Judge(CallRecord call)
    {
        if (call.Call.Operation is not "ChangeResourceRecordSets")
        {
            return;
        }

        var groups = Lines().Where(record => Of(record, "Type") is "A" or "AAAA" or "CNAME")
            .GroupBy(record => Of(record, "Type")).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (type, records) in groups.Where(group => group.Value.Exists(HasWeight)))
        {
            if (records.Sum(record => record.GetProperty("Weight").GetInt64()) is 0)
            {
                Violations.Add($"all zero: {type}");
            }
        }

        var weighted = groups.Where(group => group.Value.Exists(HasWeight)).Select(group => group.Key).ToList();
        if (weighted.Count > 0 && weighted.Count != groups.Count)
        {
            Violations.Add($"half a pair: only {string.Join(",", weighted)} weighted");
        }

        if (groups.ContainsKey("AAAA") && !groups.ContainsKey("A"))
        {
            Violations.Add("a lone AAAA");
        }
    }

    private static bool HasWeight(JsonElement record) => record.TryGetProperty("Weight", out _);

    private IEnumerable<JsonElement> Lines() => Cloud.Aws.Snapshot().Split('\n')
        .Where(line => line.StartsWith("route53/record/", StringComparison.Ordinal))
        .Select(line => JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement)
        .Where(record => Of(record, "Name").EndsWith($"{Host}.", StringComparison.Ordinal));

    private static string Of(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetRawText() : "";

    private static string Values(JsonElement record) => string.Join(',', record.GetProperty("ResourceRecords")
        .EnumerateArray().Select(value => Of(value, "Value")));
}
