using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Kubernetes.Watching;

namespace Gwctl.Controller.Watching;

/// <summary>Keeps a store like the cluster.</summary>
public sealed class ClusterWatcher
{
    /// <summary>How often to look whether a kind that was not served is now.</summary>
    private static readonly TimeSpan DiscoveryEvery = TimeSpan.FromSeconds(30);

    private readonly KubeClient _client;
    private readonly ClusterStore _store;
    private readonly ReflectorOptions _options;
    private readonly Action<KubeResource, KubeException> _failed;
    private readonly ReferencedWatches _referenced;
    private readonly Dictionary<WatchedKind, StoreTarget> _watched = [];

    /// <param name="failed">Told of every failure to list or watch, from any thread.</param>
    public ClusterWatcher(
        KubeClient client, ClusterStore store, ReflectorOptions options, Action<KubeResource, KubeException> failed)
    {
        (_client, _store, _options, _failed) = (client, store, options, failed);
        _referenced = new ReferencedWatches(client, store, options, failed);
        store.ReferenceChanged = (id, _) => _referenced.Check(id);
    }

    /// <summary>The Gateway API's version in the cluster, as its definitions say; null where they do not.</summary>
    public string? BundleVersion { get; private set; }

    /// <summary>Discovers, and lists every kind once. Kinds that are served later are watched from then on.</summary>
    /// <returns>The task that keeps watching; it ends when it is cancelled.</returns>
    /// <exception cref="OperationCanceledException">Before all was read.</exception>
    public async Task<Task> StartAsync(CancellationToken cancellationToken)
    {
        _referenced.Start(cancellationToken);
        var running = new List<Task>();
        while (!await DiscoverAsync(running, cancellationToken))
        {
            await Task.Delay(_options.BackoffMin * 4, _options.Clock, cancellationToken);
        }

        await Task.WhenAll(_watched.Values.Select(target => target.Listed)).WaitAsync(cancellationToken);
        return KeepDiscoveringAsync(running, cancellationToken);
    }

    /// <summary>False while something that a Gateway refers to has not been read: it must not be taken for
    /// absent.</summary>
    public bool IsComplete(ClusterSlice slice, out KubeException? problem)
    {
        problem = null;
        foreach (var id in slice.Unread)
        {
            if (!_referenced.IsKnown(id, out problem))
            {
                return false;
            }
        }

        return true;
    }

    private async Task KeepDiscoveringAsync(List<Task> running, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(DiscoveryEvery, _options.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (_watched.Count < WatchedKinds.All.Count)
                {
                    await DiscoverAsync(running, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(running).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>False where the server could not be asked, or a kind that is needed is not served.</summary>
    private async Task<bool> DiscoverAsync(List<Task> running, CancellationToken cancellationToken)
    {
        try
        {
            var served = new Dictionary<WatchedKind, KubeResource>();
            foreach (var group in WatchedKinds.All.GroupBy(kind => kind.Group, StringComparer.Ordinal))
            {
                var versions = group.SelectMany(kind => kind.Versions).Distinct(StringComparer.Ordinal).ToList();
                var found = await new KubeDiscovery(_client).FindAsync(group.Key, versions, cancellationToken);
                foreach (var kind in group.Where(kind => found.ContainsKey(kind.Kind)))
                {
                    served[kind] = found[kind.Kind];
                }
            }

            BundleVersion = await ReadVersionAsync(cancellationToken) ?? BundleVersion;
            var missing = WatchedKinds.All.FirstOrDefault(kind => kind.IsRequired && !served.ContainsKey(kind));
            if (missing is not null)
            {
                var resource = new KubeResource(missing.Group, missing.Versions[0], missing.Kind, missing.Kind, true);
                _failed(resource, new KubeException(ControllerDiagnostics.NotServed(missing), 404));
                return false;
            }

            foreach (var (kind, resource) in served.Where(pair => !_watched.ContainsKey(pair.Key)))
            {
                var target = new StoreTarget(_store, kind.HasStatus, _failed);
                _watched.Add(kind, target);
                running.Add(
                    new Reflector(_client, resource, KubeQuery.All, _options).RunAsync(target, cancellationToken));
            }

            return true;
        }
        catch (KubeException exception)
        {
            _failed(new KubeResource("", "", "discovery", "APIGroup", false), exception);
            return false;
        }
    }

    private async Task<string?> ReadVersionAsync(CancellationToken cancellationToken)
    {
        const string Path = "apis/apiextensions.k8s.io/v1/customresourcedefinitions/gatewayclasses.gateway.networking.k8s.io";
        try
        {
            return await _client.FindDocumentAsync(Path, cancellationToken) is { } definition
                ? new KubeObject(definition).Annotation("gateway.networking.k8s.io/bundle-version")
                : null;
        }
        catch (KubeException exception) when (exception.IsForbidden)
        {
            return null; // A nicety of the class's status, not worth a permission that somebody withheld.
        }
    }
}
