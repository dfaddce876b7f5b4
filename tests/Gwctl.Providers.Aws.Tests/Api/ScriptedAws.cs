using System.Net;
using System.Text;
using Gwctl.Providers.Aws.Api;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

/// <summary>What was sent, kept after the message is gone.</summary>
internal sealed record SentRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A form's fields, one per line and decoded.</summary>
    public string Fields => string.Join(
        '\n', Text.Split('&').Select(pair => Uri.UnescapeDataString(pair)));
}

/// <summary>A transport that answers by a script and remembers what it was asked.</summary>
internal sealed class ScriptedAws
{
    private readonly Queue<Func<SentRequest, HttpResponseMessage>> _script = new();
    private readonly List<SentRequest> _sent = [];

    public TestClock Clock { get; } = new();

    public List<AwsCall> Calls { get; } = [];

    public IReadOnlyList<SentRequest> Sent => _sent;

    /// <summary>Answers that nothing in the script is left for.</summary>
    public Func<SentRequest, HttpResponseMessage>? Otherwise { get; set; }

    public AwsApi NewApi(Func<AwsApiOptions, AwsApiOptions>? change = null)
    {
        var options = new AwsApiOptions
        {
            Region = "eu-central-1",
            Clock = Clock,
            Random = () => 0.5,
            Credentials = new AwsCredentialsSource.Static("AKIDEXAMPLE", "not-a-real-secret"),
            Handler = new Handler(this),
            AttemptTimeout = TimeSpan.FromHours(1),
            Observer = Calls.Add,
        };
        return new AwsApi(change is null ? options : change(options));
    }

    public ScriptedAws Then(Func<SentRequest, HttpResponseMessage> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public ScriptedAws Then(
        HttpStatusCode status,
        string body,
        params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var given = headers.ToArray();
        return Then(_ => Answer(status, body, given));
    }

    public ScriptedAws ThenOk(string body) => Then(HttpStatusCode.OK, body);

    /// <summary>The query services' error envelope.</summary>
    public ScriptedAws ThenError(string code, HttpStatusCode status = HttpStatusCode.BadRequest) => Then(
        status,
        $"""
        <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
          <Error><Type>Sender</Type><Code>{code}</Code><Message>It is said.</Message></Error>
          <RequestId>r-{code}</RequestId>
        </ErrorResponse>
        """);

    public ScriptedAws ThenFail(HttpRequestError error) =>
        Then(_ => throw new HttpRequestException(error, "The wire broke."));

    public static HttpResponseMessage Answer(
        HttpStatusCode status,
        string body,
        params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(
                header => header.Key.ToLowerInvariant(),
                header => string.Join(",", header.Value),
                StringComparer.Ordinal);
        Assert.NotNull(request.RequestUri);
        headers["host"] = request.RequestUri.Authority;
        var sent = new SentRequest(request.Method, request.RequestUri, headers, body);
        _sent.Add(sent);
        if (_script.TryDequeue(out var answer))
        {
            return answer(sent);
        }

        Assert.NotNull(Otherwise);
        return Otherwise(sent);
    }

    private sealed class Handler(ScriptedAws aws) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken) => aws.SendAsync(request, cancellationToken);
    }
}
