using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>A Network Load Balancer in a sandbox with a data plane, and clients for its listeners.</summary>
internal static class NetworkWorld
{
    public static async Task<string> NetworkAsync(this LiveWorld world, string name = "net") =>
        (await world.Sandbox.CreateNetworkAsync(name)).Ok()["LoadBalancerArn"];

    /// <summary>A listener that forwards to groups with weights; its ARN.</summary>
    public static async Task<string> StreamAsync(
        this LiveWorld world, string network, string protocol, (string Group, int Weight)[] groups,
        params (string Name, string Value)[] more)
    {
        const string Groups = "DefaultActions.member.1.ForwardConfig.TargetGroups.member";
        var weights = groups.Select((group, index) => ($"{Groups}.{index + 1}.Weight", $"{group.Weight}"));
        return (await world.Sandbox.CreateNetworkListenerAsync(
            network, protocol, 8443, [.. groups.Select(group => group.Group)], [.. weights, .. more]))
            .Ok()["ListenerArn"];
    }

    public static async Task<StreamClient> ConnectAsync(this LiveWorld world, string listener)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(await world.AddressAsync(listener), SandboxFixture.Cancellation);
        return new StreamClient(new NetworkStream(socket, ownsSocket: true), socket);
    }

    /// <summary>The target that a connection gets, as the echo names it.</summary>
    public static async Task<string> PodAsync(this LiveWorld world, string listener)
    {
        await using var client = await world.ConnectAsync(listener);
        await client.SendAsync("x");
        return (await client.LineAsync()).GetProperty("pod").GetString() ?? "";
    }

    /// <summary>Sends a datagram and returns the answer.</summary>
    public static async Task<string> AskAsync(this UdpClient client, IPEndPoint address, string text)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(text), address, SandboxFixture.Cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(SandboxFixture.Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        return Encoding.UTF8.GetString((await client.ReceiveAsync(patience.Token)).Buffer);
    }
}

/// <summary>A client of a stream.</summary>
internal sealed class StreamClient(Stream stream, Socket socket) : IAsyncDisposable
{
    public Stream Stream => stream;

    public ValueTask SendAsync(string text) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), SandboxFixture.Cancellation);

    public void Finish() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next line, which is JSON.</summary>
    public async Task<JsonElement> LineAsync()
    {
        var text = new StringBuilder();
        while (await ReadAsync(1) is var letter and not "\n")
        {
            Assert.NotEqual("", letter);
            text.Append(letter);
        }

        return JsonDocument.Parse(text.ToString()).RootElement;
    }

    /// <summary>That many bytes, or fewer at the end of the stream.</summary>
    public async Task<string> ReadAsync(int count)
    {
        var buffer = new byte[count];
        var read = await stream.ReadAtLeastAsync(
            buffer, count, throwOnEndOfStream: false, SandboxFixture.Cancellation);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}

/// <summary>A server of this machine: serves each connection by a function.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static StreamServer Start(Func<Socket, Task> serve)
    {
        var server = new StreamServer();
        server._listener.Start();
        server._loop = Task.Run(() => server.AcceptAsync(serve));
        return server;
    }

    public void StopListening() => _listener.Stop();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, Task> serve)
    {
        while (true)
        {
            var socket = await _listener.AcceptSocketAsync(_stop.Token);
            _ = Task.Run(async () =>
            {
                using (socket)
                {
                    await serve(socket);
                }
            });
        }
    }
}
