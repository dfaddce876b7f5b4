namespace Gwctl.Testing;

/// <summary>
/// A clock on which waiting takes no time: a timer of ten minutes or less moves the clock forward and fires at once.
/// A longer one never fires, so that tests give timeouts that should not matter an hour.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private static readonly TimeSpan FiresWithin = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _delays = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every wait so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (_gate)
            {
                return [.. _delays];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var fires = dueTime >= TimeSpan.Zero && dueTime <= FiresWithin;
        if (fires)
        {
            lock (_gate)
            {
                _delays.Add(dueTime);
                _now += dueTime;
            }
        }

        return new FiredTimer(callback, state, fires);
    }

    private sealed class FiredTimer : ITimer
    {
        public FiredTimer(TimerCallback callback, object? state, bool fires)
        {
            if (fires)
            {
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
