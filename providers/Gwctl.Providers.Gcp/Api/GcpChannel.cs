using System.Diagnostics;
using System.Text.Json.Nodes;
using Gwctl.Engine.Calls;
using Gwctl.Engine.Providers;
using Polly;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Sends one service's calls: waits for the rate, sends, and repeats what may be repeated. Every call may:
/// writes of Compute Engine bear a request id, by which a repetition is known; the others name what they make or what
/// they change it from, so that a repetition is refused, and their callers look again.</summary>
internal sealed class GcpChannel
{
    /// <summary>Rates are counted by the minute, so that a short wait after a throttle is of no use.</summary>
    private static readonly CallRetries Retries = new(
        Base: TimeSpan.FromMilliseconds(200),
        ThrottledBase: TimeSpan.FromSeconds(2),
        Max: TimeSpan.FromSeconds(30));

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
        _retries = Retries.Build(options);
    }

    public GcpApiOptions Options => _options;

    public string ServiceName => _service.Name;

    /// <exception cref="GcpApiException">The service refused, or gave no usable answer, in every attempt.</exception>
    /// <exception cref="GcpCredentialsException">There are no credentials to send with.</exception>
    public async Task<JsonObject> CallAsync(GcpRequest request, CancellationToken cancellationToken)
    {
        using var activity = GcpTelemetry.Calls.Source.StartActivity(
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
                exception.Retryable && CallRetries.IsShort(error.RetryAfter);
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
                Code = reply.Error?.Reason,
            };
            GcpTelemetry.Calls.Record(attempt);
            channel._options.Observer?.Invoke(attempt);
        }
    }
}
