using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.Kubernetes.Storage;

/// <summary>One writing call's view of the store: it sees what it has written itself.</summary>
internal sealed class StoreWriter(ObjectStore store, Transaction state)
{
    private const int IdDigits = 32;

    private readonly List<(string Table, ObjectChange Change)> _changes = [];

    public Dictionary<string, ImmutableSortedDictionary<string, Stored>> Pending { get; } =
        new(StringComparer.Ordinal);

    public IReadOnlyList<(string Table, ObjectChange Change)> Changes => _changes;

    public ImmutableSortedDictionary<string, Stored> Rows(Kind kind)
    {
        var table = ObjectStore.TableOf(kind);
        return Pending.TryGetValue(table, out var rows) ? rows : store.RowsOf(table);
    }

    public Stored? Find(Kind kind, string key) => Rows(kind).GetValueOrDefault(key);

    /// <summary>A new uid, and a new resource version with it.</summary>
    public string NextUid() => store.UidOf(state.NextHex(IdDigits));

    /// <summary>Writes an object at a new version.</summary>
    public Stored Put(Kind kind, JsonObject value)
    {
        var stored = Keep(kind, value);
        var before = Find(kind, stored.Key);
        var table = ObjectStore.TableOf(kind);
        Pending[table] = Rows(kind).SetItem(stored.Key, stored);
        ObjectStore.Persist(state, table, stored.Key, stored);
        _changes.Add((table, new ObjectChange(
            before is null ? ChangeType.Added : ChangeType.Modified, stored, before)));
        return stored;
    }

    /// <summary>Removes an object; its last state bears the version of the removal.</summary>
    public Stored Remove(Kind kind, Stored before, JsonObject value)
    {
        var last = Keep(kind, value);
        var table = ObjectStore.TableOf(kind);
        Pending[table] = Rows(kind).Remove(before.Key);
        state.Delete(table, before.Key);
        _changes.Add((table, new ObjectChange(ChangeType.Deleted, last, before)));
        return last;
    }

    private Stored Keep(Kind kind, JsonObject value)
    {
        state.NextHex(IdDigits);
        var version = state.Tables.LastId;
        value.Ensure("metadata")["resourceVersion"] = $"{version}";
        return Stored.Of(kind, kind.Renames.Count > 0 ? kind.Keep(value.Copy()) : value, version);
    }
}
