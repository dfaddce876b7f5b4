using System.Net;
using System.Net.Http.Headers;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Hosting;

/// <summary>Serves an HTTP client of the same process without a socket: same bytes, same signatures, same faults.
/// </summary>
internal sealed class InProcessHandler(Clouds clouds) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var wire = await ReadAsync(request, cancellationToken);
        var answer = await clouds.ServeAsync(wire, cancellationToken)
            ?? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The sandbox broke the connection.");
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(request.Method == HttpMethod.Head ? [] : answer.Body),
        };
        response.Content.Headers.ContentLength = answer.Body.Length;
        if (answer.Body.Length > 0)
        {
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static async Task<WireRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = request.Headers.Host ?? uri.Authority,
        };
        var ofContent = request.Content?.Headers.NonValidated ?? default;
        foreach (var (name, values) in request.Headers.NonValidated.Concat(ofContent))
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values);
        }

        return new WireRequest(request.Method.Method, uri.PathAndQuery, headers, body);
    }
}
