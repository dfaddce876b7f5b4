using System.Buffers;
using System.Text;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>Writes a protobuf message of strings and messages.</summary>
internal sealed class ProtoWriter
{
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>A string; an empty one is the default and takes no space.</summary>
    public void Text(int field, string value)
    {
        if (value is not "")
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }
    }

    public void Message(int field, ProtoWriter message) => Bytes(field, message._buffer.WrittenSpan);

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((uint)field << 3) | LengthDelimited);
        Varint((uint)value.Length);
        _buffer.Write(value);
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Varint(uint value)
    {
        Span<byte> bytes = stackalloc byte[5];
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        _buffer.Write(bytes[..length]);
    }
}
