using System.Collections.Concurrent;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Operations;
using Gwctl.Controller.Reconciliation;
using Gwctl.Controller.Sharding;
using Gwctl.Controller.Status;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Kubernetes.Watching;

namespace Gwctl.Controller;

/// <summary>A replica of the controller: watches, shares, reconciles.</summary>
public sealed class ControllerHost : IShardListener, IDisposable
{
    private readonly ControllerOptions _options;
    private readonly ControllerLog _log;
    private readonly ControllerTelemetry _telemetry;
    private readonly WorkQueue _queue;
    private readonly ClusterStore _store;
    private readonly ClusterWatcher _watcher;
    private readonly ShardKeeper _shards;
    private readonly ReconcilerParts _parts;
    private readonly Orphans _orphans;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentDictionary<ObjectId, Task> _underWay = new();
    private volatile bool _isSynced;

    public ControllerHost(KubeClient client, ControllerOptions options, ControllerLog log)
    {
        (_options, _log) = (options, log);
        _queue = new WorkQueue(options.Clock, options.Random, options.Queue);
        _store = new ClusterStore(Touch, options.ControllerNames);
        var reflecting = new ReflectorOptions { Clock = options.Clock, Random = options.Random };
        _watcher = new ClusterWatcher(client, _store, reflecting, WatchFailed);
        _shards = new ShardKeeper(client, options.Shards, options.Clock, this);
        _telemetry = new ControllerTelemetry(
            () => _queue.Depth, () => _shards.Held.Count, () => _store.Count, () => _orphans?.Count ?? 0);
        _slots = new SemaphoreSlim(options.ConcurrencyMax);
        var writer = new StatusWriter(client, _store);
        var events = new KubeEvents(client, options.Clock, "gwctl.dev/controller", options.Shards.Identity);
        var scopes = new Scopes(options.Providers, options.Clock);
        var finalizers = new Finalizers(client, _store);
        _parts = new ReconcilerParts
        {
            Options = options,
            Store = _store,
            Watcher = _watcher,
            Scopes = scopes,
            Status = new StatusStage(writer, _store, options, _telemetry),
            Writer = writer,
            Finalizers = finalizers,
            Places = new CloudPlaces(client, _store, finalizers),
            Reach = new Reach(options, _store, scopes),
            Retentions = new Retentions(client, _store),
            Approvals = new Approvals(client),
            Runs = new PlanRun(_telemetry, log, options.Clock, options.Parallelism),
            Reporter = new Reporter(events, log, options.IsDryRun),
            Telemetry = _telemetry,
            Log = log,
        };
        _orphans = new Orphans(_parts);
    }

    /// <summary>True when everything was read once: from then on its word counts.</summary>
    public bool IsReady => _isSynced;

    /// <summary>Sorted.</summary>
    public IReadOnlyList<int> Shards => _shards.Held;

    /// <summary>Runs until it is cancelled; then ends what is under way and hands over.</summary>
    /// <param name="stopping">Begin nothing new.</param>
    /// <param name="killing">Give up calls in flight.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken killing)
    {
        await using var operations = await OperationsServer.StartAsync(_options.Operations, () => IsReady, stopping);
        _log.Info("Starting", ControllerLog.Field("identity", _options.Shards.Identity));
        try
        {
            var watched = await _watcher.StartAsync(stopping);
            _isSynced = true;
            _log.Info("Synced", ControllerLog.Field("objects", _store.Count));
            var sharing = _shards.RunAsync(stopping);
            var resyncing = ResyncAsync(stopping);
            await WorkAsync(stopping, killing);
            await sharing;
            await resyncing;
            await watched;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _log.Info("Stopped before everything was read");
        }

        _log.Info("Stopped");
    }

    public void Arrived(int shard)
    {
        _log.Info("Shard arrived", ControllerLog.Field("shard", shard));
        foreach (var id in Mine().Where(id => ShardOf(id) == shard))
        {
            _queue.Add(id, TouchReasons.Arrival);
        }
    }

    public async Task DrainAsync(int shard)
    {
        var tasks = _underWay.Where(pair => ShardOf(pair.Key) == shard).Select(pair => pair.Value).ToList();
        await Task.WhenAll(tasks);
        foreach (var id in Mine().Where(id => ShardOf(id) == shard))
        {
            // Another will write: what is remembered will not be so.
            _parts.Forget(id);
        }

        _log.Info("Shard handed over", ControllerLog.Field("shard", shard));
    }

    public void Failed(KubeException exception) => _log.Tell(exception.Diagnostic);

    public void Dispose()
    {
        _telemetry.Dispose();
        _slots.Dispose();
        foreach (var scope in _parts.Scopes.All)
        {
            (scope.Provider as IDisposable)?.Dispose();
        }
    }

    /// <summary>Gateways and classes of any replica.</summary>
    private IEnumerable<ObjectId> Mine() => _store.OfKind(ApiGroups.Gateway, ObjectEdges.Class)
        .Concat(_store.OfKind(ApiGroups.Gateway, ObjectEdges.Gateway))
        .Select(item => item.Id);

