namespace Gwctl.Sandbox.Rounds;

/// <summary>Does work round after round, for exactly the keys that are wanted, each by its settings of now. Called by
/// one thread at a time.</summary>
/// <param name="clock">Counts the pauses.</param>
/// <param name="pauseOf">From the end of a round to the next.</param>
internal sealed class RoundKeeper<TKey, TSettings>(TimeProvider clock, Func<TSettings, TimeSpan> pauseOf)
    : IAsyncDisposable
    where TKey : notnull
    where TSettings : IEquatable<TSettings>
{
    private readonly Dictionary<TKey, Running> _running = [];
    private readonly List<Task> _ended = [];

    /// <summary>Starts and stops. What is under way for a key that is stopped is given up.</summary>
    /// <param name="wanted">Settings by key.</param>
    /// <param name="begin">Makes the round of a key whose settings are new.</param>
    /// <returns>The keys that were stopped and are wanted no more.</returns>
    public IReadOnlyList<TKey> Keep(
        IReadOnlyDictionary<TKey, TSettings> wanted, Func<TKey, TSettings, Func<CancellationToken, Task>> begin)
    {
        var over = _running
            .Where(entry => !wanted.TryGetValue(entry.Key, out var now) || !now.Equals(entry.Value.Settings))
            .ToList();
        foreach (var (key, running) in over)
        {
            running.Stop.Cancel();
            running.Stop.Dispose();
            _ended.Add(running.Work);
            _running.Remove(key);
        }

        _ended.RemoveAll(task => task.IsCompleted);
        foreach (var (key, settings) in wanted)
        {
            if (!_running.ContainsKey(key))
            {
                _running[key] = Start(begin(key, settings), settings);
            }
        }

        return [.. over.Select(entry => entry.Key).Where(key => !wanted.ContainsKey(key))];
    }

    public async ValueTask DisposeAsync()
    {
        Keep(new Dictionary<TKey, TSettings>(), static (_, _) => throw new InvalidOperationException());
        await Task.WhenAll(_ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Running(TSettings Settings, CancellationTokenSource Stop, Task Work);

    private Running Start(Func<CancellationToken, Task> round, TSettings settings)
    {
        var stop = new CancellationTokenSource();
        var token = stop.Token;
        return new Running(settings, stop, Task.Run(() => RunAsync(round, settings, token), token));
    }

    private async Task RunAsync(
        Func<CancellationToken, Task> round, TSettings settings, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await round(stop);
                await Task.Delay(pauseOf(settings), clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody wants to know any more; the last verdict stands.
            return;
        }
    }
}
