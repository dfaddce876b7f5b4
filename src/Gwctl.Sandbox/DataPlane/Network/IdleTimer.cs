namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>Ends what has been quiet for too long.</summary>
internal sealed class IdleTimer : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private readonly TimeSpan _patience;

    /// <param name="clock">Measures the time.</param>
    /// <param name="patience">From the last <see cref="Touch"/>.</param>
    /// <param name="stop">Ends it sooner.</param>
    public IdleTimer(TimeProvider clock, TimeSpan patience, CancellationToken stop)
    {
        _patience = patience;
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _timer = clock.CreateTimer(_ => End(), null, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Something happened: the time begins anew.</summary>
    public void Touch() => _timer.Change(_patience, Timeout.InfiniteTimeSpan);

    public void End()
    {
        lock (_end)
        {
            if (!_disposed)
            {
                _end.Cancel();
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_end)
        {
            _disposed = true;
            _end.Dispose();
        }
    }

    private bool _disposed;
}
