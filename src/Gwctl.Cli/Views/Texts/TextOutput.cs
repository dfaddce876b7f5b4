using System.Text;

namespace Gwctl.Cli.Views.Texts;

/// <summary>UTF-8 bytes as text, piece by piece: what is too large to be one string.</summary>
internal sealed class TextOutput(TextWriter writer) : Stream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private char[] _characters = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // A byte is never more than one character; the decoder keeps what the last piece left of one.
        if (_characters.Length <= buffer.Length)
        {
            _characters = new char[buffer.Length + 1];
        }

        writer.Write(_characters, 0, _decoder.GetChars(buffer, _characters, flush: false));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => writer.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
