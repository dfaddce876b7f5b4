using System.Collections.Immutable;
using System.Net;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.DataPlane.Addresses;
using Gwctl.Sandbox.DataPlane.Listeners;
using Gwctl.Sandbox.DataPlane.Network;
using Gwctl.Sandbox.DataPlane.Proxies;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>Load balancers that really listen, and follow every change of the control plane.</summary>
/// <remarks>One loop applies changes: it makes new snapshots of what changed, swaps them in, and opens and closes
/// sockets. Changes that come while it works are taken together in the next round.</remarks>
public sealed class LiveDataPlane : IAsyncDisposable
{
    private readonly StateStore _store;
    private readonly TimeSpan _gatherTime;
    private readonly DataPlaneParts _parts;
    private readonly AddressBook _addresses;
    private readonly SnapshotBuilder _builder;
    private readonly ProxyPlans _proxies;
    private readonly EndpointAnswers _endpointAnswers;
    private readonly ListenerFactory _factory;
    private readonly Dictionary<SocketKey, ILiveListener> _listeners = [];
    private readonly List<Task> _draining = [];
    private readonly SemaphoreSlim _committed = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _round = NewRound();
    private Task _loop = Task.CompletedTask;
    private long _appliedVersion = -1;
    private Exception? _fault;
    private ImmutableArray<DataPlaneEndpoint> _endpoints = [];

    private LiveDataPlane(StateStore store, DataPlaneOptions options, DataPlaneParts parts)
    {
        Answers = new ControlPlaneAnswers(parts);
        _endpointAnswers = new EndpointAnswers(parts);
        _store = store;
        _gatherTime = options.GatherTime;
        _parts = parts;
        _addresses = new AddressBook(store);
        _builder = new SnapshotBuilder(
            parts.Targets, parts.Certificates, parts.Requests, options, parts.Clock);
        _proxies = new ProxyPlans(parts.Targets, parts.Certificates, parts.ProxyRequests, options);
        _factory = new ListenerFactory(
            _addresses, options, new NetworkParts(parts.Clock, FindListener));
    }

    /// <summary>Told after each round in which an endpoint came, went or moved, on the data plane's own thread.
    /// </summary>
    public Action<IReadOnlyList<DataPlaneEndpoint>>? EndpointsChanged { get; set; }

    /// <summary>Every listener as of the last round, in order of load balancers and ports.</summary>
    public IReadOnlyList<DataPlaneEndpoint> Endpoints
    {
        get
        {
            lock (_gate)
            {
                return _endpoints;
            }
        }
    }

    /// <summary>Where a load balancer's listeners listen, those of its own ports first; null where none does.</summary>
    public IPAddress? AddressOf(string loadBalancerArn) => Endpoints
        .FirstOrDefault(endpoint => endpoint.LoadBalancerId == loadBalancerArn && endpoint.Address is not null)
        ?.Address?.Address;

    /// <summary>The certificate (PEM) of the authority that signs what the sandbox's ACM issues, for clients to
    /// trust.</summary>
    public string AuthorityPem => _parts.Authority.Pem;

