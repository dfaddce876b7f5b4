using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.DataPlane.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>How an echo server starts.</summary>
public sealed record EchoServerOptions
{
    public required EchoIdentity Identity { get; init; }

    /// <summary>A loopback address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>HTTP/2 and gRPC instead of HTTP/1.1 and WebSocket; without a certificate, with prior knowledge.
    /// </summary>
    public bool Http2 { get; init; }

    /// <summary>With its key. Null serves without TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told of each request (method and target) before it is answered.</summary>
    public Action<string>? Requested { get; init; }
}

/// <summary>The built-in echo as a server of its own: a real backend.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private EchoServer(WebApplication server, IPEndPoint endPoint)
    {
        _server = server;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EchoServer> StartAsync(
        EchoServerOptions options, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                listen.Protocols = options.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        var server = builder.Build();
        var echo = new EchoBackend(options.Clock);
        server.Run(context => ServeAsync(context, echo, options));
        await server.StartAsync(cancellationToken);
        var features = server.Services.GetRequiredService<IServer>().Features;
        var port = new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
        return new EchoServer(server, new IPEndPoint(options.Address, port));
    }

    /// <summary>Breaks off every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    private static Task ServeAsync(HttpContext context, EchoBackend echo, EchoServerOptions options)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        options.Requested?.Invoke($"{context.Request.Method} {target}");
        var headers = new HeaderDictionary(context.Request.Headers.Count);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!name.StartsWith(':') && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = values;
            }
        }

        var request = new EchoRequest(
            context.Request.Method, target, context.Request.Headers.Host.ToString(),
            HttpProtocol.IsHttp2(context.Request.Protocol), headers);
        return echo.ServeAsync(context, request, options.Identity, Tls(context, options), finish: null);
    }

    private static EchoTls? Tls(HttpContext context, EchoServerOptions options) =>
        context.Features.Get<ITlsHandshakeFeature>() is { } tls
            ? new EchoTls(
                TlsNames.Version(tls.Protocol), tls.HostName, options.Http2 ? "h2" : "",
                tls.NegotiatedCipherSuite is { } suite ? TlsNames.Suite(suite) : "")
            : null;
}
