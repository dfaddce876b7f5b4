using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Leases;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Sharding;

/// <summary>Who wants to know about shards that come and go.</summary>
public interface IShardListener
{
    /// <summary>Its Gateways are this replica's from now on.</summary>
    void Arrived(int shard);

    /// <summary>Ends when nothing is done any more for its Gateways. The shard's lease stops before.</summary>
    Task DrainAsync(int shard);

    void Failed(KubeException exception);
}

/// <summary>Takes, renews and hands over shards. Kubernetes itself coordinates: a Lease for each shard, and one for
/// each replica, by which all know how many they are.</summary>
public sealed class ShardKeeper
{
    private const string Label = "gwctl.dev/lease-of";

    /// <summary>A replica's own lease is cleared away when it was not renewed for this many durations.</summary>
    private const int StaleFactor = 20;

    private readonly KubeClient _client;
    private readonly ShardOptions _options;
    private readonly TimeProvider _clock;
    private readonly IShardListener _listener;
    private readonly LeaseObservations _observations;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, HeldLease> _held = [];
    private HeldLease? _member;

    public ShardKeeper(KubeClient client, ShardOptions options, TimeProvider clock, IShardListener listener)
    {
        (_client, _options, _clock, _listener) = (client, options, clock, listener);
        _observations = new LeaseObservations(clock);
    }

    /// <summary>Sorted.</summary>
    public IReadOnlyList<int> Held
    {
        get
        {
            lock (_gate)
            {
                return [.. _held.Where(pair => !pair.Value.IsLost).Select(pair => pair.Key).Order()];
            }
        }
    }

    /// <summary>The lease of a shard; null where another replica has it, or nobody.</summary>
    public HeldLease? Covers(int shard)
    {
        lock (_gate)
        {
            return _held.TryGetValue(shard, out var lease) && !lease.IsLost
                ? lease
                : null;
        }
    }

    /// <summary>Runs until it is cancelled, and then gives everything back.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.Times.RetryEvery, _clock);
        try
        {
            do
            {
                await TurnAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await GiveBackAsync();
        }
    }

