using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Kubernetes.Leases;

/// <summary>A lease that is ours for now. Its tokens end in time: before anybody else may begin.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private readonly KubeClient _client;
    private readonly LeaseTimes _times;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ITimer _stopTimer;
    private readonly ITimer _giveUpTimer;
    private Lease _lease;
    private bool _isOthers;

    private HeldLease(KubeClient client, Lease lease, LeaseTimes times, TimeProvider clock, long askedAt)
    {
        (_client, _lease, _times, _clock) = (client, lease, times, clock);
        _stopTimer = clock.CreateTimer(_ => _stop.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _giveUpTimer = clock.CreateTimer(
            _ => _giveUp.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Extend(askedAt);
    }

    public Lease Lease => _lease;

    /// <summary>Start nothing new under this lease.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Give up calls in flight under this lease.</summary>
    public CancellationToken GivenUp => _giveUp.Token;

    /// <summary>Nothing may be begun under it any more.</summary>
    public bool IsLost => _stop.IsCancellationRequested;

    /// <summary>Takes a free lease, or makes it where it is not there. Null where somebody was faster.</summary>
    public static async Task<HeldLease?> TakeAsync(
        KubeClient client, Lease wanted, LeaseTimes times, TimeProvider clock, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var taken = wanted with
        {
            Seconds = (int)Math.Ceiling(times.Duration.TotalSeconds),
            AcquiredAt = now,
            RenewedAt = now,
            Transitions = wanted.Transitions + 1,
        };
        try
        {
            var written = wanted.ResourceVersion is ""
                ? await client.CreateAsync(KubeResource.Lease, taken.ToBody(), cancellationToken)
                : await client.ReplaceAsync(KubeResource.Lease, taken.ToBody(), cancellationToken);
            return new HeldLease(client, Lease.From(written), times, clock, askedAt);
        }
        catch (KubeException exception) when (exception.IsConflict || exception.AlreadyExists || exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Renews it. False where another has it, or it was deleted.</summary>
    /// <exception cref="KubeException">The server could not be asked: try again while there is time.</exception>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var askedAt = _clock.GetTimestamp();
        try
        {
            var renewed = _lease with { RenewedAt = _clock.GetUtcNow() };
            _lease = Lease.From(
                await _client.ReplaceAsync(KubeResource.Lease, renewed.ToBody(), cancellationToken));
            Extend(askedAt);
            return true;
        }
        catch (KubeException exception) when (exception.IsConflict || exception.IsNotFound)
        {
            // A renewal whose answer was lost also conflicts with the next one.
            var found = await _client.FindAsync(KubeResource.Lease, _lease.Name, cancellationToken);
            if (found is not null && Lease.From(found) is var current && current.Holder == _lease.Holder)
            {
                _lease = current;
                return true;
            }

            _isOthers = true;
            await _stop.CancelAsync();
            await _giveUp.CancelAsync();
            return false;
        }
    }

    /// <summary>Begins to give it back: nothing new is started. Until all is done it is still renewed.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Gives it back, so that another need not wait. Only when nothing is done under it any more.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_isOthers)
        {
            return;
        }

        try
        {
            await _client.ReplaceAsync(
                KubeResource.Lease,
                (_lease with { Holder = "", RenewedAt = _clock.GetUtcNow() }).ToBody(),
                cancellationToken);
        }
        catch (KubeException exception) when (exception.IsConflict || exception.IsNotFound)
        {
            return; // It was not ours any more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A timer's callback may be under way: it must not meet a source that is gone.
        await _stopTimer.DisposeAsync();
        await _giveUpTimer.DisposeAsync();
        _stop.Dispose();
        _giveUp.Dispose();
    }

    private void Extend(long askedAt)
    {
        var gone = _clock.GetElapsedTime(askedAt);
        Set(_stopTimer, _times.StopAfter - gone);
        Set(_giveUpTimer, _times.GiveUpAfter - gone);
    }

    private static void Set(ITimer timer, TimeSpan due) =>
        timer.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
