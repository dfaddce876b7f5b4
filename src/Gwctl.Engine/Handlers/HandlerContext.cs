using Gwctl.Engine.Providers;

namespace Gwctl.Engine.Handlers;

/// <summary>How long to wait for what any cloud does in its own time.</summary>
public abstract record StepWaits
{
    /// <summary>First pause between two looks; each is half as long again as the one before.</summary>
    public TimeSpan PauseMin { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan RecordsMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For a deletion to be possible after what used the object is gone: clouds forget slowly.</summary>
    public TimeSpan UnusedMax { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What every handler of a provider works with.</summary>
public abstract record HandlerContext<TWaits>(TWaits Waits, TimeProvider Clock, StepFailures Failures)
    where TWaits : StepWaits
{
    private const double PauseGrowth = 1.5;

    /// <summary>Looks again and again, at growing pauses.</summary>
    /// <param name="call">Whose progress is told, and whose address a timeout names.</param>
    /// <param name="limit">When to give up.</param>
    /// <param name="look">Null when there is nothing left to wait for; else what is still missing, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProviderException">The limit was reached.</exception>
    public async Task UntilAsync(
        StepCall call,
        TimeSpan limit,
        Func<CancellationToken, Task<string?>> look,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(look);
        var startedAt = Clock.GetTimestamp();
        var pause = Waits.PauseMin;
        while (await look(cancellationToken) is { } missing)
        {
            var waited = Clock.GetElapsedTime(startedAt);
            if (waited >= limit)
            {
                throw Failures.TooLong(call.Step.Address, waited, missing);
            }

            call.Progress(missing);
            await Task.Delay(pause, Clock, cancellationToken);
            pause = pause * PauseGrowth < Waits.PauseMax ? pause * PauseGrowth : Waits.PauseMax;
        }
    }
}
