using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>What came back.</summary>
/// <param name="Status">0 where no answer came: the connection was refused or broken.</param>
/// <param name="Problem">Why no answer came; empty where one did.</param>
public sealed record Reply(int Status, EquatableList<HeaderField> Headers, byte[] Body, string Problem)
{
    public string? Header(string name) => Headers
        .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value)
        .FirstOrDefault();
}

/// <summary>Sends requests to a loopback address just as they are written: nothing is normalised, followed, decoded or
/// verified. Keeps connections open.</summary>
public sealed class TrialClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(IPEndPoint To, string? Sni), HttpMessageInvoker> _clients = new();

    /// <param name="to">Where the listener really listens.</param>
    public async Task<Reply> AskAsync(IPEndPoint to, Request request, CancellationToken cancellationToken)
    {
        var client = _clients.GetOrAdd((to, request.Sni), Open);
        using var message = MessageOf(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await client.SendAsync(message, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            EquatableList<HeaderField> headers =
            [
                .. Lines(response.Headers.NonValidated),
                .. Lines(response.Content.Headers.NonValidated),
                .. Lines(response.TrailingHeaders.NonValidated),
            ];
            return new Reply((int)response.StatusCode, headers, body, "");
        }
        catch (HttpRequestException exception)
        {
            return new Reply(0, [], [], exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Reply(0, [], [], $"no answer within {Patience.TotalSeconds} seconds");
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static HttpMessageInvoker Open((IPEndPoint To, string? Sni) where) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(where.To.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(where.To, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            TargetHost = where.Sni ?? "",
            // What is asked is where a request goes, of a cloud that lives for seconds in this process.
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            CertificateChainPolicy = NoTrust(),
        },
    });

    /// <summary>A chain that nobody judges need not be built: the system's certificates are not looked through for each
    /// handshake.</summary>
    internal static X509ChainPolicy NoTrust() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private static HttpRequestMessage MessageOf(Request request)
    {
        var target = request.Query is null ? request.Path : $"{request.Path}?{request.Query}";
        // The host of the address is not used for anything: the connection's way and the Host header are given.
        var address = new Uri($"{request.Scheme}://trial{target}", new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        });
        var isGrpc = request.HeaderValue("content-type")?.StartsWith(
            "application/grpc", StringComparison.OrdinalIgnoreCase) is true;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), address)
        {
            // Without TLS there is no agreeing on HTTP/2: what is asked there is where the rules send a call.
            Version = isGrpc && request.Scheme is "https" ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.Host = request.Host;
        if (isGrpc)
        {
            // An empty message: a byte that says not compressed, and a length of four bytes.
            message.Content = new ByteArrayContent(new byte[5]);
        }

        foreach (var header in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        return message;
    }

    private static IEnumerable<HeaderField> Lines(HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                yield return new HeaderField(name, value);
            }
        }
    }
}
