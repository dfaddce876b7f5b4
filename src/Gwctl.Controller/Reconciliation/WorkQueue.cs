using Gwctl.Controller.Watching;
using Gwctl.Core;

namespace Gwctl.Controller.Reconciliation;

/// <summary>A Gateway or GatewayClass that is due.</summary>
/// <param name="WaitedFor">From the first reason to now.</param>
/// <param name="Superseded">Cancelled when there is something new about it while it is being worked on.</param>
public sealed record WorkItem(
    ObjectId Key, TouchReasons Reasons, TimeSpan WaitedFor, CancellationToken Superseded);

/// <summary>How a queue spaces work.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>More than this do not wait: the newest are turned away, and the caller asks again.</summary>
    public int KeysMax { get; init; } = 100_000;

    /// <summary>Changes of specs within this are one.</summary>
    public TimeSpan SpecsSettle { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Changes of endpoints within this are one: pods come and go in crowds.</summary>
    public TimeSpan EndpointsSettle { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan RetryMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RetryMax { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Gateways and classes to look at: each at most once at a time, reasons gathered, failures spaced out. Any
/// thread adds; one takes.</summary>
public sealed class WorkQueue(TimeProvider clock, Func<double> random, WorkQueueOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectId, Entry> _entries = [];
    private readonly PriorityQueue<Entry, long> _due = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many wait, those under way not counted.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
            {
                return _entries.Values.Count(entry => entry.Reasons is not TouchReasons.None);
            }
        }
    }

    /// <summary>False where there is no room: ask again later.</summary>
    public bool Add(ObjectId key, TouchReasons reasons) => Add(key, reasons, SettleOf(reasons));

    /// <summary>What is due next.</summary>
    public async Task<WorkItem> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_gate)
            {
                if (TryTake(out wait) is { } item)
                {
                    return item;
                }

                changed = _changed.Task;
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var timer = Task.Delay(wait, clock, over.Token);
            await Task.WhenAny(changed, timer);
            await over.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The work is done; what came meanwhile is due now.</summary>
    /// <param name="again">Null where it went well. Zero takes the backoff of a failure, and more is waited for as it
    /// is.</param>
    public void Done(WorkItem item, TimeSpan? again)
    {
        CancellationTokenSource finished;
        lock (_gate)
        {
            var entry = _entries[item.Key];
            Invariant.Holds(entry.Working is not null);
            finished = entry.Working;
            entry.Working = null;
            entry.Failures = again == TimeSpan.Zero ? entry.Failures + 1 : 0;
            if (entry.Reasons is not TouchReasons.None)
            {
                Schedule(entry, entry.DueAt);
            }
            else if (again is { } pause)
            {
                entry.Reasons = TouchReasons.Retry;
                entry.Since = clock.GetTimestamp();
                Schedule(entry, After(pause > TimeSpan.Zero ? pause : Backoff(entry.Failures)));
            }
            else
            {
                _entries.Remove(item.Key);
            }
        }

        finished.Dispose();
    }

    private sealed class Entry(ObjectId key)
    {
        public ObjectId Key { get; } = key;

        public TouchReasons Reasons { get; set; }

        public long Since { get; set; }

        public long DueAt { get; set; }

        public int Failures { get; set; }

        public CancellationTokenSource? Working { get; set; }
    }

    private bool Add(ObjectId key, TouchReasons reasons, TimeSpan settle)
    {
        CancellationTokenSource? superseded = null;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                if (_entries.Count >= options.KeysMax)
                {
                    return false;
                }

                _entries.Add(key, entry = new Entry(key));
            }

            var due = After(settle);
            if (entry.Reasons is TouchReasons.None)
            {
                (entry.Since, entry.DueAt) = (clock.GetTimestamp(), due);
            }

            // What is new does not wait for the end of a failure's pause, nor for endpoints to settle.
            entry.DueAt = Math.Min(entry.DueAt, due);
            entry.Reasons |= reasons;
            if (entry.Working is { } working)
            {
                superseded = working;
            }
            else
            {
                Schedule(entry, entry.DueAt);
            }
        }

        Supersede(superseded);
        return true;
    }

    // Outside of the lock: what is cancelled may run code of others.
    private static void Supersede(CancellationTokenSource? working)
    {
        try
        {
            working?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // The work ended in this moment.
        }
    }

    private WorkItem? TryTake(out TimeSpan wait)
    {
        var now = clock.GetTimestamp();
        while (_due.TryPeek(out var entry, out var at))
        {
            if (entry.Reasons is TouchReasons.None || entry.Working is not null || entry.DueAt != at)
            {
                _due.Dequeue(); // It was scheduled anew, or taken.
                continue;
            }

            if (at > now)
            {
                wait = clock.GetElapsedTime(now, at);
                return null;
            }

            _due.Dequeue();
            entry.Working = new CancellationTokenSource();
            var item = new WorkItem(
                entry.Key, entry.Reasons, clock.GetElapsedTime(entry.Since, now), entry.Working.Token);
            entry.Reasons = TouchReasons.None;
            wait = TimeSpan.Zero;
            return item;
        }

        wait = TimeSpan.FromMinutes(10);
        return null;
    }

    private void Schedule(Entry entry, long at)
    {
        entry.DueAt = at;
        _due.Enqueue(entry, at);
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    private TimeSpan SettleOf(TouchReasons reasons) =>
        reasons is TouchReasons.Endpoints ? options.EndpointsSettle : options.SpecsSettle;

    private long After(TimeSpan pause) =>
        clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency);

    private TimeSpan Backoff(int failures)
    {
        var ceiling = Math.Min(
            options.RetryMin.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)), options.RetryMax.TotalSeconds);
        return TimeSpan.FromSeconds(ceiling * (0.5 + (random() / 2)));
    }
}
