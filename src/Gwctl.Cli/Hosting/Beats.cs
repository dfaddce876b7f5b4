namespace Gwctl.Cli.Hosting;

/// <summary>Calls something every so often until disposed; never twice at once, and never while <see cref="Exclusive"/>
/// runs.</summary>
public sealed class Beats : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _stopped;

    public Beats(TimeProvider clock, TimeSpan every, Action<DateTimeOffset> beat) => _timer = clock.CreateTimer(
        _ =>
        {
            lock (_gate)
            {
                if (!_stopped)
                {
                    beat(clock.GetUtcNow());
                }
            }
        },
        state: null,
        every,
        every);

    /// <summary>Runs something that must not meet a beat.</summary>
    public void Exclusive(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }

    /// <summary>No beat comes after this, except one of a timer that has not started it yet.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _timer.Dispose();
    }
}
