namespace Gwctl.Engine.Providers;

/// <summary>Tokens at once and tokens per second that a bucket starts with.</summary>
public sealed record BucketRate(double Burst, double PerSecond);

/// <summary>
/// A token bucket that learns: a throttle halves its rate and empties it, success lets it grow back to the rate it
/// was made with. Waiters are served in their order, each knowing its delay at once, so nobody polls.
/// </summary>
public sealed class AdaptiveBucket(BucketRate rate, TimeProvider clock)
{
    /// <summary>Many calls in flight are throttled together; they are one event, not several.</summary>
    private static readonly TimeSpan HalvingPause = TimeSpan.FromSeconds(1);

    private const double RateShareMin = 1.0 / 16;

    /// <summary>Share of the full rate that returns per second without throttles: 20 s from half to full.</summary>
    private const double RecoveryPerSecond = 0.025;

    private readonly Lock _gate = new();
    private double _tokens = rate.Burst;
    private double _perSecond = rate.PerSecond;
    private long _countedAt = clock.GetTimestamp();
    private long? _halvedAt;

    /// <summary>Tokens per second now.</summary>
    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                CountUp();
                return _perSecond;
            }
        }
    }

    /// <summary>Takes one token, waiting until there is one.</summary>
    /// <returns>How long it waited.</returns>
    public async ValueTask<TimeSpan> TakeAsync(CancellationToken cancellationToken)
    {
        var delay = Reserve();
        if (delay <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        try
        {
            await Task.Delay(delay, clock, cancellationToken);
            return delay;
        }
        catch (OperationCanceledException)
        {
            GiveBack();
            throw;
        }
    }

    /// <summary>The service throttled a call of this bucket.</summary>
    public void Throttled()
    {
        lock (_gate)
        {
            CountUp();
            _tokens = Math.Min(_tokens, 0);
            if (_halvedAt is { } halvedAt && clock.GetElapsedTime(halvedAt) < HalvingPause)
            {
                return;
            }

            _halvedAt = clock.GetTimestamp();
            _perSecond = Math.Max(_perSecond / 2, rate.PerSecond * RateShareMin);
        }
    }

    private TimeSpan Reserve()
    {
        lock (_gate)
        {
            CountUp();
            _tokens--;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
        }
    }

    private void GiveBack()
    {
        lock (_gate)
        {
            _tokens = Math.Min(_tokens + 1, rate.Burst);
        }
    }

    private void CountUp()
    {
        var now = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(_countedAt, now).TotalSeconds;
        _countedAt = now;
        _tokens = Math.Min(_tokens + (seconds * _perSecond), rate.Burst);
        _perSecond = Math.Min(_perSecond + (seconds * RecoveryPerSecond * rate.PerSecond), rate.PerSecond);
    }
}
