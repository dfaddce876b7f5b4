using System.Text.Json;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Dns;
using Gwctl.Cutover.Running;
using Gwctl.Engine.Providers;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cutover.Tests;

/// <summary>The clouds that cut over.</summary>
public enum CloudKind
{
    Aws,
    Gcp,
}

/// <summary>A record that somebody makes by hand.</summary>
internal sealed record HandRecord(string Name, string Type, long Ttl, EquatableList<string> Values);

/// <summary>How a world is made.</summary>
internal sealed record WorldOptions
{
    public string Document { get; init; } = Documents.Plain;

    /// <summary>Addresses of targets that fail their checks.</summary>
    public EquatableList<string> Unhealthy { get; init; } = [];

    public bool Ipv6 { get; init; }

    /// <summary>False where a test applies specs instead.</summary>
    public bool HasNewSide { get; init; } = true;

    /// <summary>The zone is served.</summary>
    public bool Dns { get; init; }

    /// <summary>Null is a clock that tests move.</summary>
    public TimeProvider? Time { get; init; }

    public DataPlaneOptions? Plane { get; init; }
}

/// <summary>A sandboxed cloud with an old and a new load balancer, a zone, and runners that know nothing of each other.
/// Every write is judged by the sandbox's own state.</summary>
internal abstract class World : IAsyncDisposable
{
    /// <summary>Of the listeners: one that needs no permission.</summary>
    public const int Port = 8080;

    public const string Host = "shop.example.com";

    /// <summary>The one target of the new side.</summary>
    public const string NewTarget = "172.31.0.20";

    /// <summary>See <see cref="AddBadTargetAsync"/>.</summary>
    public const string BadTarget = "172.31.0.99";

    protected const string OldTarget = "172.31.0.10";

    private int _runs;
    private int _changes;

    protected World(WorldOptions options, ManualClock clock, SandboxCloud cloud, string config)
    {
        (Cloud, Clock, Time) = (cloud, clock, options.Time ?? clock);
        var specs = SpecReader.Read([new SpecSource("world.yaml", $"{config}\n---\n{options.Document}")]);
        Assert.NotNull(specs.Value);
        Assert.Empty(specs.Diagnostics);
        Specs = specs.Value;
        Document = Assert.Single(specs.Value.Cutovers);
        Config = Assert.Single(specs.Value.ProviderConfigs);
    }

    public SandboxCloud Cloud { get; }

    public ManualClock Clock { get; }

    /// <summary>What runs and the cloud go by: <see cref="Clock"/> unless another is given.</summary>
    public TimeProvider Time { get; }

    public CutoverSpec Document { get; set; }

    public LiveDataPlane Plane =>
        Cloud.DataPlane ?? throw new InvalidOperationException("The sandbox has no data plane.");

    public SpecSet Specs { get; }

    public ProviderConfigSpec Config { get; }

    /// <summary>What the sandbox's own state said after a write, where it was wrong.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Changes of records that were carried out.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public abstract FaultInjector Faults { get; }

