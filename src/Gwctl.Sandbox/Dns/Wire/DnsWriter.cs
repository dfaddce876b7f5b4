using System.Buffers.Binary;
using System.Net;

namespace Gwctl.Sandbox.Dns.Wire;

/// <summary>Writes an answer. Names of records are written once, and pointed at later (RFC 1035 section
/// 4.1.4).</summary>
internal sealed class DnsWriter
{
    /// <summary>Pointers reach no further.</summary>
    private const int PointerMax = 0x3FFF;

    private const ushort ClassInternet = 1;

    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void Number(int value)
    {
        _bytes.Add((byte)(value >> 8));
        _bytes.Add((byte)value);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>A record's name, type, class, TTL and data; false where the value is not of the type's form.</summary>
    public bool TryRecord(DnsRecord record)
    {
        var start = _bytes.Count;
        Name(record.Name, compress: true);
        Number(record.Type);
        Number(ClassInternet);
        Long(record.Ttl);
        var length = _bytes.Count;
        Number(0);
        if (!TryData(record.Type, record.Value))
        {
            _bytes.RemoveRange(start, _bytes.Count - start);
            return false;
        }

        var data = _bytes.Count - length - 2;
        _bytes[length] = (byte)(data >> 8);
        _bytes[length + 1] = (byte)data;
        return true;
    }

    /// <summary>The OPT record: what the server takes, and the upper bits of the code.</summary>
    public void Extension(int payload, DnsCode code)
    {
        _bytes.Add(0);
        Number(DnsType.Opt);
        Number(payload);
        _bytes.Add((byte)((int)code >> 4));
        _bytes.Add(0);
        Number(0);
        Number(0);
    }

    private void Long(long value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        Bytes(bytes);
    }

    private void Name(string name, bool compress)
    {
        var rest = name;
        foreach (var label in DnsText.Labels(name))
        {
            if (compress && _names.TryGetValue(rest, out var known))
            {
                Number(0xC000 | known);
                return;
            }

            if (_bytes.Count <= PointerMax)
            {
                _names.TryAdd(rest, _bytes.Count);
            }

            _bytes.Add((byte)label.Length);
            Bytes(label);
            rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..];
        }

        _bytes.Add(0);
    }

    private bool TryData(ushort type, string value)
    {
        switch (type)
        {
            case DnsType.A or DnsType.Aaaa:
                return TryAddress(type, value);
            case DnsType.Ns or DnsType.Cname or DnsType.Ptr:
                Name(value, compress: true);
                return true;
            case DnsType.Txt or DnsType.Spf:
                return TryStrings(value);
            case DnsType.Mx:
                return TryFields(value, 1);
            case DnsType.Srv:
                return TryFields(value, 3);
            case DnsType.Soa:
                return TrySoa(value);
            case DnsType.Caa:
                return TryCaa(value);
            default:
                return false;
        }
    }

    private bool TryAddress(ushort type, string value)
    {
        if (!IPAddress.TryParse(value, out var address))
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        Bytes(bytes);
        return bytes.Length == (type is DnsType.A ? 4 : 16);
    }

    private bool TryStrings(string value)
    {
        var any = false;
        foreach (var text in DnsText.Strings(value))
        {
            if (text.Length > byte.MaxValue)
            {
                return false;
            }

            _bytes.Add((byte)text.Length);
            Bytes(text);
            any = true;
        }

        return any;
    }

    /// <summary>Numbers, then a name: MX and SRV. SRV's name may not be compressed (RFC 2782).</summary>
    private bool TryFields(string value, int numbers)
    {
        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != numbers + 1)
        {
            return false;
        }

        foreach (var field in fields.Take(numbers))
        {
            if (!ushort.TryParse(field, out var number))
            {
                return false;
            }

            Number(number);
        }

        Name(fields[^1], compress: numbers is 1);
        return true;
    }

    private bool TrySoa(string value)
    {
        if (value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var server, var mail, .. var numbers]
            || numbers.Length is not 5)
        {
            return false;
        }

        Name(server, compress: true);
        Name(mail, compress: true);
        foreach (var field in numbers)
        {
            if (!uint.TryParse(field, out var number))
            {
                return false;
            }

            Long(number);
        }

        return true;
    }

    /// <summary><c>0 issue "ca.example.net"</c> (RFC 8659).</summary>
    private bool TryCaa(string value)
    {
        if (value.Split(' ', 3) is not [var flags, var tag, var text] || !byte.TryParse(flags, out var flag))
        {
            return false;
        }

        _bytes.Add(flag);
        _bytes.Add((byte)tag.Length);
        Bytes(System.Text.Encoding.ASCII.GetBytes(tag));
        Bytes(DnsText.Unescape(text.Trim('"')));
        return true;
    }
}

/// <summary>One resource record of an answer.</summary>
/// <param name="Name">As zones spell it.</param>
/// <param name="Ttl">Seconds.</param>
/// <param name="Value">As zones spell it.</param>
internal sealed record DnsRecord(string Name, ushort Type, long Ttl, string Value);
