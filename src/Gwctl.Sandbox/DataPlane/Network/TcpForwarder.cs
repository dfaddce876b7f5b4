using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>Forwards connections of TCP, passed through or out of TLS.</summary>
internal sealed class TcpForwarder(
    NetworkEcho echo, SourceMemory memory, Func<string, int, IPEndPoint?> loadBalancers, TimeProvider clock)
{
    private const int BufferBytes = 16 * 1024;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(10);

    /// <summary>Serves a connection to its end, and closes it. Never fails: what goes wrong resets both
    /// sides.</summary>
    public async Task ServeAsync(Socket accepted, NetworkSnapshot snapshot, CancellationToken stop)
    {
        await using var client = Peer.Of(accepted);
        using var idle = new IdleTimer(clock, snapshot.TcpIdleTimeout, stop);
        try
        {
            var flow = new Flow(
                accepted.RemoteEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0),
                accepted.LocalEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0),
                ProtocolType.Tcp);
            if (snapshot.Route.Choose(flow, memory) is not { } choice)
            {
                client.Reset();
                return;
            }

            var serverName = snapshot.Certificates is null ? "" : await SecureAsync(client, snapshot, idle.Token);
            if (AddressOf(choice) is { } address)
            {
                await ForwardAsync(client, flow, choice, address, serverName, idle);
            }
            else
            {
                await echo.ServeAsync(client, flow, choice, serverName, idle);
            }
        }
        catch (Exception exception) when (IsOfTheLine(exception))
        {
            client.Reset();
        }
    }

    /// <summary>What a peer, a network or the end of patience can do to a connection.</summary>
    public static bool IsOfTheLine(Exception exception) => exception
        is IOException or SocketException or AuthenticationException or OperationCanceledException
        or ObjectDisposedException;

    /// <summary>Answers the handshake.</summary>
    /// <returns>The server name that the client asked for; empty where it named none.</returns>
    private async Task<string> SecureAsync(
        Peer client, NetworkSnapshot snapshot, CancellationToken cancellationToken)
    {
        var serverName = "";
        var secure = new SslStream(client.Stream);
        client.Secure(secure);
        using var patience = new CancellationTokenSource(HandshakePatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await secure.AuthenticateAsServerAsync(
            (_, hello, _, _) =>
            {
                serverName = hello.ServerName;
                return ValueTask.FromResult(snapshot.AnswerTo(hello.ServerName));
            },
            null,
            either.Token);
        return serverName;
    }

    /// <summary>A target that is an Application Load Balancer is where that one really listens.</summary>
    private IPEndPoint? AddressOf(NetworkChoice choice) =>
        choice.Address is null && choice.Target.Address.Id.StartsWith("arn:", StringComparison.Ordinal)
            ? loadBalancers(choice.Target.Address.Id, choice.Target.Address.Port)
                ?? throw new IOException("The load balancer that is the target does not listen.")
            : choice.Address;

    private async Task ForwardAsync(
        Peer client, Flow flow, NetworkChoice choice, IPEndPoint address, string serverName, IdleTimer idle)
    {
        await using var target = await ConnectAsync(address, idle.Token);
        if (choice.Settings.ProxyHeader)
        {
            await target.Stream.WriteAsync(ProxyHeader.Of(flow), idle.Token);
        }

        if (choice.Settings.Secure)
        {
            await SecureTargetAsync(client, target, serverName, idle.Token);
        }

        try
        {
            await ExchangeAsync(client, target, idle);
        }
        catch (Exception exception) when (IsOfTheLine(exception))
        {
            target.Reset();
            throw;
        }
    }

    private async Task<Peer> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var patience = new CancellationTokenSource(ConnectPatience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            await socket.ConnectAsync(address, either.Token);
            return Peer.Of(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Begins TLS with the target, for the server name and the protocol that the client has agreed
    /// on.</summary>
    private static async Task SecureTargetAsync(
        Peer client, Peer target, string serverName, CancellationToken cancellationToken)
    {
        var secure = new SslStream(target.Stream);
        target.Secure(secure);
        var protocol = client.Tls?.NegotiatedApplicationProtocol ?? default;
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                ApplicationProtocols = protocol == default ? null : [protocol],
#pragma warning disable CA5359 // As the real one: a Network Load Balancer does not verify its targets.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            cancellationToken);
    }

    /// <summary>Copies both ways until both have ended. A way that fails takes the other with it.</summary>
    private static async Task ExchangeAsync(Peer client, Peer target, IdleTimer idle)
    {
        var there = CopyAsync(client, target, idle);
        var back = CopyAsync(target, client, idle);
        if (await Task.WhenAny(there, back) is { IsCompletedSuccessfully: false })
        {
            idle.End();
        }

        await Task.WhenAll(there, back);
    }

    private static async Task CopyAsync(Peer source, Peer destination, IdleTimer idle)
    {
        var buffer = new byte[BufferBytes];
        while (await source.Stream.ReadAsync(buffer, idle.Token) is var count and > 0)
        {
            idle.Touch();
            await destination.Stream.WriteAsync(buffer.AsMemory(0, count), idle.Token);
        }

        await destination.FinishAsync();
    }
}