    /// <summary>The operation that changes records.</summary>
    public abstract string ChangeOperation { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<World> StartAsync(CloudKind kind, WorldOptions? options = null)
    {
        options ??= new WorldOptions();
        var clock = new ManualClock(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        return kind is CloudKind.Aws
            ? await AwsWorld.StartAsync(options, clock)
            : await GcpWorld.StartAsync(options, clock);
    }

    /// <summary>A run in a process of its own.</summary>
    public Task<CutoverReport> RunAsync(
        CutoverIntent intent, CancellationToken? cancellationToken = null, bool assumesIdle = false,
        HttpMessageHandler? handler = null) => RunAsync(NewProvider(handler), intent, cancellationToken, assumesIdle);

    public Task<CutoverReport> RunAsync(
        IProvider provider, CutoverIntent intent, CancellationToken? cancellationToken = null,
        bool assumesIdle = false) =>
        RunnerOf(provider).RunAsync(Document, intent, assumesIdle, cancellationToken ?? Cancellation);

    public CutoverRunner RunnerOf(IProvider provider)
    {
        Assert.NotNull(provider.WeightedDns);
        Assert.NotNull(provider.Balancers);
        return new CutoverRunner(new CutoverParts
        {
            Dns = provider.WeightedDns,
            Balancers = provider.Balancers,
            Owner = "world",
            Servers = Cloud.Dns is { } dns ? new NameServers(dns.EndPoint) : NameServers.Nobody,
            Clock = Time,
            PolicyOf = hostname => DnsPolicyChoice.Of(Specs.DnsPolicies, hostname),
            Run = $"run{Interlocked.Increment(ref _runs)}",
            Directory = AppContext.BaseDirectory,
        });
    }

    public abstract IProvider NewProvider(HttpMessageHandler? handler = null);

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

    public abstract Task CreateAsync(params HandRecord[] records);

    /// <summary>Somebody gives the old side's A record, or its item, another weight or value.</summary>
    public abstract Task MeddleAsync(int weight, string? address = null);

    /// <summary>The new side gets a target that fails its checks, where the options say so.</summary>
    public abstract Task AddBadTargetAsync();

    /// <summary>The new side loses its targets.</summary>
    public abstract Task EmptyNewSideAsync();

    /// <summary>The new side gets its target, where it has none.</summary>
    public abstract Task FillNewSideAsync();

    /// <summary>All that the cloud keeps of the old load balancer.</summary>
    public EquatableList<string> OldSide() =>
        [.. Snapshot().Split('\n').Where(line => OldParts.Any(part => line.Contains(part, StringComparison.Ordinal)))];

    /// <summary>A simple A record of the old side, as the cloud has it.</summary>
    public abstract Task LeadToOldSideAsync();

    /// <summary>What the name server answers for the old and for the new side.</summary>
    public abstract Task<(string Old, string New)> AddressesAsync();

    /// <summary>Where the data plane listens for an address.</summary>
    public abstract string Reach(string address);

    /// <summary>Whether a request changes records.</summary>
    public abstract bool IsChange(HttpRequestMessage request);

    public static HandRecord Record(string type, long ttl, params string[] values) => new(Host, type, ttl, [.. values]);

    /// <summary>The first member's weight at the moment; null where the A record is simple.</summary>
    public int? FirstWeight() => Weights().GetValueOrDefault("A")?[0] is { } weight ? (int)weight : null;

    public static HandRecord Text(string name, string value) => new(name, "TXT", 300, [$"\"{value}\""]);

    /// <summary>Every record at and beside the hostname, as the sandbox keeps it: type, key, weight, TTL,
    /// target.</summary>
    public abstract EquatableList<string> Records();

    /// <summary>A member among <see cref="Records"/>.</summary>
    /// <param name="side">old or new.</param>
    public abstract string Line(string type, string side, int weight, string target);

    public abstract ValueTask DisposeAsync();

    /// <summary>After each change of records, by the sandbox's own state: some member of each type has weight, and A
    /// and AAAA are there together or not at all.</summary>
    protected void Judge(CallRecord call)
    {
        if (call.Call.Operation != ChangeOperation || call.Outcome is CallOutcome.Failed)
        {
            return;
        }

        Interlocked.Increment(ref _changes);
        var types = Weights();
        foreach (var (type, weights) in types.Where(type => type.Value.Exists(weight => weight is not null)))
        {
            if (weights.Sum() is 0)
            {
                Violations.Add($"all zero: {type}");
            }
        }

        var weighted = types.Where(type => type.Value.Exists(weight => weight is not null)).Select(type => type.Key)
            .ToList();
        if (weighted.Count > 0 && weighted.Count != types.Count)
        {
            Violations.Add($"half a pair: only {string.Join(",", weighted)} weighted");
        }

        if (types.ContainsKey("AAAA") && !types.ContainsKey("A"))
        {
            Violations.Add("a lone AAAA");
        }
    }

    protected abstract string Snapshot();

    /// <summary>What lines of the snapshot have that are of the old load balancer.</summary>
    protected abstract EquatableList<string> OldParts { get; }

    /// <summary>Of the members of each type at the hostname; null where a record is simple.</summary>
    protected abstract Dictionary<string, List<double?>> Weights();

    /// <summary>Rows of a snapshot whose table begins so.</summary>
    protected static IEnumerable<JsonElement> Rows(string snapshot, string table) => snapshot.Split('\n')
        .Where(line => line.StartsWith(table, StringComparison.Ordinal))
        .Select(line => JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement);

    protected static string Of(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : "";

    protected static string Joined(params string[] parts) => string.Join(' ', parts.Where(part => part is not ""));
}
