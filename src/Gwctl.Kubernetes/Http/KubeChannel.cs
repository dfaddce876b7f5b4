using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Kubernetes.Http;

/// <summary>A request before it is sent.</summary>
/// <param name="Path">Below the server's address, with its query.</param>
/// <param name="What">For messages: verb, resource and name.</param>
internal sealed record KubeCall(HttpMethod Method, string Path, string What)
{
    public JsonObject? Body { get; init; }

    public string MediaType { get; init; } = "application/json";
}

/// <summary>Sends requests: with credentials, again where the server asks for it, and with errors typed.</summary>
internal sealed class KubeChannel : IDisposable
{
    private static readonly TimeSpan BackoffBase = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(10);

    /// <summary>A server's wish for a longer wait is not followed: the caller should hear of it instead.</summary>
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(30);

    /// <summary>A watch says something at least by its own end; after this much more it is dead.</summary>
    private static readonly TimeSpan WatchSlack = TimeSpan.FromSeconds(30);

    private readonly Uri _server;
    private readonly KubeClientOptions _options;
    private readonly KubeCredentials _credentials;
    private readonly HttpClient _http;

    public KubeChannel(KubeSettings settings, KubeClientOptions options, KubeCredentials credentials)
    {
        (_options, _credentials) = (options, credentials);
        var text = settings.Server.ToString();
        _server = text.EndsWith('/') ? settings.Server : new Uri(text + "/");
        _http = new HttpClient(options.Wrap(KubeTransport.Handler(settings, credentials)), disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    /// <exception cref="KubeException">The server refused, cannot be reached, or gave no usable answer.</exception>
    public async Task<JsonObject> CallAsync(KubeCall call, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(call, cancellationToken);
            }
            catch (KubeException exception) when (exception.IsUnauthorized && !renewed && _credentials.Renew())
            {
                renewed = true;
            }
            catch (KubeException exception) when (attempt < _options.AttemptsMax && MayRepeat(call, exception))
            {
                await Task.Delay(Wait(attempt, exception), _options.Clock, cancellationToken);
            }
        }
    }

    /// <summary>Reads the lines of a watch as they come.</summary>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        KubeCall call, TimeSpan lasts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(lasts + WatchSlack, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var response = await OpenAsync(call, either.Token, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await ReadLineAsync(call, reader, either.Token, cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                yield return ReadEvent(call, line);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> OpenAsync(
        KubeCall call, CancellationToken either, CancellationToken cancellationToken)
    {
        var renewed = false;
        while (true)
        {
            try
            {
                using var request = await RequestAsync(call, either);
                return await SendAsync(call, request, either);
            }
            catch (KubeException exception) when (exception.IsUnauthorized && !renewed && _credentials.Renew())
            {
                renewed = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Unreachable("the watch did not open in time", null);
            }
        }
    }

    private async Task<string?> ReadLineAsync(
        KubeCall call, StreamReader reader, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(either);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Unreachable($"the connection broke while trying to {call.What}", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"nothing was heard any more after trying to {call.What}", null);
        }
    }

    private static WatchEvent ReadEvent(KubeCall call, string line)
    {
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException exception)
        {
            throw new KubeException(
                KubeDiagnostics.Malformed(call.What, "a line of the watch is not JSON."), inner: exception);
        }

        var type = Json.Text(root, "type");
        if (root?["object"] is not JsonObject body)
        {
            throw new KubeException(KubeDiagnostics.Malformed(call.What, "an event of the watch has no object."));
        }

        root.Remove("object");
        return type switch
        {
            "ADDED" => new WatchEvent(WatchKind.Added, new KubeObject(body)),
            "MODIFIED" => new WatchEvent(WatchKind.Modified, new KubeObject(body)),
            "DELETED" => new WatchEvent(WatchKind.Deleted, new KubeObject(body)),
            "BOOKMARK" => new WatchEvent(WatchKind.Bookmark, new KubeObject(body)),
            "ERROR" => throw Failure(call, (int?)body["code"]?.AsValue() ?? 0, body, null),
            _ => throw new KubeException(
                KubeDiagnostics.Malformed(call.What, "the watch has an event of an unknown type.")),
        };
    }

    private async Task<JsonObject> AttemptAsync(KubeCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.RequestMax, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = await RequestAsync(call, either.Token);
            using var response = await SendAsync(call, request, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await JsonNode.ParseAsync(stream, cancellationToken: either.Token) as JsonObject
                ?? throw new KubeException(KubeDiagnostics.Malformed(call.What, "it is no JSON object."));
        }
        catch (JsonException exception)
        {
            throw new KubeException(KubeDiagnostics.Malformed(call.What, "it is not JSON."), inner: exception);
        }
        catch (Exception exception) when (exception is IOException)
        {
            throw Unreachable($"the connection broke while trying to {call.What}", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(
                $"no answer within {_options.RequestMax.TotalSeconds:0} s after trying to {call.What}", null);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(KubeCall call, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_server, call.Path));
        request.Headers.UserAgent.ParseAdd(_options.UserAgent);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = await _credentials.HeaderAsync(cancellationToken);
        if (call.Body is { } body)
        {
            request.Content =
                new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, KubeJson.Default.JsonObject));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.MediaType);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(
        KubeCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as KubeException ?? Unreachable(Why(exception), exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw Failure(call, (int)response.StatusCode, StatusIn(text), RetryAfter(response));
        }
    }

    // Of a TLS failure the inner message says what is wrong with the certificate.
    private static string Why(HttpRequestException exception) =>
        exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;

    private static JsonObject? StatusIn(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // A proxy's page, say: the status code alone must do.
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _options.Clock.GetUtcNow(),
        _ => null,
    };

    private static KubeException Failure(KubeCall call, int statusCode, JsonObject? status, TimeSpan? retryAfter)
    {
        var reason = Json.Text(status, "reason");
        var message = Json.Text(status, "message") is { Length: > 0 } text ? text : $"HTTP {statusCode}";
        var diagnostic = statusCode switch
        {
            401 => KubeDiagnostics.Unauthorized(call.What),
            403 => KubeDiagnostics.Forbidden(call.What, message),
            _ => KubeDiagnostics.Refused(call.What, statusCode, message),
        };
        var seconds = Json.Section(status, "details")?["retryAfterSeconds"]?.ToString();
        return new KubeException(diagnostic, statusCode, reason)
        {
            RetryAfter = retryAfter
                ?? (int.TryParse(seconds, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? TimeSpan.FromSeconds(number)
                    : null),
        };
    }

    private KubeException Unreachable(string why, Exception? inner) =>
        new(KubeDiagnostics.Unreachable(_server, why), inner: inner);

    // A refused request (429, and 503 of a server that starts) was not carried out. One without an answer may have
    // been: only reading is repeated then.
    private static bool MayRepeat(KubeCall call, KubeException exception) =>
        exception.RetryAfter is not { } wish || wish <= RetryAfterMax
            ? exception.StatusCode is 429 || (exception.IsTransient && call.Method == HttpMethod.Get)
            : false;

    private TimeSpan Wait(int attempt, KubeException exception)
    {
        var ceiling = Math.Min(BackoffBase.TotalSeconds * Math.Pow(2, attempt), BackoffMax.TotalSeconds);
        var jittered = TimeSpan.FromSeconds(ceiling * (0.5 + (_options.Random() / 2)));
        return exception.RetryAfter is { } wish && wish > jittered ? wish : jittered;
    }
}
