using System.Buffers;
using System.Net.Security;
using System.Text;
using System.Text.Json;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>Stands for targets that are no servers of this machine: says in a line of JSON which target it is, and
/// then sends back every byte. A client that begins with a TLS handshake gets one, with a self-signed certificate for
/// the server name that it asks for.</summary>
internal sealed class NetworkEcho(EchoCertificates certificates, TimeProvider clock)
{
    private const int BufferBytes = 16 * 1024;
    private const byte HandshakeRecord = 0x16;
    private const byte MajorVersion = 0x03;

    /// <summary>How long a client has to begin with a handshake, before the echo speaks without one.</summary>
    private static readonly TimeSpan HelloPatience = TimeSpan.FromMilliseconds(150);

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="client">After the listener's own handshake, where it answers one.</param>
    /// <param name="flow">The client's.</param>
    /// <param name="choice">Whom to answer as.</param>
    /// <param name="serverName">The server name of the listener's handshake; empty where there was none.</param>
    /// <param name="idle">Touched by every byte.</param>
    public async Task ServeAsync(
        Peer client, Flow flow, NetworkChoice choice, string serverName, IdleTimer idle)
    {
        var buffer = new byte[BufferBytes];
        var first = client.Stream.ReadAsync(buffer, idle.Token).AsTask();
        var isTls = client.Tls is null
            && await Task.WhenAny(first, Task.Delay(HelloPatience, clock, idle.Token)) == first
            && await first > 1 && buffer[0] is HandshakeRecord && buffer[1] is MajorVersion;
        if (isTls)
        {
            serverName = await SecureAsync(client, buffer.AsMemory(0, await first), idle.Token);
            first = client.Stream.ReadAsync(buffer, idle.Token).AsTask();
        }

        var end = isTls ? "target" : client.Tls is null ? "" : choice.Settings.Secure ? "both" : "listener";
        await client.Stream.WriteAsync(Line(flow, choice, end, serverName, null), idle.Token);
        for (var count = await first; count > 0; count = await client.Stream.ReadAsync(buffer, idle.Token))
        {
            idle.Touch();
            await client.Stream.WriteAsync(buffer.AsMemory(0, count), idle.Token);
        }

        await client.FinishAsync();
    }

    /// <summary>What answers a datagram: the line with what the datagram said.</summary>
    public static byte[] Answer(Flow flow, NetworkChoice choice, ReadOnlySpan<byte> payload) =>
        Line(flow, choice, "", "", Encoding.UTF8.GetString(payload));

    private async Task<string> SecureAsync(
        Peer client, ReadOnlyMemory<byte> hello, CancellationToken cancellationToken)
    {
        var serverName = "";
        var secure = new SslStream(new PrefixedStream(hello.ToArray(), client.Stream));
        client.Secure(secure);
        await secure.AuthenticateAsServerAsync(
            (_, info, _, _) =>
            {
                serverName = info.ServerName;
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificates.For(info.ServerName),
                });
            },
            null,
            cancellationToken);
        return serverName;
    }

    /// <param name="end">Who ended the client's TLS: <c>listener</c>, <c>target</c>, or <c>both</c>, one after the
    /// other; empty without TLS.</param>
    private static byte[] Line(Flow flow, NetworkChoice choice, string end, string serverName, string? payload)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("namespace", choice.Target.Identity.Namespace);
            json.WriteString("service", choice.Target.Identity.Service);
            json.WriteString("pod", choice.Target.Identity.Pod);
            json.WriteString("ingress", choice.Target.Identity.Ingress);
            json.WriteString("protocol", flow.Protocol is System.Net.Sockets.ProtocolType.Udp ? "UDP" : "TCP");
            json.WriteString("client", $"{flow.Source}");
            if (choice.Settings.ProxyHeader)
            {
                json.WriteString("proxyProtocolSource", $"{flow.Source}");
                json.WriteString("proxyProtocolDestination", $"{flow.Destination}");
            }

            if (end is not "")
            {
                json.WriteString("tlsEndedBy", end);
                json.WriteString("sni", serverName);
            }

            if (payload is not null)
            {
                json.WriteString("payload", payload);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
