using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Kubernetes.Watching;

namespace Gwctl.Controller.Watching;

/// <summary>Puts what one reflector tells into the store.</summary>
/// <param name="failed">Told of what could not be read; it is tried again.</param>
internal sealed class StoreTarget(
    ClusterStore store, bool keepsStatus, Action<KubeResource, KubeException> failed) : IReflectionTarget
{
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<ObjectId> _known = [];
    private HashSet<ObjectId> _listing = [];
    private volatile KubeException? _problem;

    /// <summary>Ends when everything was read once.</summary>
    public Task Listed => _listed.Task;

    /// <summary>Why nothing has been read yet, or is not any more; null while all is well.</summary>
    public KubeException? Problem => _problem;

    public void Tell(KubeResource resource, Reflection reflection)
    {
        _problem = null;
        switch (reflection)
        {
            case Reflection.ListBegins:
                _listing = [];
                break;
            case Reflection.Page(var objects):
                foreach (var found in objects)
                {
                    _listing.Add(Put(resource, found));
                }

                break;
            case Reflection.ListEnds:
                foreach (var gone in _known.Except(_listing).ToList())
                {
                    store.Remove(gone);
                }

                (_known, _listing) = (_listing, []);
                _listed.TrySetResult();
                break;
            case Reflection.Changed(var found):
                _known.Add(Put(resource, found));
                break;
            case Reflection.Removed(var found):
                var id = ObjectDecoder.IdOf(resource, found);
                _known.Remove(id);
                store.Remove(id);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public void Fail(KubeResource resource, KubeException exception)
    {
        _problem = exception;
        failed(resource, exception);
    }

    /// <summary>Takes all that it put in out again.</summary>
    public void Clear()
    {
        foreach (var id in _known)
        {
            store.Remove(id);
        }

        _known = [];
    }

    private ObjectId Put(KubeResource resource, KubeObject found)
    {
        var known = store.Find(ObjectDecoder.IdOf(resource, found));
        var decoded = ObjectDecoder.Decode(resource, found, keepsStatus, known);
        store.Put(decoded);
        return decoded.Id;
    }
}
