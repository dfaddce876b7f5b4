using System.Buffers;
using System.Security.Cryptography;

namespace Gwctl.Engine.Planning.Files;

/// <summary>Digests a plan's body on its way to a stream, so that the whole of it (200 MB for 50,000 rules) is never in
/// memory. Holds back the body's end, before which the digest goes.</summary>
internal sealed class DigestedOutput(Stream output) : IBufferWriter<byte>, IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[BufferBytes];
    private int _count;

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_count);
    }

    /// <summary>The body's SHA-256 in hexadecimal; all but the body's end is in the stream then.</summary>
    public string Finish()
    {
        PassOn();
        _hash.AppendData(_buffer, 0, _count);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void MakeRoom(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_buffer.Length - _count >= wanted)
        {
            return;
        }

        PassOn();
        if (_buffer.Length - _count < wanted)
        {
            Array.Resize(ref _buffer, _count + wanted);
        }
    }

    private void PassOn()
    {
        var ready = _count - PlanWriter.EndLength;
        if (ready > 0)
        {
            _hash.AppendData(_buffer, 0, ready);
            output.Write(_buffer, 0, ready);
            _buffer.AsSpan(ready, PlanWriter.EndLength).CopyTo(_buffer);
            _count = PlanWriter.EndLength;
        }
    }
}
