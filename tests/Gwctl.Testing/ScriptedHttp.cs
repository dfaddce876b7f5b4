using System.Net;
using System.Text;

namespace Gwctl.Testing;

/// <summary>What was sent, kept after the message is gone.</summary>
public sealed record SentRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A form's fields, one per line and decoded.</summary>
    public string Fields => string.Join(
        '\n', Text.Split('&').Select(pair => Uri.UnescapeDataString(pair)));
}

/// <summary>Answers of a script.</summary>
public abstract class ScriptedAnswers
{
    public static HttpResponseMessage Answer(
        HttpStatusCode status, string body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }
}

/// <summary>A transport that answers by a script and remembers what it was asked.</summary>
/// <typeparam name="TSelf">The class itself, for chains of calls.</typeparam>
public abstract class ScriptedHttp<TSelf> : ScriptedAnswers
    where TSelf : ScriptedHttp<TSelf>
{
    private readonly Queue<Func<SentRequest, HttpResponseMessage>> _script = new();
    private readonly List<SentRequest> _sent = [];
    private readonly Lock _gate = new();

    public TestClock Clock { get; } = new();

    public IReadOnlyList<SentRequest> Sent => _sent;

    /// <summary>Answers that nothing in the script is left for.</summary>
    public Func<SentRequest, HttpResponseMessage>? Otherwise { get; set; }

    protected abstract TSelf Self { get; }

    public TSelf Then(Func<SentRequest, HttpResponseMessage> answer)
    {
        _script.Enqueue(answer);
        return Self;
    }

    public TSelf Then(
        HttpStatusCode status, string body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var given = headers.ToArray();
        return Then(_ => Answer(status, body, given));
    }

    public TSelf ThenOk(string body) => Then(HttpStatusCode.OK, body);

    public TSelf ThenFail(HttpRequestError error) =>
        Then(_ => throw new HttpRequestException(error, "The wire broke."));

    protected HttpMessageHandler NewHandler() => new Handler(this);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(
                header => header.Key.ToLowerInvariant(),
                header => string.Join(",", header.Value),
                StringComparer.Ordinal);
        var uri = request.RequestUri ?? throw new InvalidOperationException("a request without an address");
        headers["host"] = uri.Authority;
        var sent = new SentRequest(request.Method, uri, headers, body);
        lock (_gate)
        {
            _sent.Add(sent);
            if (_script.TryDequeue(out var answer))
            {
                return answer(sent);
            }
        }

        return Otherwise?.Invoke(sent) ?? throw new InvalidOperationException($"nothing answers {sent.Method} {uri}");
    }

    private sealed class Handler(ScriptedHttp<TSelf> script) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            script.SendAsync(request, cancellationToken);
    }
}
