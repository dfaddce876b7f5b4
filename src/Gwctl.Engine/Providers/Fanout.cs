using System.Collections.Concurrent;

namespace Gwctl.Engine.Providers;

/// <summary>Many calls at once, but not all: the token buckets order them, this bounds what waits in them.</summary>
public static class Fanout
{
    public const int CallsAtOnceMax = 32;

    /// <summary>The results in the order of the items. The first failure ends it all.</summary>
    public static async Task<IReadOnlyList<TResult>> MapAsync<T, TResult>(
        IReadOnlyCollection<T> items,
        Func<T, CancellationToken, Task<TResult>> call,
        CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = CallsAtOnceMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(items.Index(), parallel, async (item, stop) =>
            results[item.Index] = await call(item.Item, stop));
        return results;
    }

    /// <summary>As <see cref="MapAsync"/>, by item.</summary>
    public static async Task<IReadOnlyDictionary<T, TResult>> ByItemAsync<T, TResult>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task<TResult>> call,
        CancellationToken cancellationToken)
        where T : notnull
    {
        var found = new ConcurrentDictionary<T, TResult>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = CallsAtOnceMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(items, parallel, async (item, stop) => found[item] = await call(item, stop));
        return found;
    }

    /// <summary>Until all have ended well; the first that does not stops the others, and is what is thrown.</summary>
    public static async Task AllOrNoneAsync(IEnumerable<Task> tasks, CancellationTokenSource stop)
    {
        var all = tasks.ToList();
        while (all.Count > 0)
        {
            var ended = await Task.WhenAny(all);
            all.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await stop.CancelAsync();
                await Task.WhenAll(all).ContinueWith(
                    static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                await ended;
            }
        }
    }
}
