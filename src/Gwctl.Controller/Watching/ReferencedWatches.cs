using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Kubernetes.Watching;

namespace Gwctl.Controller.Watching;

/// <summary>A watch for each Secret and ConfigMap that something refers to, and for no other: what is not referred to
/// never reaches this process.</summary>
internal sealed class ReferencedWatches(
    KubeClient client, ClusterStore store, ReflectorOptions options, Action<KubeResource, KubeException> failed)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectId, Watch> _watches = [];
    private CancellationToken _stop = new(canceled: true);

    /// <summary>From now on, until it is cancelled.</summary>
    public void Start(CancellationToken cancellationToken) => _stop = cancellationToken;

    /// <summary>Looks whether an object is referred to, and begins or ends its watch.</summary>
    public void Check(ObjectId id)
    {
        Watch? ended = null;
        lock (_gate)
        {
            var isNeeded = store.IsNeeded(id) && !_stop.IsCancellationRequested;
            if (isNeeded && !_watches.ContainsKey(id))
            {
                _watches.Add(id, Begin(id));
            }
            else if (!isNeeded)
            {
                _watches.Remove(id, out ended);
            }
        }

        if (ended is not null)
        {
            ended.Stop.Cancel();
            ended.Target.Clear();
        }
    }

    /// <summary>True where it is known whether the object is there. Not before may anybody take it for
    /// absent.</summary>
    public bool IsKnown(ObjectId id, out KubeException? problem)
    {
        lock (_gate)
        {
            problem = _watches.TryGetValue(id, out var watch) ? watch.Target.Problem : null;
            return watch is { Target.Listed.IsCompletedSuccessfully: true };
        }
    }

    private Watch Begin(ObjectId id)
    {
        var resource = id.Kind is "Secret" ? KubeResource.Secret : KubeResource.ConfigMap;
        var query = new KubeQuery { Namespace = id.Name.Namespace, FieldSelector = $"metadata.name={id.Name.Name}" };
        var watch = new Watch(
            CancellationTokenSource.CreateLinkedTokenSource(_stop), new StoreTarget(store, keepsStatus: false, failed));
        _ = RunAsync(id, new Reflector(client, resource, query, options), watch);
        return watch;
    }

    private async Task RunAsync(ObjectId id, Reflector reflector, Watch watch)
    {
        using var stop = watch.Stop;
        var running = reflector.RunAsync(watch.Target, stop.Token);
        await Task.WhenAny(running, watch.Target.Listed);
        // Also where it is not there: those who waited for it go on without it.
        store.Touch(id, TouchReasons.Specs);
        await running.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private sealed record Watch(CancellationTokenSource Stop, StoreTarget Target);
}
