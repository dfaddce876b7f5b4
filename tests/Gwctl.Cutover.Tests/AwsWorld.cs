using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cutover.Tests;

/// <summary>Two Application Load Balancers and a hosted zone.</summary>
internal sealed class AwsWorld : World
{
    private const string ConfigText = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: world}
        spec:
          provider: aws
          owner: world
          dns: {zones: [{name: example.com}]}
          aws: {region: us-east-1}
        """;

    private AwsWorld(WorldOptions options, ManualClock clock, SandboxCloud cloud)
        : base(options, clock, cloud, ConfigText)
    {
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
        Cloud.Aws.Called = Judge;
    }

    /// <summary>For what others do by hand.</summary>
    public AwsApi Api { get; }

    public string OldName { get; private set; } = "";

    public override FaultInjector Faults => Cloud.Aws.Faults;

    public override string ChangeOperation => "ChangeResourceRecordSets";

    public static async Task<AwsWorld> StartAsync(WorldOptions options, ManualClock clock)
    {
        var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                Clock = options.Time ?? clock,
                DataPlane = options.Plane,
                Dns = options.Dns ? new DnsOptions() : null,
                Aws = new AwsOptions
                {
                    Delays = AwsDelays.None,
                    HostedZones = ["example.com"],
                    UnhealthyTargets = [.. options.Unhealthy],
                },
            },
            Cancellation);
        var world = new AwsWorld(options, clock, cloud);
        await world.BalancerAsync("old", OldTarget, [], options.Ipv6);
        if (options.HasNewSide)
        {
            await world.BalancerAsync(
                "new", NewTarget, [("gwctl.dev/owner", "world"), ("gwctl.dev/gateway", "shop/web")], options.Ipv6);
        }

        world.OldName = (await world.FindAsync("old")).DNSName ?? "";
        return world;
    }

    public override IProvider NewProvider(HttpMessageHandler? handler = null)
    {
        var provider = AwsProvider.Create(Config, new AwsProviderOptions
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

    public override Task CreateAsync(params HandRecord[] records) => ChangeAsync(
        [.. records.Select(record => new Change { Action = ChangeAction.CREATE, ResourceRecordSet = ToSet(record) })]);

    public override async Task MeddleAsync(int weight, string? address = null)
    {
        var old = await Api.Route53.ListAllResourceRecordSetsAsync(
                new() { HostedZoneId = await ZoneAsync(), StartRecordName = Host }, Cancellation)
            .FirstAsync(
                record => record.Type is RRType.A
                    && record.SetIdentifier?.StartsWith("gwctl-old", StringComparison.Ordinal) is not false,
                Cancellation);
        var changed = old with { Weight = old.SetIdentifier is null ? null : weight };
        await ChangeAsync(new Change
        {
            Action = ChangeAction.UPSERT,
            ResourceRecordSet = address is null ? changed : changed with
            {
                ResourceRecords = [new ResourceRecord { Value = address }],
            },
        });
    }

    public override async Task AddBadTargetAsync() => await Api.Elbv2.RegisterTargetsAsync(
        new() { TargetGroupArn = await NewGroupAsync(), Targets = [new() { Id = BadTarget }] }, Cancellation);

    public override async Task EmptyNewSideAsync() => await Api.Elbv2.DeregisterTargetsAsync(
        new() { TargetGroupArn = await NewGroupAsync(), Targets = [new() { Id = NewTarget }] }, Cancellation);

    public override async Task FillNewSideAsync() => await Api.Elbv2.RegisterTargetsAsync(
        new() { TargetGroupArn = await NewGroupAsync(), Targets = [new() { Id = NewTarget }] }, Cancellation);

    public override async Task LeadToOldSideAsync()
    {
        var old = await FindAsync("old");
        await ChangeAsync(new Change
        {
            Action = ChangeAction.CREATE,
            ResourceRecordSet = new ResourceRecordSet
            {
                Name = Host,
                Type = RRType.A,
                AliasTarget = new AliasTarget
                {
                    DNSName = old.DNSName ?? "",
                    HostedZoneId = old.CanonicalHostedZoneId ?? "",
                    EvaluateTargetHealth = false,
                },
            },
        });
    }

    public override async Task<(string Old, string New)> AddressesAsync()
    {
        return (AddressOf(await FindAsync("old")), AddressOf(await FindAsync("new")));

        string AddressOf(LoadBalancer balancer) => Plane.AddressOf(balancer.LoadBalancerArn)?.ToString()
            ?? throw new InvalidOperationException($"{balancer.LoadBalancerName} does not listen");
    }

    public override string Reach(string address) => $"{address}:{Port}";

    public override bool IsChange(HttpRequestMessage request) => request.Method == HttpMethod.Post
        && request.RequestUri?.AbsolutePath.EndsWith("/rrset/", StringComparison.Ordinal) is true;

    public override EquatableList<string> Records() =>
    [
        .. Sets().Select(record => Joined(
            Of(record, "Type"), Of(record, "SetIdentifier"), Of(record, "Weight"), Of(record, "TTL"),
            record.TryGetProperty("AliasTarget", out var alias) ? Of(alias, "DNSName") : Values(record)))
            .Order(StringComparer.Ordinal),
    ];

    public override string Line(string type, string side, int weight, string target) =>
        $"{type} gwctl-{side} {weight} 60 {target}";

    public override async ValueTask DisposeAsync()
    {
        Cloud.Aws.Called = null;
        Api.Dispose();
        await Cloud.DisposeAsync();
    }

    protected override EquatableList<string> OldParts => [":loadbalancer/app/old/", ":targetgroup/old/"];

    protected override string Snapshot() => Cloud.Aws.Snapshot();

    /// <summary>The old side's first.</summary>
    protected override Dictionary<string, List<double?>> Weights() => Sets()
        .OrderBy(record => Of(record, "SetIdentifier").StartsWith("gwctl-new", StringComparison.Ordinal))
        .Where(record => Of(record, "Type") is "A" or "AAAA" or "CNAME" && Of(record, "Name") == $"{Host}.")
        .GroupBy(record => Of(record, "Type"))
        .ToDictionary(
            group => group.Key,
            group => group.Select(record => record.TryGetProperty("Weight", out var weight)
                ? weight.GetDouble()
                : (double?)null).ToList());

    private static ResourceRecordSet ToSet(HandRecord record) => new()
    {
        Name = record.Name,
        Type = record.Type,
        TTL = record.Ttl,
        ResourceRecords = [.. record.Values.Select(value => new ResourceRecord { Value = value })],
    };

    private async Task ChangeAsync(params Change[] changes) => await Api.Route53.ChangeResourceRecordSetsAsync(
        new() { HostedZoneId = await ZoneAsync(), ChangeBatch = new ChangeBatch { Changes = [.. changes] } },
        Cancellation);

    private async Task<string> ZoneAsync() =>
        (await Api.Route53.ListHostedZonesAsync(new(), Cancellation)).HostedZones.Single().Id;

    private async Task<LoadBalancer> FindAsync(string name) =>
        (await Api.Elbv2.DescribeLoadBalancersAsync(new() { Names = [name] }, Cancellation)).LoadBalancers.Single();

    private async Task<string> NewGroupAsync() =>
        (await Api.Elbv2.DescribeTargetGroupsAsync(new() { Names = ["new"] }, Cancellation))
        .TargetGroups.Single().TargetGroupArn;

    private async Task BalancerAsync(string name, string target, (string Key, string Value)[] tags, bool ipv6)
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
            new() { TargetGroupArn = arn, Targets = [new TargetDescription { Id = target }] }, Cancellation);
        await Api.Elbv2.CreateListenerAsync(
            new()
            {
                LoadBalancerArn = balancer.LoadBalancers.Single().LoadBalancerArn,
                Protocol = "HTTP",
                Port = Port,
                DefaultActions = [new Providers.Aws.Api.Elbv2.Action { Type = "forward", TargetGroupArn = arn }],
            },
            Cancellation);
    }

    private IEnumerable<JsonElement> Sets() => Rows(Cloud.Aws.Snapshot(), "route53/record/")
        .Where(record => Of(record, "Name").EndsWith($"{Host}.", StringComparison.Ordinal));

    private static string Values(JsonElement record) => string.Join(',', record.GetProperty("ResourceRecords")
        .EnumerateArray().Select(value => Of(value, "Value")));
}
