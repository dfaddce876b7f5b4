using System.Net.Security;
using System.Net.Sockets;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>One end of a forwarded connection: bytes both ways, each way with an end of its own.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Socket _socket;

    private Peer(Socket socket, Stream stream)
    {
        _socket = socket;
        Stream = stream;
    }

    public Stream Stream { get; private set; }

    /// <summary>Null before and without a handshake.</summary>
    public SslStream? Tls => Stream as SslStream;

    public static Peer Of(Socket socket)
    {
        socket.NoDelay = true;
        return new Peer(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Speaks through TLS from now on.</summary>
    /// <param name="secure">Over this peer's stream so far.</param>
    public void Secure(SslStream secure) => Stream = secure;

    /// <summary>Nothing more is sent; what comes can still be read.</summary>
    public async Task FinishAsync()
    {
        if (Tls is { } tls)
        {
            await tls.ShutdownAsync();
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Breaks the connection, so that the other side learns that something went wrong.</summary>
    public void Reset() => _socket.Close(0);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
