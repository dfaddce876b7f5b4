using System.Buffers.Binary;
using System.Text;

namespace Gwctl.Sandbox.Dns.Wire;

/// <summary>A question as it came (RFC 1035 section 4), with the extension of RFC 6891.</summary>
/// <param name="Question">The bytes of the question section, which the answer repeats; empty where there is none that
/// could be read.</param>
/// <param name="Name">In Route 53's spelling: lower case, escapes, a dot at the end.</param>
/// <param name="Problem">Not <see cref="DnsCode.NoError"/>: answer with it and nothing else.</param>
internal sealed record DnsQuery(ushort Id, ReadOnlyMemory<byte> Question, string Name, ushort Type, DnsCode Problem)
{
    /// <summary>Recursion desired, which the answer repeats.</summary>
    public bool WantsRecursion { get; init; }

    public int Opcode { get; init; }

    /// <summary>What the client takes in one datagram; null where it says nothing.</summary>
    public int? PayloadMax { get; init; }

    public const int HeaderBytes = 12;
    private const int LabelBytesMax = 63;
    private const int NameBytesMax = 255;
    private const ushort ClassInternet = 1;

    /// <summary>Null where the bytes are no question that could be answered at all.</summary>
    public static DnsQuery? Read(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        if (bytes.Length < HeaderBytes || (bytes[2] & 0x80) is not 0)
        {
            return null;
        }

        var query = new DnsQuery(Number(bytes, 0), default, "", 0, DnsCode.NoError)
        {
            WantsRecursion = (bytes[2] & 1) is not 0,
            Opcode = (bytes[2] >> 3) & 0xF,
        };
        if (query.Opcode is not 0)
        {
            return query with { Problem = DnsCode.NotImplemented };
        }

        if (Number(bytes, 4) is not 1 || ReadName(bytes, HeaderBytes, out var end) is not { } name
            || end + 4 > bytes.Length)
        {
            return query with { Problem = DnsCode.FormatError };
        }

        query = query with
        {
            Question = message[HeaderBytes..(end + 4)],
            Name = name,
            Type = Number(bytes, end),
            Problem = Number(bytes, end + 2) is ClassInternet ? DnsCode.NoError : DnsCode.Refused,
        };
        return WithExtension(query, bytes, end + 4);
    }

    /// <summary>Walks what follows the question, to the OPT record.</summary>
    private static DnsQuery WithExtension(DnsQuery query, ReadOnlySpan<byte> bytes, int offset)
    {
        var records = Number(bytes, 6) + Number(bytes, 8) + Number(bytes, 10);
        for (var index = 0; index < records; index++)
        {
            if (ReadName(bytes, offset, out var end) is not { } name || end + 10 > bytes.Length)
            {
                return query with { Problem = DnsCode.FormatError };
            }

            if (Number(bytes, end) is DnsType.Opt)
            {
                if (name is not "." || query.PayloadMax is not null)
                {
                    return query with { Problem = DnsCode.FormatError };
                }

                query = query with
                {
                    PayloadMax = Number(bytes, end + 2),
                    Problem = bytes[end + 5] is 0 ? query.Problem : DnsCode.BadVersion,
                };
            }

            offset = end + 10 + Number(bytes, end + 8);
            if (offset > bytes.Length)
            {
                return query with { Problem = DnsCode.FormatError };
            }
        }

        return query;
    }

    /// <summary>A name without compression: a question has nothing to point at, and a pointer could lead in
    /// circles.</summary>
    private static string? ReadName(ReadOnlySpan<byte> bytes, int offset, out int end)
    {
        var text = new StringBuilder();
        var start = offset;
        end = offset;
        while (offset < bytes.Length && bytes[offset] is > 0 and <= LabelBytesMax)
        {
            var length = bytes[offset];
            if (offset + 1 + length >= bytes.Length || offset - start + length > NameBytesMax)
            {
                return null;
            }

            DnsText.AppendLabel(text, bytes.Slice(offset + 1, length));
            text.Append('.');
            offset += 1 + length;
        }

        if (offset >= bytes.Length || bytes[offset] is not 0)
        {
            return null;
        }

        end = offset + 1;
        return text.Length is 0 ? "." : text.ToString();
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
}
