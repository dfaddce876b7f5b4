using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gwctl.Sandbox.Tests.Dns;

/// <summary>A stub resolver, written from RFC 1035 and not from the server.</summary>
internal static class Resolver
{
    public const int A = 1;
    public const int Ns = 2;
    public const int Cname = 5;
    public const int Soa = 6;
    public const int Txt = 16;
    public const int Aaaa = 28;
    public const int Any = 255;

    /// <param name="payload">What EDNS says that the client takes; null sends no EDNS.</param>
    public static async Task<DnsMessage> AskAsync(
        IPEndPoint server, string name, int type, int? payload = 1232, bool stream = false)
    {
        var question = Question(name, type, payload);
        return DnsMessage.Read(stream
            ? await ByTcpAsync(server, question)
            : await ByUdpAsync(server, question));
    }

    public static async Task<byte[]> ByUdpAsync(IPEndPoint server, byte[] question)
    {
        using var socket = new UdpClient();
        socket.Connect(server);
        await socket.SendAsync(question, SandboxFixture.Cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(SandboxFixture.Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        return (await socket.ReceiveAsync(patience.Token)).Buffer;
    }

    public static byte[] Question(string name, int type, int? payload)
    {
        List<byte> bytes = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(payload is null ? 0 : 1)];
        foreach (var label in name.TrimEnd('.').Split('.').Where(label => label is not ""))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }

        bytes.AddRange([0, (byte)(type >> 8), (byte)type, 0, 1]);
        if (payload is { } size)
        {
            bytes.AddRange([0, 0, 41, (byte)(size >> 8), (byte)size, 0, 0, 0, 0, 0, 0]);
        }

        return [.. bytes];
    }

    private static async Task<byte[]> ByTcpAsync(IPEndPoint server, byte[] question)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server, SandboxFixture.Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(
            (byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question], SandboxFixture.Cancellation);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, SandboxFixture.Cancellation);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, SandboxFixture.Cancellation);
        return answer;
    }
}

/// <summary>An answer.</summary>
internal sealed record DnsMessage(
    int Code, bool Authoritative, bool Truncated, List<DnsEntry> Answers, List<DnsEntry> Authority)
{
    public bool HasExtension { get; init; }

    public IEnumerable<string> Values => Answers.Select(answer => answer.Value);

    public static DnsMessage Read(byte[] bytes)
    {
        Assert.Equal(0x1234, Number(bytes, 0));
        Assert.True((bytes[2] & 0x80) is not 0, "no answer");
        var offset = 12;
        for (var index = 0; index < Number(bytes, 4); index++)
        {
            (_, offset) = Name(bytes, offset);
            offset += 4;
        }

        var answers = Entries(bytes, Number(bytes, 6), ref offset);
        var authority = Entries(bytes, Number(bytes, 8), ref offset);
        var additional = Entries(bytes, Number(bytes, 10), ref offset);
        Assert.Equal(bytes.Length, offset);
        var extension = additional.Find(entry => entry.Type is 41);
        return new DnsMessage(
            (bytes[3] & 0xF) | (int)((extension?.Ttl ?? 0) >> 24 << 4), (bytes[2] & 4) is not 0,
            (bytes[2] & 2) is not 0,
            answers, authority)
        {
            HasExtension = extension is not null,
        };
    }

    private static List<DnsEntry> Entries(byte[] bytes, int count, ref int offset)
    {
        var entries = new List<DnsEntry>();
        for (var index = 0; index < count; index++)
        {
            (var name, offset) = Name(bytes, offset);
            var type = Number(bytes, offset);
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset + 4));
            var length = Number(bytes, offset + 8);
            offset += 10;
            entries.Add(new DnsEntry(name, type, ttl, Value(bytes, offset, length, type)));
            offset += length;
        }

        return entries;
    }

    private static string Value(byte[] bytes, int offset, int length, int type) => type switch
    {
        Resolver.A or Resolver.Aaaa => new IPAddress(bytes.AsSpan(offset, length)).ToString(),
        Resolver.Ns or Resolver.Cname => Name(bytes, offset).Name,
        Resolver.Soa => Name(bytes, offset).Name,
        Resolver.Txt => Strings(bytes.AsSpan(offset, length)),
        _ => Convert.ToHexStringLower(bytes.AsSpan(offset, length)),
    };

    private static string Strings(ReadOnlySpan<byte> data)
    {
        var text = "";
        while (data.Length > 0)
        {
            text += Encoding.ASCII.GetString(data.Slice(1, data[0])) + "|";
            data = data[(1 + data[0])..];
        }

        return text;
    }

    private static (string Name, int End) Name(byte[] bytes, int offset)
    {
        var name = "";
        var end = -1;
        while (bytes[offset] is not 0)
        {
            if ((bytes[offset] & 0xC0) is 0xC0)
            {
                end = end < 0 ? offset + 2 : end;
                offset = Number(bytes, offset) & 0x3FFF;
                continue;
            }

            name += Encoding.ASCII.GetString(bytes, offset + 1, bytes[offset]) + ".";
            offset += 1 + bytes[offset];
        }

        return (name, end < 0 ? offset + 1 : end);
    }

    private static int Number(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(offset));
}

internal sealed record DnsEntry(string Name, int Type, uint Ttl, string Value);
