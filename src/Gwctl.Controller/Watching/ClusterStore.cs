using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Watching;

/// <summary>Why a Gateway is to be looked at again.</summary>
[Flags]
public enum TouchReasons
{
    None = 0,

    /// <summary>Pods came or went.</summary>
    Endpoints = 1,

    /// <summary>Anything else that its specs say.</summary>
    Specs = 2,

    /// <summary>Nothing happened: it is looked at whether the cloud is still as it should be.</summary>
    Resync = 4,

    /// <summary>It went wrong before.</summary>
    Retry = 8,

    /// <summary>It came to this replica: what was remembered of the cloud is out of date.</summary>
    Arrival = 16,

    /// <summary>The cloud has objects of it, and the cluster does not have it: they are to go.</summary>
    Orphaned = 32,
}

/// <summary>Everything that was read of the cluster, with what matters to what. Thread-safe.</summary>
/// <param name="touched">Told of each Gateway and GatewayClass that a change concerns, in or out of the store. Called
/// under no lock.</param>
/// <param name="controllers">Our controller names.</param>
public sealed class ClusterStore(Action<ObjectId, TouchReasons> touched, EquatableList<string> controllers)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectId, ClusterObject> _objects = [];
    private readonly ObjectGraph _graph = new();
    private readonly OwnWrites _own = new();

    /// <summary>Told of each Secret and ConfigMap that is or is not referred to any more.</summary>
    public Action<ObjectId, bool> ReferenceChanged { get; set; } = static (_, _) => { };

    /// <summary>The same object as it is now: after a write of ours, say.</summary>
    public ClusterObject Newest(ClusterObject item) =>
        Find(item.Id) is { } current && current.Uid == item.Uid ? current : item;

    public ClusterObject? Find(ObjectId id)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(id);
        }
    }

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<ClusterObject> OfKind(string group, string kind)
    {
        lock (_gate)
        {
            return
            [
                .. _objects.Values.Where(item => item.Id.Kind == kind && item.Id.Group == group)
                    .OrderBy(item => item.Id.Name),
            ];
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>Everything that a Gateway or GatewayClass is made of.</summary>
    public ClusterSlice Slice(ObjectId id)
    {
        lock (_gate)
        {
            var parts = _graph.Parts(id);
            return new ClusterSlice(
                id,
                _objects.GetValueOrDefault(id),
                [.. parts.Select(part => _objects.GetValueOrDefault(part)).OfType<ClusterObject>()],
                [.. parts.Where(part => IsReferenced(part) && !_objects.ContainsKey(part))]);
        }
    }

    public void Put(ClusterObject item)
    {
        var change = new Change();
        lock (_gate)
        {
            Put(item, change);
        }

        Announce(item.Id, change);
    }

    public void Remove(ObjectId id)
    {
        var change = new Change();
        lock (_gate)
        {
            Remove(id, change);
        }

        Announce(id, change);
    }

    /// <summary>Writes to an object, and takes what became of it for what is there: what the watch brings of it is
    /// nothing new.</summary>
    /// <param name="before">What the write was made from; it must be refused where that is out of date, or another's
    /// change would be taken for ours.</param>
    /// <returns>What became of it.</returns>
    public async Task<KubeObject> WriteAsync(ClusterObject before, Func<Task<KubeObject>> write)
    {
        lock (_gate)
        {
            _own.Begin(before.Id);
        }

        var change = new Change();
        try
        {
            var written = await write();
            lock (_gate)
            {
                Take(before, written, change);
            }

            return written;
        }
        finally
        {
            lock (_gate)
            {
                // Under one lock with the end: what comes next from the watch must not overtake what waited.
                _own.End(before.Id).ForEach(come => come(change));
            }

            Announce(before.Id, change);
        }
    }

    /// <summary>True where something in the store refers to it.</summary>
    public bool IsNeeded(ObjectId id)
    {
        lock (_gate)
        {
            return _graph.IsNeeded(id);
        }
    }

    /// <summary>Looks again at what an object matters to, although nothing of it changed.</summary>
    public void Touch(ObjectId id, TouchReasons reason)
    {
        foreach (var whole in WholesOf(id))
        {
            touched(whole, reason);
        }
    }

    /// <summary>Gateways and GatewayClasses that an object matters to, sorted.</summary>
    public IReadOnlyList<ObjectId> WholesOf(ObjectId id)
    {
        lock (_gate)
        {
            return [.. _graph.Wholes(id).Order()];
        }
    }

    public static ObjectId GatewayId(ObjectName name) => new(ApiGroups.Gateway, ObjectEdges.Gateway, name);

    /// <summary>A Secret or ConfigMap: read only where something refers to it.</summary>
    internal static bool IsReferenced(ObjectId id) => id is { Group: ApiGroups.Core, Kind: "Secret" or "ConfigMap" };

    /// <summary>What is to be told when the lock is free again.</summary>
    internal sealed class Change
    {
        public HashSet<ObjectId> Gateways { get; } = [];

        public List<(ObjectId Id, bool IsNeeded)> References { get; } = [];
    }

    /// <summary>True where a Gateway names the class.</summary>
    public bool IsUsed(ObjectId gatewayClass)
    {
        lock (_gate)
        {
            return _graph.Wholes(gatewayClass).Any(id => id.Kind is ObjectEdges.Gateway);
        }
    }

    private void Put(ClusterObject item, Change change)
    {
        if (_own.IsPast(item.Id, item.ResourceVersion) || _own.Defers(item.Id, late => Put(item, late)))
        {
            return;
        }

        _own.CaughtUp(item.Id);
        var before = _objects.GetValueOrDefault(item.Id);
        if (before is not null && before.ResourceVersion == item.ResourceVersion)
        {
            return;
        }

        _objects[item.Id] = item;
        if (before is null || before.Digest != item.Digest || before.Status != item.Status
            || before.IsBeingDeleted != item.IsBeingDeleted)
        {
            Rewire(item.Id, ObjectEdges.Of(item, controllers), change);
        }
    }

    private void Remove(ObjectId id, Change change)
    {
        if (_own.Defers(id, late => Remove(id, late)))
        {
            return;
        }

        _own.CaughtUp(id);
        if (_objects.Remove(id))
        {
            Rewire(id, [], change);
        }
    }

    private void Take(ClusterObject before, KubeObject written, Change change)
    {
        if (!_objects.TryGetValue(before.Id, out var current) || current.ResourceVersion != before.ResourceVersion
            || current.ResourceVersion == written.ResourceVersion)
        {
            return;
        }

        var body = written.Body.DeepClone().AsObject(); // The decoder takes apart what it gets.
        var now = ObjectDecoder.Decode(before.Resource, new KubeObject(body), keepsStatus: true, current);
        _own.Replaced(now.Id, current.ResourceVersion);
        _objects[now.Id] = now;
        var edges = ObjectEdges.Of(now, controllers);
        if (now.Generation == current.Generation && now.IsBeingDeleted == current.IsBeingDeleted)
        {
            _graph.Set(now.Id, edges);
        }
        else
        {
            // We never write what it wants: a webhook of the cluster's changed it with our write.
            Rewire(now.Id, edges, change);
        }
    }

    // Both what it concerned before and what it concerns now: a route that moves leaves a Gateway too.
    private void Rewire(ObjectId id, List<ObjectEdge> edges, Change change)
    {
        var (before, classes) = (ReferencedParts(id), ClassesOf(id));
        change.Gateways.UnionWith(_graph.Wholes(id));
        _graph.Set(id, edges);
        change.Gateways.UnionWith(_graph.Wholes(id));
        // A class is to know whether anything uses it.
        classes.SymmetricExceptWith(ClassesOf(id));
        change.Gateways.UnionWith(classes);
        var after = ReferencedParts(id);
        change.References.AddRange(after.Except(before).Select(part => (part, true)));
        change.References
            .AddRange(before.Except(after).Where(part => !_graph.IsNeeded(part)).Select(part => (part, false)));
    }

    private HashSet<ObjectId> ClassesOf(ObjectId id) =>
        id.Kind is ObjectEdges.Gateway
            ? [.. _graph.DirectParts(id).Where(part => part.Kind is ObjectEdges.Class)]
            : [];

    private HashSet<ObjectId> ReferencedParts(ObjectId id) => [.. _graph.DirectParts(id).Where(IsReferenced)];

    private void Announce(ObjectId id, Change change)
    {
        foreach (var (reference, isNeeded) in change.References)
        {
            ReferenceChanged(reference, isNeeded);
        }

        var reason = id.Kind is "EndpointSlice" ? TouchReasons.Endpoints : TouchReasons.Specs;
        foreach (var gateway in change.Gateways)
        {
            touched(gateway, reason);
        }
    }
}

/// <summary>Everything that a Gateway or GatewayClass is made of.</summary>
/// <param name="Whole">Null where it is not there (any more): then what still names it is in the slice.</param>
/// <param name="Objects">The whole itself included.</param>
/// <param name="Unread">Secrets and ConfigMaps that are referred to and not in the store: absent, or not read
/// yet.</param>
public sealed record ClusterSlice(
    ObjectId Key, ClusterObject? Whole, IReadOnlyList<ClusterObject> Objects, IReadOnlyList<ObjectId> Unread);
