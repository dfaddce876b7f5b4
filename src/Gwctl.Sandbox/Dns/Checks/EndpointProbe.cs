using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Gwctl.Sandbox.Dns.Checks;

/// <summary>What one check found.</summary>
internal readonly record struct Finding(bool Succeeded, string Status);

/// <summary>Makes one check of an endpoint, as Route 53's checkers do.</summary>
internal sealed class EndpointProbe(EndpointPlaces places, TimeProvider clock)
{
    /// <summary>To connect.</summary>
    private static readonly TimeSpan TcpTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Four to connect, two for the answer.</summary>
    private static readonly TimeSpan HttpTimeout = TimeSpan.FromSeconds(6);

    /// <summary>Where a string is searched for.</summary>
    private const int BodyBytesMax = 5_120;

    /// <returns>Null where the endpoint lies outside the sandbox.</returns>
    public async Task<Finding?> FindAsync(EndpointCheck check, CancellationToken cancellationToken)
    {
        var place = places.Find(check);
        if (place.Target is not { } target)
        {
            return place.Problem is { } problem ? new Finding(false, $"Failure: {problem}.") : null;
        }

        using var patience = new CancellationTokenSource(check.Type is "TCP" ? TcpTimeout : HttpTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return check.Type is "TCP"
                ? await ConnectAsync(target, either.Token)
                : await AskAsync(check, target, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding(false, "Failure: The health checker could not get an answer within its timeout.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new Finding(false, "Failure: The health checker could not establish a connection.");
        }
    }

    private static async Task<Finding> ConnectAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        using var socket = await DialAsync(target, cancellationToken);
        return new Finding(true, "Success: TCP connection established.");
    }

    private static async Task<Finding> AskAsync(
        EndpointCheck check, IPEndPoint target, CancellationToken cancellationToken)
    {
        var host = check.Host is "" ? check.Address ?? "" : check.Host;
        using var client = new HttpMessageInvoker(Handler(target, check.Sni ? host : $"{target.Address}"));
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(
            $"{(check.IsHttps ? "https" : "http")}://{host}:{check.Port}{check.Path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        message.Headers.TryAddWithoutValidation("User-Agent", "Amazon-Route53-Health-Check-Service");
        using var answer = await client.SendAsync(message, cancellationToken);
        var status = $"HTTP Status Code {(int)answer.StatusCode}, {answer.ReasonPhrase}";
        if ((int)answer.StatusCode is < 200 or >= 400)
        {
            return new Finding(false, $"Failure: {status}.");
        }

        return check.Search is not { } search || (await BodyAsync(answer, cancellationToken)).Contains(
            search, StringComparison.Ordinal)
                ? new Finding(true, $"Success: {status}.")
                : new Finding(false, $"Failure: {status}, but the response body does not hold the search string.");
    }

    /// <summary>Certificates are not validated; an address as the TLS name is no server name.</summary>
    private static SocketsHttpHandler Handler(IPEndPoint target, string tlsName) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (_, stop) => new NetworkStream(await DialAsync(target, stop), ownsSocket: true),
        SslOptions = new SslClientAuthenticationOptions
        {
            TargetHost = tlsName,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        },
    };

    private static async Task<Socket> DialAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[BodyBytesMax];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, count));
    }
}