    /// <summary>Returns when the data plane has taken over the control plane's state of this moment.</summary>
    /// <exception cref="InvalidOperationException">The data plane has failed.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        var wanted = _store.Version;
        while (true)
        {
            Task round;
            lock (_gate)
            {
                if (_fault is not null)
                {
                    throw new InvalidOperationException("The data plane has failed.", _fault);
                }

                if (_appliedVersion >= wanted)
                {
                    return;
                }

                round = _round.Task;
            }

            await round.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Says how echo targets are from now on; without a word they are healthy.</summary>
    /// <param name="address">An IP address or instance id, with a port (<c>10.0.0.1:80</c>) or for all of its
    /// ports.</param>
    /// <param name="healthy">False takes it out of the turn until told otherwise.</param>
    public void SetHealth(string address, bool healthy) => _parts.Targets.Tell(address, healthy);

    public async ValueTask DisposeAsync()
    {
        _store.Committed = null;
        await _stop.CancelAsync();
        await _loop;
        await _parts.Health.DisposeAsync();
        await Task.WhenAll(_listeners.Values.Select(listener => listener.StopAsync()).Concat(_draining));
        _parts.Dispose();
        _committed.Dispose();
        _stop.Dispose();
    }

    /// <summary>What the control plane of AWS asks.</summary>
    internal IDataPlane Answers { get; }

    /// <summary>What the control plane of GCP asks.</summary>
    internal IEndpointPlane EndpointAnswers => _endpointAnswers;

    internal static LiveDataPlane Create(StateStore store, SandboxOptions options)
    {
        var own = options.DataPlane ?? new DataPlaneOptions();
        return new LiveDataPlane(
            store, own,
            new DataPlaneParts(
                own, options.StateDirectory, [.. options.Aws.UnhealthyTargets, .. options.Gcp.UnhealthyEndpoints],
                options.Clock));
    }

    internal void Start()
    {
        _store.Committed = OnCommitted;
        _loop = Task.Run(RunAsync);
        _committed.Release();
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnCommitted(Tables before, Tables after)
    {
        // Under the store's lock, so no call is about to use the key of a certificate that it has not committed yet.
        if (CertificateBook.AnyGone(before, after))
        {
            _parts.Keys.Retain(CertificateBook.KeysInUse(after));
        }

        _committed.Release();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _committed.WaitAsync(_stop.Token);
                await GatherAsync();
                await ApplyAsync();
            }
        }
        catch (OperationCanceledException)
        {
            FinishRound(_appliedVersion, _endpoints, null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whoever waits for this round is told; the control plane goes on without a data plane.
            FinishRound(_appliedVersion, _endpoints, exception);
        }
    }

    private async Task GatherAsync()
    {
        if (_gatherTime <= TimeSpan.Zero)
        {
            return;
        }

        await Task.Delay(_gatherTime, _parts.Clock, _stop.Token);
        while (_committed.CurrentCount > 0)
        {
            await _committed.WaitAsync(_stop.Token);
        }
    }

    private async Task ApplyAsync()
    {
        var (tables, version) = _store.Moment;
        if (version <= _appliedVersion)
        {
            return;
        }

        IReadOnlyList<ListenerPlan> plans = [.. _builder.Build(tables), .. _proxies.Build(tables)];
        TargetGroup[] google = [.. _proxies.GroupsInUse];
        _parts.Targets.Keep(_builder.Registered
            .Concat(google.SelectMany(group => group.Targets.Select(target => target.Address)))
            .ToHashSet());
        _endpointAnswers.Use(google);
        _parts.Health.Watch([.. _builder.GroupsInUse, .. google]);
        var wanted = plans.ToDictionary(plan => plan.Key);
        Swap(wanted);
        Close(wanted);
        var endpoints = ImmutableArray.CreateBuilder<DataPlaneEndpoint>(plans.Count);
        foreach (var plan in plans)
        {
            endpoints.Add(Endpoint(plan, await OpenAsync(plan)));
        }

        _addresses.Retain(
            plans,
            Elbv2State.LoadBalancerArns(tables).Concat(plans.Select(plan => plan.LoadBalancerArn))
                .ToHashSet(StringComparer.Ordinal));
        FinishRound(version, endpoints.ToImmutable(), null);
    }

    private void FinishRound(long version, ImmutableArray<DataPlaneEndpoint> endpoints, Exception? fault)
    {
        TaskCompletionSource round;
        bool changed;
        lock (_gate)
        {
            changed = !endpoints.SequenceEqual(_endpoints);
            _endpoints = endpoints;
            _appliedVersion = version;
            _fault = fault;
            round = _round;
            _round = NewRound();
        }

        if (changed)
        {
            EndpointsChanged?.Invoke(endpoints);
        }

        round.SetResult();
    }

    private void Swap(Dictionary<SocketKey, ListenerPlan> wanted)
    {
        foreach (var (key, listener) in _listeners)
        {
            switch (listener, wanted.GetValueOrDefault(key))
            {
                case (ApplicationListener live, { Application: { } snapshot }):
                    live.Swap(snapshot);
                    break;
                case (NetworkListener live, { Network: { } snapshot }):
                    live.Swap(snapshot);
                    break;
            }
        }
    }

    private void Close(Dictionary<SocketKey, ListenerPlan> wanted)
    {
        _draining.RemoveAll(task => task.IsCompleted);
        foreach (var key in _listeners.Keys.Where(key => !wanted.ContainsKey(key)).ToList())
        {
            _draining.Add(_listeners[key].StopAsync());
            _listeners.Remove(key);
        }
    }

    private IPEndPoint? FindListener(string loadBalancerArn, int port) => Endpoints
        .FirstOrDefault(endpoint => endpoint.LoadBalancerId == loadBalancerArn && endpoint.Port == port)?.Address;

    private async Task<ILiveListener> OpenAsync(ListenerPlan plan)
    {
        if (_listeners.TryGetValue(plan.Key, out var known))
        {
            return known;
        }

        var listener = await _factory.OpenAsync(plan);
        _listeners[plan.Key] = listener;
        return listener;
    }

    private static DataPlaneEndpoint Endpoint(ListenerPlan plan, ILiveListener listener) => new(
        plan.LoadBalancerArn, plan.LoadBalancerName, plan.DnsName, plan.ListenerArn, plan.Protocol, plan.Port,
        listener.Address, listener.Problem);
}
