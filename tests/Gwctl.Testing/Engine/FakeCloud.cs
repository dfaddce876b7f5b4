using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Testing.Engine;

/// <summary>An object of the made-up cloud.</summary>
public sealed record FakeObject(string Id, ResourceAddress Address, string Owner, AttributeMap Attributes, int Version);

/// <summary>A strict in-memory cloud: it refuses what a real one would (deletion in use, unknown ids, a priority held
/// twice, a stale write), deletes children with their parent, and notes every breach of the no-downtime rules.
/// Thread-safe.</summary>
public sealed class FakeCloud
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, FakeObject> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _users = new(StringComparer.Ordinal);
    private readonly HashSet<(string Port, AttributeValue Priority)> _priorities = [];
    private readonly HashSet<string> _ready = new(StringComparer.Ordinal);
    private readonly HashSet<string> _drained = new(StringComparer.Ordinal);
    private readonly List<string> _breaches = [];
    private int _lastId;

    /// <summary>Whatever would have hurt users' traffic.</summary>
    public IReadOnlyList<string> Breaches => _breaches;

    public IReadOnlyList<FakeObject> Objects
    {
        get
        {
            lock (_gate)
            {
                return [.. _objects.Values];
            }
        }
    }

    public FakeObject Create(ResourceAddress address, string owner, AttributeMap attributes)
    {
        lock (_gate)
        {
            var made = new FakeObject($"{address.Kind}-{++_lastId:D6}", address, owner, attributes, 1);
            RequireSources(made);
            RequireFreePriority(made);
            NoteTraffic(null, made);
            Put(made);
            return made;
        }
    }

    public void Update(string id, string fingerprint, AttributeMap attributes)
    {
        lock (_gate)
        {
            var old = Find(id, fingerprint);
            Require(Equals(old.Attributes["priority"], attributes["priority"]),
                $"{id}: a priority changes in batches only");
            var changed = old with { Attributes = attributes, Version = old.Version + 1 };
            RequireSources(changed);
            NoteTraffic(old, changed);
            Remove(old);
            Put(changed);
        }
    }

    public void Reorder(IReadOnlyList<(string Id, string Fingerprint, AttributeValue Priority)> members)
    {
        lock (_gate)
        {
            var changed = members.Select(member => Find(member.Id, member.Fingerprint)).Select((old, index) => old with
            {
                Attributes = old.Attributes.With("priority", members[index].Priority),
                Version = old.Version + 1,
            }).ToList();
            changed.ForEach(member => Remove(_objects[member.Id]));
            changed.ForEach(RequireFreePriority);
            changed.ForEach(Put);
        }
    }

    public void Delete(string id, string fingerprint)
    {
        lock (_gate)
        {
            if (_objects.ContainsKey(id))
            {
                var old = Find(id, fingerprint);
                var users = UsersOf(id).Where(user => !IsChild(user, id)).ToList();
                Require(users.Count is 0
                    || old.Address.Kind is FakeKinds.Slot, $"{id} is in use by {string.Join(", ", users)}");
                DeleteWithChildren(old);
            }
        }
    }

    /// <summary>Changes an object behind gwctl's back.</summary>
    public void Tamper(string id, string attribute, AttributeValue value)
    {
        lock (_gate)
        {
            var old = _objects[id];
            Remove(old);
            Put(old with { Attributes = old.Attributes.With(attribute, value), Version = old.Version + 1 });
        }
    }

    public void Adopt(string id, string owner, ResourceAddress address)
    {
        lock (_gate)
        {
            _objects[id] = _objects[id] with { Owner = owner, Address = address };
        }
    }

    public void MarkReady(string id)
    {
        lock (_gate)
        {
            Require(_objects.ContainsKey(id), $"{id} is not there to become ready");
            _ready.Add(id);
        }
    }

    public void MarkDrained(string id)
    {
        lock (_gate)
        {
            _drained.Add(id);
        }
    }

    private FakeObject Find(string id, string fingerprint)
    {
        Require(_objects.ContainsKey(id), $"{id} is not there", ProviderFailure.Stale);
        var found = _objects[id];
        Require(fingerprint is "" || fingerprint == FingerprintOf(found), $"{id} has changed", ProviderFailure.Stale);
        return found;
    }

    internal static string FingerprintOf(FakeObject item) => $"v{item.Version}";

    private void DeleteWithChildren(FakeObject old)
    {
        if (old.Address.Kind is FakeKinds.Group && !_drained.Contains(old.Id))
        {
            _breaches.Add($"{old.Id} was deleted before it was drained");
        }

        foreach (var child in UsersOf(old.Id).Where(user => IsChild(user, old.Id)).ToList())
        {
            DeleteWithChildren(_objects[child]);
        }

        Remove(old);
    }

    private HashSet<string> UsersOf(string id) => _users.TryGetValue(id, out var users) ? users : [];

    private bool IsChild(string user, string parent)
    {
        var attribute = FakeKinds.All.Single(kind => kind.Kind == _objects[user].Address.Kind).ParentAttribute;
        return attribute is not null && _objects[user].Attributes[attribute] is AttributeValue.Text text
            && text.Value == parent;
    }

    private void RequireSources(FakeObject item)
    {
        foreach (var name in new[] { "net", "balancer", "cert", "group", "port", "slot" })
        {
            if (item.Attributes[name] is AttributeValue.Text { Value: not "none" } text)
            {
                Require(_objects.ContainsKey(text.Value), $"{item.Address}: there is no {text.Value}");
                Require(name is not "cert"
                    || _ready.Contains(text.Value), $"{item.Address}: {text.Value} is not issued yet");
            }
        }

        foreach (var (group, _) in GroupsOf(item))
        {
            Require(_objects.ContainsKey(group), $"{item.Address}: there is no {group}");
        }
    }

    private void RequireFreePriority(FakeObject item)
    {
        if (PriorityOf(item) is { } priority)
        {
            Require(!_priorities.Contains(priority), $"{item.Address}: priority {priority.Priority} is in use");
        }
    }

    // A living rule's requests must go to groups that are ready; a new rule has no requests yet.
    private void NoteTraffic(FakeObject? old, FakeObject item)
    {
        if (old is null || item.Address.Kind is not FakeKinds.Rule)
        {
            return;
        }

        var served = GroupsOf(old).Where(pair => pair.Weight > 0).Select(pair => pair.Group).ToHashSet(
            StringComparer.Ordinal);
        foreach (var (group, weight) in GroupsOf(item))
        {
            if (weight > 0 && served.Count > 0 && !served.Contains(group) && !_ready.Contains(group))
            {
                _breaches.Add($"{item.Id} gives traffic to {group}, which is not ready");
            }
        }
    }

    private static IEnumerable<(string Group, long Weight)> GroupsOf(FakeObject item) =>
        item.Attributes["groups"] is AttributeValue.List list
            ? list.Items.OfType<AttributeValue.Map>().Select(map => (
                ((AttributeValue.Text?)map.Fields["group"])?.Value ?? "",
                    ((AttributeValue.Number?)map.Fields["weight"])?.Value ?? 0))
            : [];

    private static (string Port, AttributeValue Priority)? PriorityOf(FakeObject item) =>
        item.Attributes["priority"] is { } priority && item.Attributes["port"] is AttributeValue.Text port
            ? (port.Value, priority)
            : null;

    private void Put(FakeObject item)
    {
        _objects[item.Id] = item;
        if (PriorityOf(item) is { } priority)
        {
            _priorities.Add(priority);
        }

        AttributeWalk.Visit(item.Attributes, value =>
        {
            if (value is AttributeValue.Text text && _objects.ContainsKey(text.Value))
            {
                if (!_users.TryGetValue(text.Value, out var users))
                {
                    _users.Add(text.Value, users = new HashSet<string>(StringComparer.Ordinal));
                }

                users.Add(item.Id);
            }
        });
    }

    private void Remove(FakeObject item)
    {
        _objects.Remove(item.Id);
        if (PriorityOf(item) is { } priority)
        {
            _priorities.Remove(priority);
        }

        AttributeWalk.Visit(item.Attributes, value =>
        {
            if (value is AttributeValue.Text text && _users.TryGetValue(text.Value, out var users))
            {
                users.Remove(item.Id);
            }
        });
    }

    private static void Require(bool holds, string otherwise, ProviderFailure failure = ProviderFailure.Failed)
    {
        if (!holds)
        {
            throw new ProviderException(
                new Diagnostic("GW6999", Severity.Error, "The fake cloud refuses") { Detail = otherwise }, failure);
        }
    }
}
