using Gwctl.Engine.Calls;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api;

/// <summary>What all services of one <see cref="AwsApi"/> share.</summary>
internal sealed record AwsTransportParts(HttpMessageInvoker Http, AwsCredentialsProvider Credentials);

/// <summary>What one attempt brought: an answer's body, or an error.</summary>
internal sealed class AwsReply
{
    public int StatusCode { get; init; }

    public string? RequestId { get; init; }

    public byte[] Body { get; init; } = [];

    public AwsError? Error { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The service may have carried the request out although there is an error.</summary>
    public bool MayBeDone { get; init; }

    /// <summary>The error came of our clock, now corrected: the same call is worth another attempt.</summary>
    public bool ClockCorrected { get; init; }
}

/// <summary>Signs and sends one attempt, and sorts the ways it can fail by what the service may have done.</summary>
internal sealed class AwsTransport(AwsService service, AwsApiOptions options, AwsTransportParts parts)
{
    /// <summary>No answer of these services comes near it (a page of 400 rules is about 1 MB).</summary>
    private const int AnswerBytesMax = 64 * 1024 * 1024;

    /// <summary>Services allow 5 minutes; correcting from 4 on leaves room for the trip.</summary>
    private static readonly TimeSpan SkewMin = TimeSpan.FromMinutes(4);

    private readonly AwsEndpoint? _endpoint =
        AwsEndpoint.Resolve(service.Name, options.Region, options.EndpointUrl);

    private long _skewTicks;

    public async Task<AwsReply> SendAsync(WireCall call, CancellationToken cancellationToken)
    {
        if (_endpoint is null)
        {
            var why = $"gwctl does not know where {service.Name} is for the region '{options.Region}'.";
            return Lost(AwsErrorCodes.EndpointUnknown, why, cause: null, mayBeDone: false);
        }

        var credentials = await parts.Credentials.GetAsync(cancellationToken);
        var now = options.Clock.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks));
        using var message = AwsSigner.Sign(call, _endpoint, service.Name, credentials, now);
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var answer = await parts.Http.SendAsync(message, either.Token);
            var body = await ReadAsync(answer, either.Token);
            return Sort(answer, body);
        }
        catch (HttpRequestException exception) when (CallRetries.NeverSent(exception.HttpRequestError))
        {
            return Lost(AwsErrorCodes.ConnectionFailed, At(exception.Message), exception, mayBeDone: false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Lost(AwsErrorCodes.AnswerLost, At(exception.Message), exception, mayBeDone: true);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var why = At($"No answer within {options.AttemptTimeout.TotalSeconds:0} s.");
            return Lost(AwsErrorCodes.AnswerLost, why, exception, mayBeDone: true);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await answer.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellationToken);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private AwsReply Sort(HttpResponseMessage answer, byte[] body)
    {
        var status = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode)
        {
            return new() { StatusCode = status, Body = body, RequestId = WireProtocol.RequestIdOf(answer) };
        }

        var error = service.Protocol.DecodeError(status, answer, body) with
        {
            RetryAfter = CallRetries.WishIn(answer.Headers.RetryAfter, options.Clock),
        };
        return new()
        {
            StatusCode = status,
            RequestId = error.RequestId,
            Error = error,
            MayBeDone = status >= 500,
            ClockCorrected = CorrectClock(error),
        };
    }

    /// <summary>
    /// A request refused for its date is signed again with the service's clock. Only a difference that services
    /// refuse counts; a wrong key gives the same codes and must not be repeated.
    /// </summary>
    private bool CorrectClock(AwsError error)
    {
        if (error.ServiceTime is not { } serviceTime || !AwsErrorCodes.MayBeClockSkew(error.Code))
        {
            return false;
        }

        var skew = serviceTime - options.Clock.GetUtcNow();
        var applied = TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks));
        if ((skew - applied).Duration() < SkewMin)
        {
            return false;
        }

        Interlocked.Exchange(ref _skewTicks, skew.Ticks);
        return true;
    }

    /// <summary>Who did not answer, and why: nobody else tells the address.</summary>
    private string At(string why) => $"{_endpoint?.Url.GetLeftPart(UriPartial.Authority)}: {why}";

    private static AwsReply Lost(string code, string why, Exception? cause, bool mayBeDone) => new()
    {
        Error = new AwsError(code, why, StatusCode: 0) { Messages = [why] },
        Cause = cause,
        MayBeDone = mayBeDone,
    };
}