    private async Task TurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(cancellationToken);
            await DropLostAsync();
            var leases = await ListAsync(cancellationToken);
            await JoinAsync(leases, cancellationToken);
            await MoveAsync(leases, cancellationToken);
        }
        catch (KubeException exception)
        {
            // The leases' own timers stop the work in time.
            _listener.Failed(exception);
            await DropLostAsync();
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        List<HeldLease> all;
        lock (_gate)
        {
            all = [.. _held.Values, .. _member is null ? Array.Empty<HeldLease>() : [_member]];
        }

        // Each by itself: one that cannot be renewed must not keep the others from it.
        var renewals = all.Where(lease => !lease.IsLost).Select(lease => RenewOneAsync(lease, cancellationToken));
        foreach (var problem in (await Task.WhenAll(renewals)).OfType<KubeException>())
        {
            _listener.Failed(problem);
        }
    }

    private static async Task<KubeException?> RenewOneAsync(HeldLease lease, CancellationToken cancellationToken)
    {
        try
        {
            await lease.RenewAsync(cancellationToken);
            return null;
        }
        catch (KubeException exception)
        {
            return exception;
        }
    }

    private async Task DropLostAsync()
    {
        List<KeyValuePair<int, HeldLease>> lost;
        lock (_gate)
        {
            lost = [.. _held.Where(pair => pair.Value.IsLost)];
        }

        foreach (var (shard, lease) in lost)
        {
            await _listener.DrainAsync(shard);
            lock (_gate)
            {
                _held.Remove(shard);
            }

            await lease.DisposeAsync();
        }

        if (_member is { IsLost: true } member)
        {
            _member = null;
            await member.DisposeAsync();
        }
    }

    private async Task<List<Lease>> ListAsync(CancellationToken cancellationToken)
    {
        var query = new KubeQuery { Namespace = _options.Namespace, LabelSelector = $"{Label}={_options.Name}" };
        var leases = new List<Lease>();
        await foreach (var page in _client.ListAsync(KubeResource.Lease, query, cancellationToken))
        {
            leases.AddRange(page.Objects.Select(Lease.From));
        }

        _observations.KeepOnly(leases);
        return leases;
    }

    private async Task JoinAsync(List<Lease> leases, CancellationToken cancellationToken)
    {
        if (_member is null)
        {
            var name = MemberName(_options.Identity);
            var own = leases.Find(lease => lease.Name == name) ?? Empty(name);
            _member = await HeldLease.TakeAsync(
                _client, own with { Holder = _options.Identity }, _options.Times, _clock, cancellationToken);
        }
    }

    private async Task MoveAsync(List<Lease> leases, CancellationToken cancellationToken)
    {
        var members = leases.Where(IsMember).ToList();
        var others = members.Count(lease => lease.Holder != _options.Identity && !_observations.IsFree(lease));
        var free = new Dictionary<int, Lease>();
        for (var shard = 0; shard < _options.Shards; shard++)
        {
            var name = ShardName(shard);
            var lease = leases.Find(item => item.Name == name) ?? Empty(name);
            // Also one of our own that we let go: nobody else can have written it since.
            if (_observations.IsFree(lease) || lease.Holder == _options.Identity)
            {
                free.Add(shard, lease);
            }
        }

        List<int> held;
        lock (_gate)
        {
            held = [.. _held.Keys];
        }

        var offset = ShardMap.ShardOf(new ObjectName("", _options.Identity), _options.Shards);
        var moves = ShardMoves.Of(
            _options.Shards, held, [.. free.Keys.Except(held)], others + 1, offset);
        foreach (var shard in moves.Release)
        {
            await ReleaseAsync(shard);
        }

        foreach (var shard in moves.Take)
        {
            await TakeAsync(shard, free[shard], cancellationToken);
        }

        await ClearAwayAsync(members, cancellationToken);
    }

    private async Task TakeAsync(int shard, Lease lease, CancellationToken cancellationToken)
    {
        var taken = await HeldLease.TakeAsync(
            _client, lease with { Holder = _options.Identity }, _options.Times, _clock, cancellationToken);
        if (taken is null)
        {
            return;
        }

        lock (_gate)
        {
            _held.Add(shard, taken);
        }

        _listener.Arrived(shard);
    }

    private async Task ReleaseAsync(int shard)
    {
        HeldLease? lease;
        lock (_gate)
        {
            lease = _held.GetValueOrDefault(shard);
        }

        if (lease is null)
        {
            return;
        }

        await lease.StopAsync();
        var drained = _listener.DrainAsync(shard);
        while (await Task.WhenAny(drained, Task.Delay(_options.Times.RetryEvery, _clock)) != drained)
        {
            if (await RenewOneAsync(lease, CancellationToken.None) is { } problem)
            {
                _listener.Failed(problem);
            }
        }

        await lease.ReleaseAsync(CancellationToken.None);
        lock (_gate)
        {
            _held.Remove(shard);
        }

        await lease.DisposeAsync();
    }

    private async Task GiveBackAsync()
    {
        try
        {
            await Task.WhenAll(Held.Select(ReleaseAsync));
            if (_member is { } member)
            {
                await _client.DeleteAsync(
                    KubeResource.Lease, member.Lease.Name, DeletePreconditions.None, CancellationToken.None);
                await member.DisposeAsync();
            }
        }
        catch (KubeException exception)
        {
            _listener.Failed(exception); // The others wait until the leases run out.
        }
    }

    /// <summary>Replicas that were killed leave their leases.</summary>
    private async Task ClearAwayAsync(List<Lease> members, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        foreach (var lease in members.Where(lease => lease.Holder != _options.Identity && _observations.IsFree(lease)))
        {
            if (lease.RenewedAt is { } at && now - at > _options.Times.Duration * StaleFactor)
            {
                await _client.DeleteAsync(
                    KubeResource.Lease,
                    lease.Name,
                    new DeletePreconditions(ResourceVersion: lease.ResourceVersion),
                    cancellationToken);
            }
        }
    }

    private bool IsMember(Lease lease) =>
        lease.Name.Name.StartsWith($"{_options.Name}-member-", StringComparison.Ordinal);

    private ObjectName ShardName(int shard) => new(_options.Namespace, $"{_options.Name}-shard-{shard}");

    private ObjectName MemberName(string identity) =>
        new(_options.Namespace, $"{_options.Name}-member-{identity.ToLowerInvariant()}");

    private Lease Empty(ObjectName name) =>
        new(name, "", 0, -1, "") { Labels = [KeyValuePair.Create(Label, _options.Name)] };
}
