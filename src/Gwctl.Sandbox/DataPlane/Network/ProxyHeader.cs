using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>The header of proxy protocol version 2, by which a target learns who its client is.</summary>
internal static class ProxyHeader
{
    private const int SignatureBytes = 12;
    private const byte VersionAndCommand = 0x21;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    public static byte[] Of(Flow flow)
    {
        var six = flow.Source.AddressFamily is AddressFamily.InterNetworkV6;
        var addressBytes = six ? 16 : 4;
        var length = (2 * addressBytes) + 4;
        var header = new byte[SignatureBytes + 4 + length];
        Signature.CopyTo(header);
        header[SignatureBytes] = VersionAndCommand;
        header[SignatureBytes + 1] = (byte)((six ? 0x20 : 0x10) | (flow.Protocol is ProtocolType.Udp ? 2 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(SignatureBytes + 2), (ushort)length);
        var addresses = header.AsSpan(SignatureBytes + 4);
        flow.Source.Address.TryWriteBytes(addresses, out _);
        flow.Destination.Address.TryWriteBytes(addresses[addressBytes..], out _);
        Port(addresses[(2 * addressBytes)..], flow.Source);
        Port(addresses[((2 * addressBytes) + 2)..], flow.Destination);
        return header;
    }

    private static void Port(Span<byte> place, IPEndPoint endPoint) =>
        BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)endPoint.Port);
}
