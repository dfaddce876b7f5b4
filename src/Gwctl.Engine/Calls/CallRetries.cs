using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace Gwctl.Engine.Calls;

/// <summary>What retrying asks of an error.</summary>
public interface ICallFailure
{
    /// <summary>The account's call rate was exceeded.</summary>
    bool Throttled { get; }

    /// <summary>The call may be sent again: the error may pass and a repetition cannot do harm.</summary>
    bool MayRepeat { get; }

    /// <summary>The service's wish for the wait before the next attempt.</summary>
    TimeSpan? RetryAfter { get; }
}

/// <summary>When calls are made again, and after which pauses.</summary>
/// <param name="Base">The first pause's ceiling; each is twice the one before.</param>
/// <param name="ThrottledBase">The same after a throttle.</param>
/// <param name="Max">The highest ceiling.</param>
public sealed record CallRetries(TimeSpan Base, TimeSpan ThrottledBase, TimeSpan Max)
{
    /// <summary>A service's wish for a longer wait is not followed: the caller should hear of it instead.</summary>
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(60);

    public ResiliencePipeline Build(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.Clock };
        if (options.AttemptsMax > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.AttemptsMax - 1,
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(arguments.Outcome.Exception is ICallFailure { MayRepeat: true }),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
                    Pause(arguments.AttemptNumber, arguments.Outcome.Exception as ICallFailure, options.Random())),
            });
        }

        return builder.Build();
    }

    /// <summary>Whether a wish for a pause is one that is followed; no wish is.</summary>
    public static bool IsShort(TimeSpan? retryAfter) => retryAfter is null || retryAfter <= RetryAfterMax;

    /// <summary>The wish in a Retry-After header.</summary>
    public static TimeSpan? WishIn(RetryConditionHeaderValue? header, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
    }

    /// <summary>True where the request did not leave this machine, so that nothing can have been done.</summary>
    public static bool NeverSent(HttpRequestError error) => error is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    /// <summary>Full jitter: anything up to the doubled base, so that callers throttled together part.</summary>
    private TimeSpan Pause(int repetition, ICallFailure? failure, double random)
    {
        var start = failure is { Throttled: true } ? ThrottledBase : Base;
        var ceiling = Math.Min(start.TotalSeconds * Math.Pow(2, repetition), Max.TotalSeconds);
        var jittered = TimeSpan.FromSeconds(ceiling * random);
        return failure?.RetryAfter is { } wish && wish > jittered ? wish : jittered;
    }
}
