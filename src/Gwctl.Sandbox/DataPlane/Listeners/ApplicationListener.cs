using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>A listener that reads requests: a small HTTP server, whose socket outlives every change of what it does.
/// </summary>
internal sealed class ApplicationListener : ILiveListener
{
    private const int RequestLineBytesMax = 16 * 1024;
    private const int HeaderBytesMax = 64 * 1024;

    private readonly TimeSpan _drainTimeout;
    private WebApplication? _server;
    private volatile IHttpSnapshot _snapshot;

    private ApplicationListener(IHttpSnapshot snapshot, TimeSpan drainTimeout)
    {
        _snapshot = snapshot;
        _drainTimeout = drainTimeout;
    }

    public IPEndPoint? Address { get; private set; }

    public string Problem => _snapshot.Tls?.Problem ?? "";

    /// <exception cref="IOException">The address is taken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address is not this machine's, or not permitted.
    /// </exception>
    public static async Task<ApplicationListener> StartAsync(
        IHttpSnapshot snapshot, IPEndPoint address, TimeSpan drainTimeout)
    {
        var listener = new ApplicationListener(snapshot, drainTimeout);
        var server = listener.Build(address);
        try
        {
            await server.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        listener._server = server;
        listener.Address = new IPEndPoint(address.Address, BoundPort(server));
        return listener;
    }

    /// <summary>Later requests and handshakes go by the new snapshot; those in flight keep theirs.</summary>
    public void Swap(IHttpSnapshot snapshot) => _snapshot = snapshot;

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            using var patience = new CancellationTokenSource(_drainTimeout);
            await server.StopAsync(patience.Token);
            await server.DisposeAsync();
        }
    }

    private WebApplication Build(IPEndPoint address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var secure = _snapshot.IsSecure;
        if (secure)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowAlternateSchemes = true;
            SetLimits(kestrel.Limits);
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = secure ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (secure)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = AnswerHandshake });
                }
            });
        });
        var server = builder.Build();
        server.Run(context => _snapshot.ServeAsync(context));
        return server;
    }

    private ValueTask<System.Net.Security.SslServerAuthenticationOptions> AnswerHandshake(
        TlsHandshakeCallbackContext handshake)
    {
        var tls = _snapshot.Tls ?? throw new InvalidOperationException("The listener is not a secure one.");
        return ValueTask.FromResult(tls.For(handshake.ClientHelloInfo.ServerName));
    }

    private void SetLimits(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestLineSize = RequestLineBytesMax;
        limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        limits.KeepAliveTimeout = _snapshot.ClientKeepAlive;
    }

    private static int BoundPort(WebApplication server)
    {
        var features = server.Services.GetRequiredService<IServer>().Features;
        return new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
    }
}
