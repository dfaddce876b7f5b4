using Gwctl.Core;

namespace Gwctl.Controller.Watching;

/// <summary>Tells the controller's own writes from what others changed: a watch brings both, and what it brings may be
/// faster than the answer to the write, or slower than the next one. Not thread-safe: the store's lock guards
/// it.</summary>
internal sealed class OwnWrites
{
    private readonly Dictionary<ObjectId, Entry> _entries = [];

    public void Begin(ObjectId id)
    {
        if (!_entries.TryGetValue(id, out var entry))
        {
            _entries.Add(id, entry = new Entry());
        }

        entry.UnderWay++;
    }

    /// <summary>What waited for the write, in its order: to be done before the lock is let go.</summary>
    public List<Action<ClusterStore.Change>> End(ObjectId id)
    {
        var entry = _entries[id];
        entry.UnderWay--;
        if (entry.UnderWay > 0)
        {
            return [];
        }

        var waiting = entry.Waiting.ToList();
        entry.Waiting.Clear();
        Tidy(id, entry);
        return waiting;
    }

    /// <summary>True where what came has to wait until a write has been answered.</summary>
    public bool Defers(ObjectId id, Action<ClusterStore.Change> come)
    {
        if (!_entries.TryGetValue(id, out var entry) || entry.UnderWay is 0)
        {
            return false;
        }

        entry.Waiting.Add(come);
        return true;
    }

    /// <summary>A version that a write of ours replaced: the watch may still bring it.</summary>
    public void Replaced(ObjectId id, string version) => _entries[id].Replaced.Add(version);

    /// <summary>True for a version that the store is past already.</summary>
    public bool IsPast(ObjectId id, string version) =>
        _entries.TryGetValue(id, out var entry) && entry.Replaced.Contains(version);

    /// <summary>The watch is where the store is, or further.</summary>
    public void CaughtUp(ObjectId id)
    {
        if (_entries.TryGetValue(id, out var entry))
        {
            entry.Replaced.Clear();
            Tidy(id, entry);
        }
    }

    private void Tidy(ObjectId id, Entry entry)
    {
        if (entry is { UnderWay: 0, Replaced.Count: 0 })
        {
            _entries.Remove(id);
        }
    }

    private sealed class Entry
    {
        public int UnderWay { get; set; }

        public List<Action<ClusterStore.Change>> Waiting { get; } = [];

        public HashSet<string> Replaced { get; } = [];
    }
}
