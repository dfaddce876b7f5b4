using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cutover.Tests;

/// <summary>Two external Application Load Balancers of Google's and a managed zone.</summary>
internal sealed class GcpWorld : World
{
    private const string Project = "proj-1";
    private const string Zone = "example-com";
    private const string Place = "us-central1-a";

    private const string ConfigText = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: world}
        spec:
          provider: gcp
          owner: world
          dns: {zones: [{name: example.com}]}
          gcp: {project: proj-1, region: us-central1}
        """;

    private GcpWorld(WorldOptions options, ManualClock clock, SandboxCloud cloud)
        : base(options, clock, cloud, ConfigText)
    {
        Api = new GcpApi(new GcpApiOptions
        {
            Project = Project,
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = cloud.Endpoint,
            Handler = cloud.CreateHandler(),
            Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
            LimitsRate = false,
        });
        Cloud.Gcp.Called = Judge;
    }

    /// <summary>For what others do by hand.</summary>
    public GcpApi Api { get; }

    public override FaultInjector Faults => Cloud.Gcp.Faults;

    public override string ChangeOperation => "changes.create";

    public static async Task<GcpWorld> StartAsync(WorldOptions options, ManualClock clock)
    {
        var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                Clock = options.Time ?? clock,
                DataPlane = options.Plane,
                Dns = options.Dns ? new DnsOptions() : null,
                Gcp = new GcpOptions
                {
                    Delays = GcpDelays.None,
                    ManagedZones = [new GcpZone(Project, Zone, "example.com.")],
                    UnhealthyEndpoints = [.. options.Unhealthy],
                },
            },
            Cancellation);
        var world = new GcpWorld(options, clock, cloud);
        await world.BalancerAsync("old", OldTarget, "", options.Ipv6);
        if (options.HasNewSide)
        {
            await world.BalancerAsync(
                "new", NewTarget, """{"gwctl.dev/gateway":"shop/web","gwctl.dev/key":"x","gwctl.dev/owner":"world"}""",
                options.Ipv6);
        }

        return world;
    }

    public override IProvider NewProvider(HttpMessageHandler? handler = null)
    {
        var provider = GcpProvider.Create(Config, new GcpProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = Cloud.Endpoint,
            Handler = handler ?? Cloud.CreateHandler(),
            Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
            LimitsRate = false,
            AttemptsMax = 1,
        });
        Assert.NotNull(provider.Value);
        return provider.Value;
    }

    public override Task CreateAsync(params HandRecord[] records) =>
        ChangeAsync([.. records.Select(ToSet)], []);

    public override async Task MeddleAsync(int weight, string? address = null)
    {
        var old = await Api.Dns.ListRecordSetsAsync(Zone, $"{Host}.", Cancellation)
            .FirstAsync(record => record["type"]?.ToString() is "A", Cancellation);
        var changed = (JsonObject)old.DeepClone();
        var item = changed["routingPolicy"]?["wrr"]?["items"]?[0] as JsonObject;
        if (item is not null)
        {
            item["weight"] = weight;
        }

        if (address is not null)
        {
            (item ?? changed)["rrdatas"] = new JsonArray(address);
        }

        await ChangeAsync([changed], [old]);
    }

    public override Task AddBadTargetAsync() => Api.Compute.InvokeAsync(
        Group("new"), "attachNetworkEndpoints", Endpoints(BadTarget), Cancellation);

    public override async Task EmptyNewSideAsync()
    {
        if (await HasTargetAsync())
        {
            await Api.Compute.InvokeAsync(Group("new"), "detachNetworkEndpoints", Endpoints(NewTarget), Cancellation);
        }
    }

    public override async Task FillNewSideAsync()
    {
        if (!await HasTargetAsync())
        {
            await Api.Compute.InvokeAsync(Group("new"), "attachNetworkEndpoints", Endpoints(NewTarget), Cancellation);
        }
    }

    public override async Task LeadToOldSideAsync() =>
        await CreateAsync(Record("A", 60, (await AddressesAsync()).Old));

    public override async Task<(string Old, string New)> AddressesAsync()
    {
        return (await AddressOf("old"), await AddressOf("new"));

        async Task<string> AddressOf(string name) =>
            (await Api.Compute.GetAsync(Rule(name, ""), Cancellation))["IPAddress"]?.ToString() ?? "";
    }

    public override string Reach(string address) => Plane.Endpoints
        .First(endpoint => endpoint.DnsName == address && endpoint.Address is not null).Address?.ToString() ?? "";

    public override bool IsChange(HttpRequestMessage request) => request.Method == HttpMethod.Post
        && request.RequestUri?.AbsolutePath.EndsWith("/changes", StringComparison.Ordinal) is true;

    public override EquatableList<string> Records() =>
        [.. Sets().SelectMany(LinesOf).Order(StringComparer.Ordinal)];

    public override string Line(string type, string side, int weight, string target) => $"{type} {weight} 60 {target}";

    public override async ValueTask DisposeAsync()
    {
        Cloud.Gcp.Called = null;
        Api.Dispose();
        await Cloud.DisposeAsync();
    }

    protected override EquatableList<string> OldParts =>
    [
        "/forwardingRules/old", "/targetHttpProxies/old", "/urlMaps/old", "/backendServices/old",
        "/networkEndpointGroups/old",
    ];

    protected override string Snapshot() => Cloud.Gcp.Snapshot();

    protected override Dictionary<string, List<double?>> Weights() => Sets()
        .Where(record => Of(record, "type") is "A" or "AAAA" or "CNAME" && Of(record, "name") == $"{Host}.")
        .ToDictionary(
            record => Of(record, "type"),
            record => ItemsOf(record) is { } items
                ? items.Select(item => (double?)item.GetProperty("weight").GetDouble()).ToList()
                : [null]);

    private async Task<bool> HasTargetAsync() => await Api.Compute
        .ListNetworkEndpointsAsync(Group("new"), withHealth: false, Cancellation).AnyAsync(Cancellation);

    private static JsonObject ToSet(HandRecord record) => new()
    {
        ["name"] = $"{record.Name}.",
        ["type"] = record.Type,
        ["ttl"] = record.Ttl,
        ["rrdatas"] = new JsonArray([.. record.Values.Select(value => (JsonNode)value)]),
    };

    private async Task ChangeAsync(JsonObject[] additions, JsonObject[] deletions) => await Api.Dns.CreateChangeAsync(
        Zone,
        new JsonObject
        {
            ["additions"] = new JsonArray([.. additions]),
            ["deletions"] = new JsonArray([.. deletions.Select(record => record.DeepClone())]),
        },
        Cancellation);

    private static IEnumerable<string> LinesOf(JsonElement record)
    {
        var (type, ttl) = (Of(record, "type"), Of(record, "ttl"));
        return ItemsOf(record) is { } items
            ? items.Select(item => Joined(type, Of(item, "weight"), ttl, Values(item)))
            : [Joined(type, ttl, Values(record))];
    }

    private static IEnumerable<JsonElement>? ItemsOf(JsonElement record) =>
        record.TryGetProperty("routingPolicy", out var policy)
            ? policy.GetProperty("wrr").GetProperty("items").EnumerateArray()
            : null;

    private static string Values(JsonElement record) => string.Join(
        ',', record.GetProperty("rrdatas").EnumerateArray().Select(value => value.ToString()));

    private IEnumerable<JsonElement> Sets() => Rows(Cloud.Gcp.Snapshot(), $"gcp/{Project}/dns/{Zone}/rrsets ")
        .Where(record => Of(record, "name").EndsWith($"{Host}.", StringComparison.Ordinal));

    private static ComputeName Group(string name) => new(ComputeCollection.NetworkEndpointGroups, Place, name);

    private static ComputeName Rule(string name, string family) =>
        new(ComputeCollection.ForwardingRules, "global", $"{name}{family}");

    private static JsonObject Endpoints(string address) => new()
    {
        ["networkEndpoints"] = new JsonArray(new JsonObject { ["ipAddress"] = address, ["port"] = 80 }),
    };

    /// <summary>A URL map that sends everything to one endpoint.</summary>
    private async Task BalancerAsync(string name, string target, string marks, bool ipv6)
    {
        await InsertAsync(Group(name), new JsonObject
        {
            ["networkEndpointType"] = "NON_GCP_PRIVATE_IP_PORT",
            ["network"] = SelfLinks.Of(Project, "global", "networks", "default"),
        });
        await Api.Compute.InvokeAsync(Group(name), "attachNetworkEndpoints", Endpoints(target), Cancellation);
        var check = await InsertAsync(Global(ComputeCollection.HealthChecks), new JsonObject
        {
            ["type"] = "HTTP",
            ["checkIntervalSec"] = 5,
            ["timeoutSec"] = 5,
            ["httpHealthCheck"] = new JsonObject { ["portSpecification"] = "USE_SERVING_PORT" },
        });
        var service = await InsertAsync(Global(ComputeCollection.BackendServices), new JsonObject
        {
            ["loadBalancingScheme"] = "EXTERNAL_MANAGED",
            ["protocol"] = "HTTP",
            ["healthChecks"] = new JsonArray(check),
            ["backends"] = new JsonArray(new JsonObject
            {
                ["group"] = SelfLinks.Of(Project, Place, "networkEndpointGroups", name),
                ["balancingMode"] = "RATE",
                ["maxRatePerEndpoint"] = 1000,
            }),
        });
        var map = await InsertAsync(
            Global(ComputeCollection.UrlMaps), new JsonObject { ["defaultService"] = service });
        var proxy = await InsertAsync(
            Global(ComputeCollection.TargetHttpProxies), new JsonObject { ["urlMap"] = map });
        foreach (var family in ipv6 ? new[] { "", "6" } : [""])
        {
            await InsertAsync(Rule(name, family), new JsonObject
            {
                ["description"] = marks,
                ["loadBalancingScheme"] = "EXTERNAL_MANAGED",
                ["ipVersion"] = family is "" ? "IPV4" : "IPV6",
                ["portRange"] = $"{Port}",
                ["target"] = proxy,
            });
        }

        ComputeName Global(ComputeCollection collection) => new(collection, "global", name);
    }

    private async Task<string> InsertAsync(ComputeName name, JsonObject body)
    {
        body["name"] = name.Name;
        await Api.Compute.InsertAsync(name, body, Cancellation);
        return SelfLinks.Of(Project, name.Location, name.Collection.Segment, name.Name);
    }
}
