using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Looks again and again, at growing pauses.</summary>
internal static class Poll
{
    private const double Growth = 1.5;

    /// <param name="context">The clock and the pauses.</param>
    /// <param name="call">Whose progress is told, and whose address a timeout names.</param>
    /// <param name="limit">When to give up.</param>
    /// <param name="look">Null when there is nothing left to wait for; else what is still missing, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProviderException">The limit was reached.</exception>
    public static async Task UntilAsync(
        ApplyContext context,
        StepCall call,
        TimeSpan limit,
        Func<CancellationToken, Task<string?>> look,
        CancellationToken cancellationToken)
    {
        var startedAt = context.Clock.GetTimestamp();
        var pause = context.Waits.PauseMin;
        while (await look(cancellationToken) is { } missing)
        {
            var waited = context.Clock.GetElapsedTime(startedAt);
            if (waited >= limit)
            {
                throw ApplyFailures.TooLong(call.Step.Address, waited, missing);
            }

            call.Progress(missing);
            await Task.Delay(pause, context.Clock, cancellationToken);
            pause = pause * Growth < context.Waits.PauseMax ? pause * Growth : context.Waits.PauseMax;
        }
    }
}
