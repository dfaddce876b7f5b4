using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane.Listeners;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>A listener of a Network Load Balancer: a socket for connections, one for datagrams, or both on one port.
/// The sockets outlive every change of where flows go.</summary>
internal sealed class NetworkListener : ILiveListener, IDisposable
{
    private const int Backlog = 512;
    private const int FreePortTries = 16;

    private readonly NetworkParts _parts;
    private readonly TimeSpan _drainTimeout;
    private readonly Socket? _acceptor;
    private readonly UdpForwarder? _datagrams;
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _breaking = new();
    private volatile NetworkSnapshot _snapshot;
    private Task _loop = Task.CompletedTask;

    private NetworkListener(
        NetworkSnapshot snapshot, Socket? acceptor, UdpForwarder? datagrams, NetworkParts parts, TimeSpan drainTimeout)
    {
        _snapshot = snapshot;
        _acceptor = acceptor;
        _datagrams = datagrams;
        _parts = parts;
        _drainTimeout = drainTimeout;
        Address = datagrams?.Address ?? acceptor?.LocalEndPoint as IPEndPoint;
    }

    public IPEndPoint? Address { get; }

    public string Problem => _snapshot.Problem;

    /// <param name="transport">Connections, datagrams or both.</param>
    /// <param name="snapshot">What it does at first.</param>
    /// <param name="address">Port 0 takes one that is free for all of them.</param>
    /// <param name="parts">Shared with the other listeners.</param>
    /// <param name="drainTimeout">How long connections may last when it stops.</param>
    /// <exception cref="SocketException">The address is taken or not permitted.</exception>
    public static NetworkListener Start(
        SocketTransport transport, NetworkSnapshot snapshot, IPEndPoint address, NetworkParts parts,
        TimeSpan drainTimeout)
    {
        for (var tries = 1; ; tries++)
        {
            var acceptor = transport is SocketTransport.Datagrams ? null : Listen(address);
            try
            {
                var bound = acceptor?.LocalEndPoint as IPEndPoint ?? address;
                var datagrams = transport is SocketTransport.Connections
                    ? null
                    : UdpForwarder.Start(snapshot, bound, parts.Memory, parts.Clock);
                var listener = new NetworkListener(snapshot, acceptor, datagrams, parts, drainTimeout);
                listener._loop = acceptor is null ? Task.CompletedTask : Task.Run(() => listener.AcceptAsync(acceptor));
                return listener;
            }
            catch (SocketException) when (acceptor is not null && address.Port is 0 && tries < FreePortTries)
            {
                // Free for connections, taken for datagrams: another port may be free for both.
                acceptor.Dispose();
            }
            catch
            {
                acceptor?.Dispose();
                throw;
            }
        }
    }

    /// <summary>Later flows go by the new snapshot; those that live keep theirs.</summary>
    public void Swap(NetworkSnapshot snapshot)
    {
        _snapshot = snapshot;
        _datagrams?.Swap(snapshot);
    }

    /// <summary>Takes no more connections, and breaks those that last longer than the drain timeout.</summary>
    public async Task StopAsync()
    {
        // The sockets first, and before anything is awaited: the next listener may want their port.
        _closing.Cancel();
        _acceptor?.Dispose();
        _datagrams?.Close();
        await _loop;
        await (_datagrams?.DisposeAsync() ?? ValueTask.CompletedTask);
        _breaking.CancelAfter(_drainTimeout);
        await Task.WhenAll(_connections.Keys);
        Dispose();
    }

    public void Dispose()
    {
        _acceptor?.Dispose();
        _closing.Dispose();
        _breaking.Dispose();
    }

    private static Socket Listen(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket acceptor)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var accepted = await acceptor.AcceptAsync(_closing.Token);
                var connection = _parts.Tcp.ServeAsync(accepted, _snapshot, _breaking.Token);
                _connections.TryAdd(connection, 0);
                _ = connection.ContinueWith(
                    ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (Exception exception) when (TcpForwarder.IsOfTheLine(exception))
            {
                // A connection that broke before it was accepted, or the end of accepting: the loop's condition tells.
                await Task.Yield();
            }
        }
    }
}
