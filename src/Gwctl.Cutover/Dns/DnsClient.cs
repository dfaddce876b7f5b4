using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Core;

namespace Gwctl.Cutover.Dns;

/// <summary>One record of an answer.</summary>
/// <param name="Type">A, AAAA or CNAME.</param>
public sealed record DnsAnswer(string Type, TimeSpan Ttl, string Value);

/// <summary>Asks a name server directly, past every cache: what it answers is what resolvers will get.</summary>
public static class DnsClient
{
    private const int Attempts = 3;
    private const int DatagramBytesMax = 4_096;
    private const int HeaderBytes = 12;
    private const int PayloadBytes = 1_232;
    private const int HopsMax = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="type">A, AAAA or CNAME.</param>
    /// <exception cref="IOException">Nobody answered, or the answer is an error or broken.</exception>
    public static async Task<EquatableList<DnsAnswer>> AskAsync(
        IPEndPoint server, string name, string type, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                return await AskOnceAsync(server, name, type, patience.Token);
            }
            catch (Exception exception) when (exception is SocketException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (attempt >= Attempts)
                {
                    throw new IOException($"The name server {server} does not answer.", exception);
                }
            }
        }
    }

    private static async Task<EquatableList<DnsAnswer>> AskOnceAsync(
        IPEndPoint server, string name, string type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        await socket.SendAsync(Question(id, name, NumberOf(type)), cancellationToken);
        var buffer = new byte[DatagramBytesMax];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (length >= HeaderBytes && BinaryPrimitives.ReadUInt16BigEndian(buffer) == id)
            {
                return Read(buffer.AsSpan(0, length), server);
            }
        }
    }

    private static byte[] Question(ushort id, string name, int type)
    {
        List<byte> bytes = [(byte)(id >> 8), (byte)id, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1];
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }

        bytes.AddRange([0, (byte)(type >> 8), (byte)type, 0, 1]);
        bytes.AddRange([0, 0, 41, PayloadBytes >> 8, PayloadBytes & 0xFF, 0, 0, 0, 0, 0, 0]);
        return [.. bytes];
    }

    private static EquatableList<DnsAnswer> Read(ReadOnlySpan<byte> message, IPEndPoint server)
    {
        var code = message[3] & 0xF;
        if (code is not (0 or 3) || (message[2] & 0x82) is not 0x80)
        {
            throw new IOException($"The name server {server} answered with code {code}.");
        }

        try
        {
            var offset = HeaderBytes;
            for (var index = Number(message, 4); index > 0; index--)
            {
                Name(message, ref offset);
                offset += 4;
            }

            var answers = new List<DnsAnswer>();
            for (var index = Number(message, 6); index > 0; index--)
            {
                if (Record(message, ref offset) is { } answer)
                {
                    answers.Add(answer);
                }
            }

            return [.. answers];
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            throw new IOException($"The name server {server} sent a broken answer.", exception);
        }
    }

    private static DnsAnswer? Record(ReadOnlySpan<byte> message, ref int offset)
    {
        Name(message, ref offset);
        var type = Number(message, offset);
        var ttl = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(message[(offset + 4)..]));
        var length = Number(message, offset + 8);
        var start = offset + 10;
        offset = start + length;
        switch (type)
        {
            case 1 or 28:
                return new DnsAnswer(
                    type is 1 ? "A" : "AAAA", ttl, new IPAddress(message.Slice(start, length)).ToString());
            case 5:
                return new DnsAnswer("CNAME", ttl, Name(message, ref start));
            default:
                return null;
        }
    }

    private static string Name(ReadOnlySpan<byte> message, ref int offset)
    {
        var name = new StringBuilder();
        var at = offset;
        var jumped = false;
        for (var hop = 0; hop < HopsMax; hop++)
        {
            var length = message[at];
            if (length is 0)
            {
                offset = jumped ? offset : at + 1;
                return name.ToString();
            }

            if ((length & 0xC0) is 0xC0)
            {
                offset = jumped ? offset : at + 2;
                jumped = true;
                at = Number(message, at) & 0x3FFF;
                continue;
            }

            name.Append(name.Length > 0 ? "." : "")
                .Append(Encoding.ASCII.GetString(message.Slice(at + 1, length)).ToLowerInvariant());
            at += 1 + length;
        }

        throw new ArgumentException("A name leads in circles.", nameof(message));
    }

    private static int Number(ReadOnlySpan<byte> message, int offset) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);

    private static int NumberOf(string type) => type switch
    {
        "A" => 1,
        "AAAA" => 28,
        "CNAME" => 5,
        _ => throw new ArgumentException($"'{type}' is not asked for.", nameof(type)),
    };
}
