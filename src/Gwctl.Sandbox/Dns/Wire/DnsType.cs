namespace Gwctl.Sandbox.Dns.Wire;

/// <summary>Record types by their numbers (RFC 1035 and successors): those that zones hold, and those of
/// questions.</summary>
internal static class DnsType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort Ptr = 12;
    public const ushort Mx = 15;
    public const ushort Txt = 16;
    public const ushort Aaaa = 28;
    public const ushort Srv = 33;
    public const ushort Opt = 41;
    public const ushort Spf = 99;
    public const ushort Any = 255;
    public const ushort Caa = 257;

    /// <summary>The number of a zone's record type; null for one that the server has no wire format for.</summary>
    public static ushort? Of(string name) => name switch
    {
        "A" => A,
        "NS" => Ns,
        "CNAME" => Cname,
        "SOA" => Soa,
        "PTR" => Ptr,
        "MX" => Mx,
        "TXT" => Txt,
        "AAAA" => Aaaa,
        "SRV" => Srv,
        "SPF" => Spf,
        "CAA" => Caa,
        _ => null,
    };
}

/// <summary>How a question was answered.</summary>
internal enum DnsCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,

    /// <summary>In two parts: the low four bits in the header, the rest in the OPT record.</summary>
    BadVersion = 16,
}
