namespace Gwctl.Sandbox.State;

/// <summary>The sandbox's state: in memory, and in a directory if one is given.</summary>
/// <remarks>One lock serves all services, because calls look across them (an alias at a load balancer, a certificate in
/// use) and each holds it for microseconds. Readers take no lock at all.</remarks>
public sealed class StateStore : IDisposable
{
    private const int HistoryMax = 64;

    private readonly Lock _gate = new();
    private readonly Journal? _journal;
    private readonly LinkedList<Tables> _history = [];
    private volatile Tables _current;
    private long _version;

    private StateStore(Tables tables, Journal? journal)
    {
        _current = tables;
        _journal = journal;
    }

    public Tables Current => _current;

    /// <summary>Told, with the state before and after, of every change while it holds the lock: a listener must be
    /// quick and must not write.</summary>
    public Action<Tables, Tables>? Committed { get; set; }

    /// <summary>How many changes there have been since the store was opened.</summary>
    public long Version => Moment.Version;

    /// <summary>The state with its version.</summary>
    public (Tables Tables, long Version) Moment
    {
        get
        {
            lock (_gate)
            {
                return (_current, _version);
            }
        }
    }

    /// <param name="directory">Null keeps the state in memory only.</param>
    /// <exception cref="StateDirectoryLockedException">Another process uses the directory.</exception>
    public static StateStore Open(string? directory)
    {
        if (directory is null)
        {
            return new StateStore(Tables.Empty, null);
        }

        var journal = Journal.Open(directory, out var tables);
        return new StateStore(tables, journal);
    }

    /// <summary>Runs a mutating call alone; what it wrote is in the journal before this returns.</summary>
    public T Write<T>(Func<Transaction, T> work)
    {
        lock (_gate)
        {
            var transaction = new Transaction(_current, readOnly: false);
            var result = work(transaction);
            if (transaction.Changes.Count > 0)
            {
                _journal?.Append(transaction.Changes, transaction.Tables);
                Remember(_current);
                Commit(transaction.Tables);
            }

            return result;
        }
    }

    /// <param name="work">Reads the state as it is now, or as it was.</param>
    /// <param name="writesBehind">How many mutating calls the reader's view is late; 0 is the truth.</param>
    public T Read<T>(Func<Transaction, T> work, int writesBehind = 0) =>
        work(new Transaction(writesBehind is 0 ? _current : Past(writesBehind), readOnly: true));

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _history.Clear();
            _journal?.Rewrite(Tables.Empty);
            Commit(Tables.Empty);
        }
    }

    public void Dispose() => _journal?.Dispose();

    private void Commit(Tables tables)
    {
        var before = _current;
        _current = tables;
        _version++;
        Committed?.Invoke(before, tables);
    }

    private void Remember(Tables tables)
    {
        _history.AddFirst(tables);
        if (_history.Count > HistoryMax)
        {
            _history.RemoveLast();
        }
    }

    private Tables Past(int writesBehind)
    {
        lock (_gate)
        {
            return _history.ElementAtOrDefault(writesBehind - 1) ?? _history.Last?.Value ?? Tables.Empty;
        }
    }
}