    // Classes are few, and one replica is enough for them.
    private int ShardOf(ObjectId id) =>
        id.Kind is ObjectEdges.Class ? 0 : ShardMap.ShardOf(id.Name, _options.Shards.Shards);

    private void Touch(ObjectId whole, TouchReasons reasons)
    {
        // Before everything is read a Gateway would look smaller than it is.
        if (_isSynced && IsCovered(whole))
        {
            _queue.Add(whole, reasons);
        }
    }

    private void WatchFailed(KubeResource resource, KubeException exception)
    {
        _telemetry.WatchFailed(resource.FullName);
        _log.Tell(exception.Diagnostic, ControllerLog.Field("resource", resource.FullName));
    }

    private async Task ResyncAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var jitter = 0.8 + (0.4 * _options.Random());
                await Task.Delay(_options.ResyncEvery * jitter, _options.Clock, stopping);
                // All at once: they share the readings.
                foreach (var id in Mine().Where(IsCovered))
                {
                    _queue.Add(id, TouchReasons.Resync);
                }

                foreach (var name in await _orphans.LookAsync(IsCovered, stopping))
                {
                    _queue.Add(ClusterStore.GatewayId(name), TouchReasons.Orphaned);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private bool IsCovered(ObjectId id) => _shards.Covers(ShardOf(id)) is not null;

    private async Task WorkAsync(CancellationToken stopping, CancellationToken killing)
    {
        try
        {
            while (true)
            {
                await _slots.WaitAsync(stopping);
                var item = await _queue.TakeAsync(stopping);
                // Known before it begins: a shard that is drained waits for it.
                var done = new TaskCompletionSource();
                _underWay[item.Key] = done.Task;
                _ = HandleAsync(item, done, stopping, killing);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(_underWay.Values);
        }
    }

    private async Task HandleAsync(
        WorkItem item, TaskCompletionSource done, CancellationToken stopping, CancellationToken killing)
    {
        await Task.Yield();
        TimeSpan? again = null;
        try
        {
            again = await LookAsync(item, stopping, killing);
        }
        finally
        {
            _underWay.TryRemove(item.Key, out _);
            _queue.Done(item, again);
            _slots.Release();
            done.SetResult();
        }
    }

    private async Task<TimeSpan?> LookAsync(WorkItem item, CancellationToken stopping, CancellationToken killing)
    {
        if (_shards.Covers(ShardOf(item.Key)) is not { } lease)
        {
            return null;
        }

        _telemetry.Taken(item.WaitedFor);
        var since = _options.Clock.GetTimestamp();
        using var activity = ControllerTelemetry.Source.StartActivity("reconcile");
        activity?.SetTag("gwctl.object", item.Key.ToString());
        if (item.Key.Kind is ObjectEdges.Gateway)
        {
            activity?.SetTag("gwctl.gateway", item.Key.Name.ToString());
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Stopping);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(killing, lease.GivenUp);
        var tokens = new WorkTokens(stop.Token, kill.Token, item.Superseded);
        var result = await GuardAsync(item, tokens);
        var taken = _options.Clock.GetElapsedTime(since);
        _telemetry.Reconciled(item.Key.Kind, result.Word, taken);
        activity?.SetTag("gwctl.result", result.Word);
        return result.Again;
    }

    // A host's loop: whatever goes wrong with one Gateway must not end the others'.
    private async Task<ReconcileResult> GuardAsync(WorkItem item, WorkTokens tokens)
    {
        try
        {
            var slice = _store.Slice(item.Key);
            if (item.Key.Kind is ObjectEdges.Class)
            {
                return await new ClassReconciler(_parts).ReconcileAsync(slice, tokens);
            }

            var result = await new GatewayReconciler(_parts).ReconcileAsync(slice, item.Reasons, tokens);
            return slice.Whole is null && item.Reasons.HasFlag(TouchReasons.Orphaned)
                ? await _orphans.PruneAsync(item.Key.Name, tokens)
                : result;
        }
        catch (OperationCanceledException) when (
            tokens.Stop.IsCancellationRequested || tokens.Kill.IsCancellationRequested)
        {
            _parts.Scopes.Forget(item.Key.Name);
            return new ReconcileResult("stopped");
        }
        catch (KubeException exception)
        {
            _parts.Scopes.Forget(item.Key.Name);
            if (exception.IsConflict)
            {
                return ReconcileResult.Failed("conflict"); // Somebody wrote in between: nothing is wrong.
            }

            _telemetry.Failed(item.Key.Kind, exception.Diagnostic.Code);
            _log.Tell(exception.Diagnostic, ControllerLog.Field("gateway", item.Key.Name));
            return ReconcileResult.Failed("failed");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _parts.Scopes.Forget(item.Key.Name);
            var bug = ControllerDiagnostics.Bug(item.Key.Name, exception.ToString());
            _telemetry.Failed(item.Key.Kind, bug.Code);
            _log.Tell(bug, ControllerLog.Field("gateway", item.Key.Name));
            return ReconcileResult.Failed("bug");
        }
    }
}
