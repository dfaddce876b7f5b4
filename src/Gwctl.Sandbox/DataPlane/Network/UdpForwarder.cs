using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>Forwards datagrams: those of one client and port are a flow, which keeps its target until it has been quiet
/// for long enough, or its target cannot take it any more.</summary>
internal sealed class UdpForwarder : IAsyncDisposable
{
    private const int DatagramBytesMax = 65_535;

    private readonly Socket _socket;
    private readonly SourceMemory _memory;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<IPEndPoint, UdpFlow> _flows = new();
    private readonly IPEndPoint _address;
    private volatile NetworkSnapshot _snapshot;
    private Task _loop = Task.CompletedTask;

    private UdpForwarder(Socket socket, NetworkSnapshot snapshot, SourceMemory memory, TimeProvider clock)
    {
        _socket = socket;
        _snapshot = snapshot;
        _memory = memory;
        _clock = clock;
        _address = socket.LocalEndPoint as IPEndPoint
            ?? throw new InvalidOperationException("The socket is not bound.");
    }

    public IPEndPoint Address => _address;

    /// <exception cref="SocketException">The address is taken or not permitted.</exception>
    public static UdpForwarder Start(
        NetworkSnapshot snapshot, IPEndPoint address, SourceMemory memory, TimeProvider clock)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(address);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var forwarder = new UdpForwarder(socket, snapshot, memory, clock);
        forwarder._loop = Task.Run(forwarder.ReceiveAsync);
        return forwarder;
    }

    public void Swap(NetworkSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>Gives the port back at once.</summary>
    public void Close()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_flows.Values.Select(flow => flow.Ended));
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(DatagramBytesMax);
        var anyone = new IPEndPoint(
            _address.AddressFamily is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, anyone, _stop.Token);
                await TakeAsync((IPEndPoint)received.RemoteEndPoint, buffer.AsMemory(0, received.ReceivedBytes));
            }
            catch (Exception exception) when (TcpForwarder.IsOfTheLine(exception))
            {
                // A client or target that is gone: its datagram is lost, as datagrams are, and the next one is read.
                await Task.Yield();
            }
        }
    }

    private async Task TakeAsync(IPEndPoint client, ReadOnlyMemory<byte> datagram)
    {
        var snapshot = _snapshot;
        var flow = new Flow(client, _address, ProtocolType.Udp);
        if (_flows.TryGetValue(client, out var known))
        {
            if (known.Fits(snapshot) && known.Take())
            {
                await known.SendAsync(datagram, _stop.Token);
                return;
            }

            known.Dispose();
            _flows.TryRemove(new(client, known));
        }

        if (snapshot.Route.Choose(flow, _memory) is not { } choice)
        {
            return;
        }

        var begun = new UdpFlow(flow, choice, _socket, _clock, snapshot.UdpIdleTimeout, _stop.Token);
        _flows[client] = begun;
        begun.Start(() => _flows.TryRemove(new(client, begun)));
        await begun.SendAsync(datagram, _stop.Token);
    }
}
