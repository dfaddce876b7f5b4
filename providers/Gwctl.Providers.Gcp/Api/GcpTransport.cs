using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>What all services of one <see cref="GcpApi"/> share.</summary>
internal sealed record GcpTransportParts(HttpMessageInvoker Http, GcpCredentialsProvider Credentials);

/// <summary>What one attempt brought: an answer's object, or an error.</summary>
internal sealed record GcpReply(int StatusCode)
{
    /// <summary>Empty where the service answers with nothing.</summary>
    public JsonObject Body { get; init; } = [];

    public GcpError? Error { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The service may have carried the request out although there is an error.</summary>
    public bool MayBeDone { get; init; }
}

/// <summary>Sends one attempt, and sorts the ways it can fail by what the service may have done.</summary>
internal sealed class GcpTransport(GcpService service, GcpApiOptions options, GcpTransportParts parts)
{
    /// <summary>No answer of these services comes near it: a URL map has at most 1 MB, a page at most 500.</summary>
    private const int AnswerBytesMax = 256 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    private readonly Uri _root = options.EndpointUrl ?? service.Root;

    public async Task<GcpReply> SendAsync(GcpRequest request, CancellationToken cancellationToken)
    {
        using var first = NewMessage(request);
        var renewals = await parts.Credentials.AuthorizeAsync(first, cancellationToken);
        var reply = await SendAsync(first, request, cancellationToken);
        if (reply.StatusCode is not 401 || !await parts.Credentials.RenewAsync(renewals, cancellationToken))
        {
            return reply;
        }

        // Nothing was carried out for the token that was refused.
        using var second = NewMessage(request);
        await parts.Credentials.AuthorizeAsync(second, cancellationToken);
        return await SendAsync(second, request, cancellationToken);
    }

    private HttpRequestMessage NewMessage(GcpRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_root, request.PathAndQuery));
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
            message.Content.Headers.ContentType = JsonType;
        }

        return message;
    }

    private async Task<GcpReply> SendAsync(
        HttpRequestMessage message, GcpRequest request, CancellationToken cancellationToken)
    {
        using var timeout =
            new CancellationTokenSource(options.AttemptTimeout + request.Patience, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var answer = await parts.Http.SendAsync(message, either.Token);
            await answer.Content.LoadIntoBufferAsync(AnswerBytesMax, either.Token);
            return Sort(answer, await answer.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (HttpRequestException exception) when (CallRetries.NeverSent(exception.HttpRequestError))
        {
            return Lost(GcpReasons.ConnectionFailed, At(exception.Message), exception, mayBeDone: false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Lost(GcpReasons.AnswerLost, At(exception.Message), exception, mayBeDone: true);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = (options.AttemptTimeout + request.Patience).TotalSeconds;
            return Lost(GcpReasons.AnswerLost, At($"No answer within {seconds:0} s."), exception, mayBeDone: true);
        }
    }

    private GcpReply Sort(HttpResponseMessage answer, byte[] body)
    {
        var status = (int)answer.StatusCode;
        var content = Parse(body);
        if (answer.IsSuccessStatusCode)
        {
            return content is null
                ? new GcpReply(status)
                {
                    Error = new GcpError(GcpReasons.MalformedAnswer, "The answer is no JSON object.", status),
                    MayBeDone = true,
                }
                : new GcpReply(status) { Body = content };
        }

        return new GcpReply(status)
        {
            Error = ErrorForm.Read(status, content) with
            {
                RetryAfter = CallRetries.WishIn(answer.Headers.RetryAfter, options.Clock),
            },
            MayBeDone = status >= 500,
        };
    }

    /// <summary>Null for what is no JSON object; an empty body is an empty object.</summary>
    private static JsonObject? Parse(byte[] body)
    {
        if (body.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Who did not answer, and why: nobody else tells the address.</summary>
    private string At(string why) => $"{_root.GetLeftPart(UriPartial.Authority)}: {why}";

    private static GcpReply Lost(string reason, string why, Exception? cause, bool mayBeDone) => new(StatusCode: 0)
    {
        Error = new GcpError(reason, why, StatusCode: 0),
        Cause = cause,
        MayBeDone = mayBeDone,
    };
}
