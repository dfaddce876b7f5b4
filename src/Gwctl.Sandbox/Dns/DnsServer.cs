using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns.Checks;
using Gwctl.Sandbox.Dns.Wire;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.Dns;

/// <summary>An authoritative name server on loopback, by UDP and TCP, that answers from the sandbox's hosted zones as
/// they are at the moment of each question.</summary>
public sealed class DnsServer : IAsyncDisposable
{
    private const int DatagramBytesMax = 65_535;
    private const int ConnectionsMax = 128;
    private const int PortAttempts = 20;
    private const int ResetIgnored = -1_744_830_452; // SIO_UDP_CONNRESET

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    private readonly StateStore _store;
    private readonly DnsAnswerer _answerer;
    private readonly DnsHealth _health;
    private readonly EndpointMonitor _monitor;
    private readonly Socket _datagrams;
    private readonly Socket _connections;
    private readonly SemaphoreSlim _slots = new(ConnectionsMax);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;
    private long _questions;

    private DnsServer(
        StateStore store, DnsAnswerer answerer, DnsHealth health, EndpointMonitor monitor, Socket datagrams,
        Socket connections)
    {
        _monitor = monitor;
        _store = store;
        _answerer = answerer;
        _health = health;
        _datagrams = datagrams;
        _connections = connections;
        EndPoint = (IPEndPoint)(datagrams.LocalEndPoint ?? throw new InvalidOperationException("not bound"));
        _loops = Task.WhenAll(Task.Run(ServeDatagramsAsync), Task.Run(AcceptAsync));
    }

    /// <summary>Where it answers, by UDP and TCP.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Questions so far.</summary>
    public long Questions => Interlocked.Read(ref _questions);

    /// <summary>Says that a health check of Route 53 fails from now on, or no longer; without a word it stands as its
    /// endpoint does.</summary>
    public void SetHealth(string healthCheckId, bool healthy) => _health.Tell(healthCheckId, healthy);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _datagrams.Dispose();
        _connections.Dispose();
        await _loops;
        await _monitor.DisposeAsync();
        _stop.Dispose();
        _slots.Dispose();
    }

    /// <exception cref="SocketException">The port is taken.</exception>
    internal static DnsServer Start(
        StateStore store, DnsOptions options, DnsBalancers balancers, LiveDataPlane? plane, DnsHealth health,
        TimeProvider clock)
    {
        var answerer = new DnsAnswerer(new DnsZones(), balancers, health, options.Random ?? new Random());
        var (datagrams, connections) = Bind(options.Port);
        var probe = new EndpointProbe(new EndpointPlaces(store, answerer, plane), clock);
        var monitor = new EndpointMonitor(store, probe, health, options.HealthCheckInterval, clock);
        return new DnsServer(store, answerer, health, monitor, datagrams, connections);
    }

    /// <summary>One port for both; where any will do, the one that UDP got may be taken for TCP.</summary>
    private static (Socket Datagrams, Socket Connections) Bind(int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            var connections = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                datagrams.ReceiveBufferSize = 1 << 20;
                datagrams.Bind(new IPEndPoint(IPAddress.Loopback, port));
                if (OperatingSystem.IsWindows())
                {
                    datagrams.IOControl(ResetIgnored, [0, 0, 0, 0], null);
                }

                connections.Bind(datagrams.LocalEndPoint ?? throw new InvalidOperationException("not bound"));
                connections.Listen(ConnectionsMax);
                return (datagrams, connections);
            }
            catch (SocketException) when (port is 0 && attempt < PortAttempts)
            {
                datagrams.Dispose();
                connections.Dispose();
            }
            catch (SocketException)
            {
                datagrams.Dispose();
                connections.Dispose();
                throw;
            }
        }
    }

    private async Task ServeDatagramsAsync()
    {
        var buffer = new byte[DatagramBytesMax];
        var anybody = new IPEndPoint(IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _datagrams.ReceiveFromAsync(buffer, anybody, _stop.Token);
                if (Answer(buffer.AsMemory(0, received.ReceivedBytes), isDatagram: true) is { } answer)
                {
                    await _datagrams.SendToAsync(answer, received.RemoteEndPoint, _stop.Token);
                }
            }
            catch (Exception exception) when (IsOfTheClient(exception))
            {
                // One client went away; the next datagram is another's.
            }
        }
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var connection = await _connections.AcceptAsync(_stop.Token);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(ServeConnectionAsync(connection));
                await _slots.WaitAsync(_stop.Token);
            }
            catch (Exception exception) when (IsOfTheClient(exception))
            {
                // Stopped, or a connection that was gone before it was taken.
            }
        }

        await Task.WhenAll(open);
    }

    private async Task ServeConnectionAsync(Socket connection)
    {
        try
        {
            using var socket = connection;
            await using var stream = new NetworkStream(socket);
            while (true)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                patience.CancelAfter(IdleTimeout);
                var length = new byte[2];
                await stream.ReadExactlyAsync(length, patience.Token);
                var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(message, patience.Token);
                if (Answer(message, isDatagram: false) is not { } answer)
                {
                    return;
                }

                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
                await stream.WriteAsync((byte[])[.. length, .. answer], patience.Token);
            }
        }
        catch (Exception exception) when (IsOfTheClient(exception))
        {
            // The client has what it wanted, or has gone.
        }
        finally
        {
            _slots.Release();
        }
    }

    private byte[]? Answer(ReadOnlyMemory<byte> message, bool isDatagram)
    {
        if (DnsQuery.Read(message) is not { } query)
        {
            return null;
        }

        Interlocked.Increment(ref _questions);
        return _answerer.Answer(_store.Current, query).Write(query, isDatagram);
    }

    private static bool IsOfTheClient(Exception exception) =>
        exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException;
}
