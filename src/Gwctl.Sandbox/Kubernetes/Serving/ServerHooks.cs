using Gwctl.Sandbox.Kubernetes.Requests;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Where tests look on and interfere.</summary>
internal sealed class ServerHooks : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _watches = new();
    private long _calls;

    public Func<KubernetesCall, KubernetesFault?>? Plan { get; set; }

    public Action<KubernetesCallRecord>? Called { get; set; }

    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Cancelled when the watches that run now are dropped.</summary>
    public CancellationToken Dropped
    {
        get
        {
            lock (_gate)
            {
                return _watches.Token;
            }
        }
    }

    public KubernetesCall Begin(ApiRequest request) => new(
        request.Verb, request.Group, request.Resource, request.Namespace, request.Name, request.Subresource,
        request.User.Name, Interlocked.Increment(ref _calls));

    public KubernetesFault? FaultOf(KubernetesCall call) => Plan?.Invoke(call);

    public void DropWatches()
    {
        CancellationTokenSource dropped;
        lock (_gate)
        {
            dropped = _watches;
            _watches = new CancellationTokenSource();
        }

        dropped.Cancel();
        dropped.Dispose();
    }

    public void Dispose() => _watches.Dispose();
}
