namespace Gwctl.Sandbox.Dns.Wire;

/// <summary>What is answered to a question.</summary>
internal sealed record DnsResponse(DnsCode Code)
{
    /// <summary>False for a referral to other name servers, and where nothing is known.</summary>
    public bool IsAuthoritative { get; init; } = true;

    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    public IReadOnlyList<DnsRecord> Authority { get; init; } = [];

    /// <summary>What everybody takes in a datagram.</summary>
    public const int PlainBytesMax = 512;

    /// <summary>What fits the paths of the internet without fragments: what resolvers agree on.</summary>
    private const int PayloadBytes = 1_232;

    private const int StreamBytesMax = 65_535;

    /// <summary>The message's bytes. In a datagram that it does not fit the answer is empty and says so: the client
    /// comes again by TCP.</summary>
    public byte[] Write(DnsQuery query, bool isDatagram)
    {
        var limit = (isDatagram, query.PayloadMax) switch
        {
            (false, _) => StreamBytesMax,
            (true, null) => PlainBytesMax,
            (true, { } size) => Math.Clamp(size, PlainBytesMax, PayloadBytes),
        };
        var whole = Write(query, Answers, Authority, isTruncated: false);
        return whole.Length <= limit ? whole : Write(query, [], [], isTruncated: true);
    }

    private byte[] Write(
        DnsQuery query, IReadOnlyList<DnsRecord> answers, IReadOnlyList<DnsRecord> authority, bool isTruncated)
    {
        var body = new DnsWriter();
        body.Bytes(new byte[DnsQuery.HeaderBytes]);
        body.Bytes(query.Question.Span);
        var answered = answers.Count(body.TryRecord);
        var named = authority.Count(body.TryRecord);
        if (query.PayloadMax is not null)
        {
            body.Extension(PayloadBytes, Code);
        }

        var header = new DnsWriter();
        header.Number(query.Id);
        header.Number(0x8000 | (query.Opcode << 11) | (IsAuthoritative ? 0x0400 : 0) | (isTruncated ? 0x0200 : 0)
            | (query.WantsRecursion ? 0x0100 : 0) | ((int)Code & 0xF));
        header.Number(query.Question.IsEmpty ? 0 : 1);
        header.Number(answered);
        header.Number(named);
        header.Number(query.PayloadMax is null ? 0 : 1);
        var message = body.ToArray();
        header.ToArray().CopyTo(message, 0);
        return message;
    }
}
