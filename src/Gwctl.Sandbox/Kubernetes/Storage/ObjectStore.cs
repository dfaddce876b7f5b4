using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Kubernetes.Storage;

/// <summary>Every object of the API server, in memory and in a directory if one is given, and the one counter that
/// resource versions come from.</summary>
/// <remarks>Writers run one at a time. Readers take what is there at one moment and hold no lock while they send
/// it.</remarks>
internal sealed class ObjectStore : IDisposable
{
    /// <summary>The member of a document that holds an object's text.</summary>
    private const string TextMember = "json";

    /// <summary>Holds the store's name, and no object.</summary>
    internal const string IdentityTable = "identity";

    /// <summary>Lists that were begun and have more pages: so many can be continued.</summary>
    private const int PagedListsMax = 64;

    private readonly Lock _gate = new();
    private readonly StateStore _state;
    private readonly int _historyMax;
    private readonly Dictionary<string, ResourceTable> _tables = new(StringComparer.Ordinal);
    private readonly Queue<string> _pagedOrder = new();
    private readonly Dictionary<string, ImmutableSortedDictionary<string, Stored>> _paged = new(StringComparer.Ordinal);
    private string _identity = "";

    private ObjectStore(StateStore state, int historyMax)
    {
        _state = state;
        _historyMax = historyMax;
    }

    /// <summary>Of the last write.</summary>
    public long Version { get; private set; }

    /// <summary>True where nothing has ever been written.</summary>
    public bool IsNew => Version is 0;

    /// <param name="directory">Null keeps everything in memory.</param>
    /// <param name="historyMax">So many changes of each resource can be watched again.</param>
    public static ObjectStore Open(string? directory, int historyMax)
    {
        var store = new ObjectStore(StateStore.Open(directory), historyMax);
        store.Identify();
        return store;
    }

    public static string TableOf(Kind kind) => kind.StoredAs is { Length: > 0 } elsewhere
        ? elsewhere
        : kind.Group is "" ? kind.Plural : $"{kind.Group}/{kind.Plural}";

    /// <summary>Takes a kind's objects from disk. To be called once for each kind, before it is served.</summary>
    public void Load(Kind kind)
    {
        lock (_gate)
        {
            var table = Table(TableOf(kind));
            if (table.Rows.Count is 0)
            {
                table.Rows = ResourceTable.NoRows.AddRange(_state.Current.Rows(table.Name).Select(row =>
                    KeyValuePair.Create(
                        row.Key, Stored.Load(kind, Encoding.UTF8.GetBytes(row.Value.Required(TextMember))))));
            }
        }
    }

    /// <summary>All objects of a kind, and the version at which they are so.</summary>
    public (ImmutableSortedDictionary<string, Stored> Rows, long Version) Rows(Kind kind)
    {
        lock (_gate)
        {
            return (Table(TableOf(kind)).Rows, Version);
        }
    }

    public Stored? Find(Kind kind, string key)
    {
        lock (_gate)
        {
            return Table(TableOf(kind)).Rows.GetValueOrDefault(key);
        }
    }

    public ChangesSince Since(Kind kind, long version)
    {
        lock (_gate)
        {
            return Table(TableOf(kind)).Since(version, Version);
        }
    }

    /// <summary>The oldest version that a watch of the kind can start from.</summary>
    public long Floor(Kind kind)
    {
        lock (_gate)
        {
            return Table(TableOf(kind)).Floor;
        }
    }

    /// <summary>Forgets what has happened, so that no watch can start from an earlier version.</summary>
    public void ForgetHistory()
    {
        lock (_gate)
        {
            foreach (var table in _tables.Values)
            {
                table.Forget(Version);
            }

            _paged.Clear();
            _pagedOrder.Clear();
        }
    }

    /// <summary>Keeps a list's rows for its next pages.</summary>
    public void KeepPages(string name, ImmutableSortedDictionary<string, Stored> rows)
    {
        lock (_gate)
        {
            if (_paged.TryAdd(name, rows))
            {
                _pagedOrder.Enqueue(name);
                if (_pagedOrder.Count > PagedListsMax)
                {
                    _paged.Remove(_pagedOrder.Dequeue());
                }
            }
        }
    }

    public ImmutableSortedDictionary<string, Stored>? FindPages(string name)
    {
        lock (_gate)
        {
            return _paged.GetValueOrDefault(name);
        }
    }

    /// <summary>Runs a writing call alone. If it throws, nothing has happened.</summary>
    public T Write<T>(Func<StoreWriter, T> work)
    {
        lock (_gate)
        {
            var (writer, result, version) = _state.Write(state =>
            {
                var writer = new StoreWriter(this, state);
                return (writer, work(writer), state.Tables.LastId);
            });
            if (writer.Changes.Count > 0)
            {
                Version = version;
            }

            foreach (var (name, rows) in writer.Pending)
            {
                Table(name).Commit(
                    rows, writer.Changes.Where(change => change.Table == name).Select(change => change.Change));
            }

            return result;
        }
    }

    public void Dispose() => _state.Dispose();

    internal ImmutableSortedDictionary<string, Stored> RowsOf(string table) => Table(table).Rows;

    internal static void Persist(Transaction state, string table, string key, Stored stored) =>
        state.Put(table, key, new Struct { { TextMember, new Utf8Value(stored.Body) } });

    /// <summary>An id that this store, and no other one, gives out once.</summary>
    internal string UidOf(string drawn)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{_identity} {drawn}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }

    private ResourceTable Table(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
        {
            table = new ResourceTable(name, _historyMax);
            table.Forget(Version);
            _tables[name] = table;
        }

        return table;
    }

    /// <summary>Gives a new store a name of its own, which makes its uids differ from another's.</summary>
    private void Identify()
    {
        Version = _state.Current.LastId;
        if (_state.Current.Rows(IdentityTable).GetValueOrDefault(IdentityTable) is { } known)
        {
            _identity = known.Required(TextMember);
            return;
        }

        _identity = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _state.Write(state =>
        {
            state.Put(IdentityTable, IdentityTable, new Struct { { TextMember, _identity } });
            return 0;
        });
    }
}
