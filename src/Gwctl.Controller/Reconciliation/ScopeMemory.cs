using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>A provider, and what was last seen of its cloud, by Gateway. Gateways that need reading share one reading.
/// Thread-safe.</summary>
/// <remarks>Only what was read, or written in full, is remembered. After a failure a Gateway's part is forgotten and
/// read again; a resync forgets everybody's.</remarks>
internal sealed class ScopeMemory(IProvider provider, TimeProvider clock)
{
    /// <summary>Gateways that begin to wait within this share a reading.</summary>
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectName, EquatableList<LiveResource>> _live = [];
    private readonly Dictionary<AttributeValue.Lookup, AttributeValue?> _lookups = [];
    private Reading? _next;
    private Task _running = Task.CompletedTask;
    private ProviderScope? _scope;

    public IProvider Provider => provider;

    /// <summary>Gateways with objects at the last reading, known or not.</summary>
    public IReadOnlyList<ObjectName> Seen { get; private set; } = [];

    /// <summary>What is remembered of a Gateway; null where it must be read first, also because something is looked up
    /// that was not before.</summary>
    public LiveState? Recall(ObjectName gateway, ResourceGraph desired)
    {
        var wanted = LookupsIn(desired);
        lock (_gate)
        {
            return _live.TryGetValue(gateway, out var resources) && wanted.TrueForAll(_lookups.ContainsKey)
                ? State(resources, wanted, [])
                : null;
        }
    }

    /// <summary>Reads the cloud for a Gateway, together with all others that wait for a reading.</summary>
    /// <exception cref="ProviderException">It could not be read.</exception>
    public async Task<LiveState> ReadAsync(
        ObjectName gateway, ResourceGraph desired, CancellationToken cancellationToken)
    {
        Task<LiveState> reading;
        lock (_gate)
        {
            _next ??= Begin();
            _next.Wanted[gateway] = desired;
            reading = _next.Done.Task;
        }

        var live = await reading.WaitAsync(cancellationToken);
        var wanted = LookupsIn(desired);
        lock (_gate)
        {
            return State(_live.GetValueOrDefault(gateway) ?? [], wanted, live.Diagnostics);
        }
    }

    /// <summary>Gateways with objects there, by a reading that begins now or is about to begin.</summary>
    /// <exception cref="ProviderException">It could not be read.</exception>
    public async Task<IReadOnlyList<ObjectName>> SurveyAsync(CancellationToken cancellationToken)
    {
        Task reading;
        lock (_gate)
        {
            _next ??= Begin();
            reading = _next.Done.Task;
        }

        await reading.WaitAsync(cancellationToken);
        return Seen;
    }

    /// <summary>Who we are in the cloud; asked with each reading.</summary>
    /// <exception cref="ProviderException">It does not say.</exception>
    public async Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken)
    {
        if (_scope is { } known)
        {
            return known;
        }

        var told = await provider.IdentifyAsync(cancellationToken);
        _scope = told;
        return told;
    }

    public void Remember(ObjectName gateway, IReadOnlyList<LiveResource> resources)
    {
        lock (_gate)
        {
            _live[gateway] = [.. resources];
        }
    }

    /// <summary>It must be read before it is changed again.</summary>
    public void Forget(ObjectName gateway)
    {
        lock (_gate)
        {
            _live.Remove(gateway);
        }
    }

    /// <summary>What is remembered, without asking for lookups; empty where nothing is.</summary>
    public EquatableList<LiveResource> Remembered(ObjectName gateway)
    {
        lock (_gate)
        {
            return _live.GetValueOrDefault(gateway) ?? [];
        }
    }

    private sealed class Reading
    {
        public Dictionary<ObjectName, ResourceGraph> Wanted { get; } = [];

        public TaskCompletionSource<LiveState> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // One at a time: who comes while one runs gets the next, which begins after what it is to see.
    private Reading Begin()
    {
        var reading = new Reading();
        var before = _running;
        _running = RunAsync(reading, before);
        return reading;
    }

    private async Task RunAsync(Reading reading, Task before)
    {
        await Task.WhenAll(before, Task.Delay(GatherFor, clock));
        Dictionary<ObjectName, ResourceGraph> wanted;
        lock (_gate)
        {
            _next = null;
            wanted = new Dictionary<ObjectName, ResourceGraph>(reading.Wanted);
        }

        try
        {
            _scope = await provider.IdentifyAsync(CancellationToken.None);
            var graph = ResourceGraph.From(wanted.Values.SelectMany(part => part.Nodes));
            var live = await provider.ReadAsync(new ReadRequest(graph, ReadDepth.Shallow), CancellationToken.None);
            Take(wanted, graph, live);
            reading.Done.SetResult(live);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            reading.Done.SetException(exception); // Each who waits gets it.
            _ = reading.Done.Task.Exception;
        }
    }

    private void Take(Dictionary<ObjectName, ResourceGraph> wanted, ResourceGraph graph, LiveState live)
    {
        var byGateway = live.Resources.ToLookup(resource => resource.Address.Gateway);
        var asked = LookupsIn(graph);
        lock (_gate)
        {
            foreach (var gateway in wanted.Keys)
            {
                _live[gateway] = [.. byGateway[gateway]];
            }

            foreach (var lookup in asked)
            {
                _lookups[lookup] = null;
            }

            foreach (var found in live.Lookups)
            {
                _lookups[found.Lookup] = found.Value;
            }

            Seen = [.. byGateway.Where(group => group.Any(item => item.Ownership is Ownership.Ours))
                .Select(group => group.Key).Order()];
        }
    }

    private LiveState State(
        EquatableList<LiveResource> resources, List<AttributeValue.Lookup> wanted, EquatableList<Diagnostic> told) =>
            new()
            {
                Resources = resources,
                Lookups =
            [
                .. wanted.Select(lookup => (Lookup: lookup, Value: _lookups.GetValueOrDefault(lookup)))
                    .Where(pair => pair.Value is not null)
                    .Select(pair => new LookupResult(pair.Lookup, pair.Value ?? throw new InvalidOperationException())),
            ],
                Diagnostics = told,
            };

    private static List<AttributeValue.Lookup> LookupsIn(ResourceGraph graph)
    {
        var found = new HashSet<AttributeValue.Lookup>();
        foreach (var node in graph.Nodes)
        {
            AttributeWalk.Visit(node.Attributes, value =>
            {
                if (value is AttributeValue.Lookup lookup)
                {
                    found.Add(lookup);
                }
            });
        }

        return [.. found];
    }
}
