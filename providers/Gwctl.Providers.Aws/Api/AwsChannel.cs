using System.Diagnostics;
using Gwctl.Engine.Calls;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api.Wire;
using Polly;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// Sends one service's calls: waits for the rate, signs, sends, reads the answer, and repeats what may be repeated.
/// </summary>
internal sealed class AwsChannel
{
    private static readonly CallRetries Retries = new(
        Base: TimeSpan.FromMilliseconds(100),
        ThrottledBase: TimeSpan.FromMilliseconds(500),
        Max: TimeSpan.FromSeconds(20));

    private readonly AwsService _service;
    private readonly AwsApiOptions _options;
    private readonly AwsTransport _transport;
    private readonly AdaptiveBucket _reads;
    private readonly AdaptiveBucket _writes;
    private readonly AdaptiveBucket _registers;
    private readonly ResiliencePipeline _retries;

    public AwsChannel(AwsService service, AwsApiOptions options, AwsTransportParts parts)
    {
        _service = service;
        _options = options;
        _transport = new AwsTransport(service, options, parts);
        _reads = new AdaptiveBucket(service.Reads, options.Clock);
        _writes = service.SharesOneBucket ? _reads : new AdaptiveBucket(service.Writes, options.Clock);
        _registers = service.Registers is { } rate ? new AdaptiveBucket(rate, options.Clock) : _writes;
        _retries = Retries.Build(options);
    }

    /// <exception cref="AwsApiException">The service refused, or gave no usable answer, in every attempt.</exception>
    /// <exception cref="AwsCredentialsException">There are no credentials to sign with.</exception>
    public async Task<TResponse> CallAsync<TResponse>(
        AwsOperation<TResponse> operation,
        IWireShape request,
        CancellationToken cancellationToken)
    {
        using var activity = AwsTelemetry.Calls.Source.StartActivity(
            $"{_service.Name} {operation.Name}", ActivityKind.Client);
        var call = new CallState<TResponse>(this, operation, _service.Protocol.Encode(operation.Name, request));
        try
        {
            return await _retries.ExecuteAsync(
                static (state, token) => state.AttemptAsync(token), call, cancellationToken);
        }
        catch (AwsApiException exception)
        {
            exception.OutcomeUnknown = call.MayBeDone;
            activity?.SetStatus(ActivityStatusCode.Error, exception.Code);
            throw;
        }
    }

    private AdaptiveBucket BucketOf(CallClass callClass) => callClass switch
    {
        CallClass.Read => _reads,
        CallClass.Write => _writes,
        CallClass.Register => _registers,
        _ => throw new UnreachableException(),
    };

    /// <summary>One call over its attempts.</summary>
    private sealed class CallState<TResponse>(AwsChannel channel, AwsOperation<TResponse> operation, WireCall call)
    {
        private int _attempt;

        /// <summary>Some attempt of this write may have been carried out without our hearing of it.</summary>
        public bool MayBeDone { get; private set; }

        public async ValueTask<TResponse> AttemptAsync(CancellationToken cancellationToken)
        {
            _attempt++;
            var bucket = channel.BucketOf(operation.Class);
            var waited = channel._options.LimitsRate ? await bucket.TakeAsync(cancellationToken) : TimeSpan.Zero;
            var startedAt = channel._options.Clock.GetTimestamp();
            var reply = await channel._transport.SendAsync(call, cancellationToken);
            var response = default(TResponse);
            var error = reply.Error;
            if (error is null)
            {
                (response, error) = Read(reply);
            }

            Observe(reply, error, waited, channel._options.Clock.GetElapsedTime(startedAt));
            if (error is null && response is not null)
            {
                return response;
            }

            throw Failure(reply, error ?? Malformed(reply, "The answer is empty."));
        }

        private (TResponse? Response, AwsError? Error) Read(AwsReply reply)
        {
            try
            {
                return (operation.Read(channel._service.Protocol.Decode(operation.Name, reply.Body)), null);
            }
            catch (WireFormatException exception)
            {
                return (default, Malformed(reply, exception.Message));
            }
        }

        private static AwsError Malformed(AwsReply reply, string why) =>
            new(AwsErrorCodes.MalformedAnswer, why, reply.StatusCode)
            {
                RequestId = reply.RequestId,
                Messages = [why],
            };

        private AwsApiException Failure(AwsReply reply, AwsError error)
        {
            var exception = new AwsApiException(error, channel._service.Name, operation.Name, reply.Cause);
            if (exception.Throttled)
            {
                channel.BucketOf(operation.Class).Throttled();
            }

            // A success that cannot be read was carried out all the same.
            var done = operation.Writes && (reply.MayBeDone || reply.Error is null) && !exception.Throttled;
            MayBeDone |= done;
            var waitIsShort = CallRetries.IsShort(error.RetryAfter);
            var repeatable = reply.ClockCorrected || (exception.Retryable && waitIsShort);
            exception.MayRepeat = repeatable && (!done || operation.Repeat is Repeat.Always);
            return exception;
        }

        private void Observe(AwsReply reply, AwsError? error, TimeSpan waited, TimeSpan duration)
        {
            var attempt = new AwsCall
            {
                Service = channel._service.Name,
                Operation = operation.Name,
                Class = operation.Class,
                Attempt = _attempt,
                Duration = duration,
                Waited = waited,
                StatusCode = reply.StatusCode,
                Code = error?.Code,
                RequestId = error?.RequestId ?? reply.RequestId,
            };
            AwsTelemetry.Calls.Record(attempt);
            channel._options.Observer?.Invoke(attempt);
        }
    }
}
