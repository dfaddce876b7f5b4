using System.Diagnostics;
using System.Net;
using System.Net.Security;
using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Sends requests to targets that are real servers.</summary>
internal sealed class TargetClient : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        MaxResponseDrainSize = 64 * 1024,
        SslOptions = new SslClientAuthenticationOptions
        {
            // As the real one: an Application Load Balancer does not verify its targets.
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        },
    });

    public void Dispose() => _invoker.Dispose();

    /// <exception cref="HttpRequestException">The target cannot be reached, or does not speak HTTP.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        _invoker.SendAsync(message, cancellationToken);

    /// <summary>The message for a target.</summary>
    public static HttpRequestMessage Message(
        HttpContext context, OutgoingRequest outgoing, IPEndPoint endPoint, GroupSettings group)
    {
        var scheme = group.Secure ? "https" : "http";
        var message = new HttpRequestMessage
        {
            Method = new HttpMethod(outgoing.Method),
            RequestUri = new Uri(
                $"{scheme}://{endPoint}{outgoing.Target}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
            Version = group.Protocol is TargetProtocol.Http1 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var detection = context.Features.Get<IHttpRequestBodyDetectionFeature>();
        if (detection is { CanHaveBody: true } && !outgoing.Upgrades)
        {
            message.Content = new RequestBodyContent(
                context.Request.Body, context.Request.ContentLength, context.RequestAborted);
        }

        message.Headers.Host = outgoing.Host is "" ? null : outgoing.Host;
        if (group.Protocol is not TargetProtocol.Http1)
        {
            message.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        foreach (var (name, values) in outgoing.Headers)
        {
            var all = (IEnumerable<string?>)values;
            if (!message.Headers.TryAddWithoutValidation(name, all))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, all);
            }
        }

        return message;
    }

    /// <summary>Gives the target's response to the client.</summary>
    /// <param name="context">The client's.</param>
    /// <param name="answer">The target's.</param>
    /// <param name="finish">Has the last word on the headers.</param>
    /// <param name="idle">How long nothing may come.</param>
    /// <param name="clock">Measures it.</param>
    public static async Task CopyAsync(
        HttpContext context, HttpResponseMessage answer, Action<HttpResponse> finish, TimeSpan idle, TimeProvider clock)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        var http1 = HttpProtocol.IsHttp11(context.Request.Protocol);
        CopyHeaders(answer.Headers.NonValidated, response.Headers);
        CopyHeaders(answer.Content.Headers.NonValidated, response.Headers);
        if (answer.StatusCode is HttpStatusCode.SwitchingProtocols && http1)
        {
            response.Headers.Connection = "Upgrade";
            response.Headers.Upgrade = answer.Headers.Upgrade.ToString();
            finish(response);
            await TunnelAsync(context, answer);
            return;
        }

        finish(response);
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await using var timer = clock.CreateTimer(
            _ => quiet.Cancel(), null, idle, Timeout.InfiniteTimeSpan);
        var buffer = new byte[BufferBytes];
        while (await body.ReadAsync(buffer, quiet.Token) is var count and > 0)
        {
            timer.Change(idle, Timeout.InfiniteTimeSpan);
            await response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
        }

        if (response.SupportsTrailers())
        {
            foreach (var (name, values) in answer.TrailingHeaders.NonValidated)
            {
                response.AppendTrailer(name, values.ToArray());
            }
        }
    }

    private static void CopyHeaders(
        System.Net.Http.Headers.HttpHeadersNonValidated source, IHeaderDictionary destination)
    {
        foreach (var (name, values) in source)
        {
            if (!OutgoingRequest.IsHopByHop(name))
            {
                destination[name] = values.Count is 1 ? values.ToString() : values.ToArray();
            }
        }
    }

    private static async Task TunnelAsync(HttpContext context, HttpResponseMessage answer)
    {
        var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        await using var target = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        await using var client = await upgrade.UpgradeAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var directions = new[] { PumpAsync(client, target, end.Token), PumpAsync(target, client, end.Token) };
        await Task.WhenAny(directions);

        // One side is done; what the other still has to say comes within a moment or not at all.
        end.CancelAfter(TimeSpan.FromSeconds(1));
        await Task.WhenAll(directions);
    }

    private static async Task PumpAsync(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        try
        {
            await source.CopyToAsync(destination, cancellationToken);
            await destination.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Either side may hang up at any time; that ends the tunnel, and is no fault.
            return;
        }
    }
}
