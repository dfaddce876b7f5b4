using System.Collections.Immutable;

namespace Gwctl.Sandbox.Kubernetes.Storage;

internal enum ChangeType
{
    Added,
    Modified,
    Deleted,
}

/// <summary>One change of one object.</summary>
/// <param name="Type">What became of it.</param>
/// <param name="Object">As it is now, or as it last was.</param>
/// <param name="Before">Null where it is new.</param>
internal sealed record ObjectChange(ChangeType Type, Stored Object, Stored? Before);

/// <summary>What has happened since a version.</summary>
/// <param name="Changes">In order.</param>
/// <param name="Version">Everything up to this version is in the changes.</param>
/// <param name="Next">Completes when there is more.</param>
/// <param name="IsExpired">The history does not reach back so far: the changes are not known.</param>
internal sealed record ChangesSince(
    IReadOnlyList<ObjectChange> Changes, long Version, Task Next, bool IsExpired);

/// <summary>All objects of one resource, and its recent changes. Used under the store's lock but for
/// <see cref="Rows"/>, which is immutable.</summary>
internal sealed class ResourceTable(string name, int historyMax)
{
    public static readonly ImmutableSortedDictionary<string, Stored> NoRows =
        ImmutableSortedDictionary.Create<string, Stored>(StringComparer.Ordinal);

    private readonly List<ObjectChange> _history = [];
    private TaskCompletionSource _next = NewSignal();
    private long _floor;

    public string Name { get; } = name;

    public ImmutableSortedDictionary<string, Stored> Rows { get; set; } = NoRows;

    /// <summary>Changes up to this version are forgotten.</summary>
    public long Floor => _floor;

    public void Commit(ImmutableSortedDictionary<string, Stored> rows, IEnumerable<ObjectChange> changes)
    {
        Rows = rows;
        _history.AddRange(changes);
        if (_history.Count > 2 * historyMax)
        {
            var dropped = _history.Count - historyMax;
            _floor = _history[dropped - 1].Object.Version;
            _history.RemoveRange(0, dropped);
        }

        Signal();
    }

    /// <summary>Forgets all changes up to a version, as a compaction does.</summary>
    public void Forget(long version)
    {
        _history.Clear();
        _floor = version;
        Signal();
    }

    public ChangesSince Since(long version, long current)
    {
        if (version < _floor)
        {
            return new ChangesSince([], version, Task.CompletedTask, IsExpired: true);
        }

        var first = FirstAfter(version);
        return new ChangesSince(
            first == _history.Count ? [] : _history.GetRange(first, _history.Count - first), current, _next.Task,
            IsExpired: false);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        var told = _next;
        _next = NewSignal();
        told.TrySetResult();
    }

    private int FirstAfter(long version)
    {
        var (low, high) = (0, _history.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_history[middle].Object.Version > version)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
