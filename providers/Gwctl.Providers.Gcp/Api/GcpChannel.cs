using System.Diagnostics;
using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Polly;
using Polly.Retry;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Sends one service's calls: waits for the rate, sends, and repeats what may be repeated. Every call may:
/// writes of Compute Engine bear a request id, by which a repetition is known; the others name what they make or what
/// they change it from, so that a repetition is refused, and their callers look again.</summary>
internal sealed class GcpChannel
{
    private static readonly TimeSpan BackoffBase = TimeSpan.FromMilliseconds(200);

    /// <summary>Rates are counted by the minute, so that a short wait is of no use.</summary>
    private static readonly TimeSpan ThrottledBackoffBase = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(30);

    /// <summary>A service's wish for a longer wait is not followed: the caller should hear of it instead.</summary>
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(60);

    private readonly GcpService _service;
    private readonly GcpApiOptions _options;
    private readonly GcpTransport _transport;
    private readonly AdaptiveBucket _reads;
    private readonly AdaptiveBucket _writes;
    private readonly ResiliencePipeline _retries;

    public GcpChannel(GcpService service, GcpApiOptions options, GcpTransportParts parts)
    {
        _service = service;
        _options = options;
        _transport = new GcpTransport(service, options, parts);
        _reads = new AdaptiveBucket(service.Reads, options.Clock);
        _writes = new AdaptiveBucket(service.Writes, options.Clock);
        _retries = Retries(options);
    }

    public GcpApiOptions Options => _options;

    public string ServiceName => _service.Name;

    /// <exception cref="GcpApiException">The service refused, or gave no usable answer, in every attempt.</exception>
    /// <exception cref="GcpCredentialsException">There are no credentials to send with.</exception>
    public async Task<JsonObject> CallAsync(GcpRequest request, CancellationToken cancellationToken)
    {
        using var activity = GcpTelemetry.Source.StartActivity(
            $"{_service.Name} {request.Operation}", ActivityKind.Client);
        var call = new CallState(this, request);
        try
        {
            return await _retries.ExecuteAsync(
                static (state, token) => state.AttemptAsync(token), call, cancellationToken);
        }
        catch (GcpApiException exception)
        {
            exception.OutcomeUnknown = call.MayBeDone;
            activity?.SetStatus(ActivityStatusCode.Error, exception.Reason);
            throw;
        }
    }

    private static ResiliencePipeline Retries(GcpApiOptions options)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.Clock };
        if (options.AttemptsMax > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.AttemptsMax - 1,
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(arguments.Outcome.Exception is GcpApiException { MayRepeat: true }),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
                    Backoff(arguments.AttemptNumber, arguments.Outcome.Exception as GcpApiException, options.Random())),
            });
        }

        return builder.Build();
    }

    /// <summary>Full jitter: anything up to the doubled base, so that callers throttled together part.</summary>
    private static TimeSpan Backoff(int repetition, GcpApiException? exception, double random)
    {
        var start = exception is { Throttled: true } ? ThrottledBackoffBase : BackoffBase;
        var ceiling = Math.Min(start.TotalSeconds * Math.Pow(2, repetition), BackoffMax.TotalSeconds);
        var jittered = TimeSpan.FromSeconds(ceiling * random);
        return exception?.Error.RetryAfter is { } wish && wish > jittered ? wish : jittered;
    }

    /// <summary>One call over its attempts.</summary>
    private sealed class CallState(GcpChannel channel, GcpRequest request)
    {
        private int _attempt;

        /// <summary>Some attempt of this write may have been carried out without our hearing of it.</summary>
        public bool MayBeDone { get; private set; }

        private AdaptiveBucket Bucket => request.Writes ? channel._writes : channel._reads;

        public async ValueTask<JsonObject> AttemptAsync(CancellationToken cancellationToken)
        {
            _attempt++;
            var waited = channel._options.LimitsRate ? await Bucket.TakeAsync(cancellationToken) : TimeSpan.Zero;
            var startedAt = channel._options.Clock.GetTimestamp();
            var reply = await channel._transport.SendAsync(request, cancellationToken);
            Observe(reply, waited, channel._options.Clock.GetElapsedTime(startedAt));
            return reply.Error is null ? reply.Body : throw Failure(reply, reply.Error);
        }

        private GcpApiException Failure(GcpReply reply, GcpError error)
        {
            var exception = new GcpApiException(error, channel._service.Name, request.Operation, reply.Cause);
            if (exception.Throttled)
            {
                Bucket.Throttled();
            }

            MayBeDone |= request.Writes && reply.MayBeDone && !exception.Throttled;
            exception.MayRepeat =
                exception.Retryable && (error.RetryAfter is null || error.RetryAfter <= RetryAfterMax);
            return exception;
        }

        private void Observe(GcpReply reply, TimeSpan waited, TimeSpan duration)
        {
            var attempt = new GcpCall
            {
                Service = channel._service.Name,
                Operation = request.Operation,
                Writes = request.Writes,
                Attempt = _attempt,
                Duration = duration,
                Waited = waited,
                StatusCode = reply.StatusCode,
                Reason = reply.Error?.Reason,
            };
            GcpTelemetry.Record(attempt);
            channel._options.Observer?.Invoke(attempt);
        }
    }
}
