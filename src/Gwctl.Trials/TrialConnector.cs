using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>Opens connections to a loopback address and hears from the echo behind it which target it stands
/// for.</summary>
internal static class TrialConnector
{
    private const int AnswerBytesMax = 4096;
    private const int Datagrams = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Datagrams may get lost, and nobody says that none will come.</summary>
    private static readonly TimeSpan DatagramPatience = TimeSpan.FromSeconds(1);

    /// <summary>Says at once that no handshake follows.</summary>
    private static readonly byte[] Greeting = "trial\n"u8.ToArray();

    /// <summary>The address of the target that answered; null where nobody did.</summary>
    /// <param name="to">Where the listener really listens.</param>
    /// <param name="sni">Null sends no server name.</param>
    public static async Task<string?> AskAsync(
        IPEndPoint to, Transport transport, string? sni, CancellationToken cancellationToken)
    {
        if (transport is Transport.Udp)
        {
            return await AskByDatagramAsync(to, cancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await AskByStreamAsync(to, transport, sni, limit.Token);
        }
        catch (Exception exception) when (IsRefusal(exception, cancellationToken))
        {
            return null;
        }
    }

    private static async Task<string?> AskByStreamAsync(
        IPEndPoint to, Transport transport, string? sni, CancellationToken cancellationToken)
    {
        using var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to, cancellationToken);
        await using var plain = new NetworkStream(socket);
        if (transport is not Transport.Tls)
        {
            return await GreetAsync(plain, cancellationToken);
        }

        await using var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = sni ?? "",
                // What is asked is where a connection goes, of a cloud that lives for seconds in this process.
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
                CertificateChainPolicy = TrialClient.NoTrust(),
            },
            cancellationToken);
        return await GreetAsync(secure, cancellationToken);
    }

    private static async Task<string?> GreetAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Greeting, cancellationToken);
        var answer = new byte[AnswerBytesMax];
        var length = 0;
        while (length < answer.Length && answer.AsSpan(0, length).IndexOf((byte)'\n') < 0)
        {
            var count = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            if (count is 0)
            {
                break;
            }

            length += count;
        }

        return TargetOf(answer.AsSpan(0, length));
    }

    private static async Task<string?> AskByDatagramAsync(IPEndPoint to, CancellationToken cancellationToken)
    {
        using var socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(to, cancellationToken);
        var answer = new byte[AnswerBytesMax];
        for (var sent = 0; sent < Datagrams; sent++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(DatagramPatience);
            try
            {
                await socket.SendAsync(Greeting, limit.Token);
                return TargetOf(answer.AsSpan(0, await socket.ReceiveAsync(answer, limit.Token)));
            }
            catch (Exception exception) when (IsRefusal(exception, cancellationToken))
            {
                // No answer yet: the next datagram may get one.
                continue;
            }
        }

        return null;
    }

    private static bool IsRefusal(Exception exception, CancellationToken cancellationToken) =>
        exception is IOException or SocketException or AuthenticationException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>The echo's first line is JSON, and its pod is the target's address with the port.</summary>
    private static string? TargetOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf((byte)'\n');
        if (end <= 0 || answer[0] is not (byte)'{')
        {
            return null;
        }

        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(answer[..end]));
        var pod = document.RootElement.TryGetProperty("pod", out var text) ? text.GetString() ?? "" : "";
        var colon = pod.LastIndexOf(':');
        return colon < 0 ? pod : pod[..colon];
    }
}
