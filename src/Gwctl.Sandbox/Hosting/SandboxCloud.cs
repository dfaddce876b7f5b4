using System.Net;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Kubernetes;
using Gwctl.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Sandbox.Hosting;

/// <summary>The embedded local cloud: a server on a loopback port that speaks the clouds' own protocols.</summary>
public sealed class SandboxCloud : IAsyncDisposable
{
    private const int BodyBytesMax = 8 * 1024 * 1024;

    private readonly WebApplication _server;
    private readonly StateStore _store;
    private readonly Clouds _clouds;

    private SandboxCloud(
        WebApplication server, StateStore store, Clouds clouds, LiveDataPlane? dataPlane, KubernetesCloud? kubernetes,
        DnsServer? dns)
    {
        _server = server;
        _store = store;
        _clouds = clouds;
        DataPlane = dataPlane;
        Kubernetes = kubernetes;
        Dns = dns;
        Endpoint = Address(server);
    }

    /// <summary>Where every service of every cloud is served.</summary>
    public Uri Endpoint { get; }

    public AwsCloud Aws => _clouds.Aws;

    public GcpCloud Gcp => _clouds.Gcp;

    /// <summary>Null where the options ask for none.</summary>
    public LiveDataPlane? DataPlane { get; }

    /// <summary>Null where the options ask for none.</summary>
    public KubernetesCloud? Kubernetes { get; }

    /// <summary>Null where the options ask for none.</summary>
    public DnsServer? Dns { get; }

    /// <exception cref="StateDirectoryLockedException">Another process uses the state directory.</exception>
    /// <exception cref="IOException">The port is taken, or the directory cannot be written.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The DNS port is taken.</exception>
    public static async Task<SandboxCloud> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var store = StateStore.Open(options.StateDirectory);
        LiveDataPlane? plane = null;
        KubernetesCloud? kubernetes = null;
        DnsServer? dns = null;
        try
        {
            plane = options.DataPlane is null ? null : LiveDataPlane.Create(store, options);
            var health = new DnsHealth();
            var aws = new AwsCloud(
                store, options.Aws with { DataPlane = plane?.Answers, HealthOfChecks = health.Last }, options.Clock);
            var clouds = new Clouds(aws, new GcpCloud(
                store, options.Gcp with { DataPlane = plane?.EndpointAnswers }, options.Clock));
            kubernetes = options.Kubernetes is { } cluster
                ? await KubernetesCloud.StartAsync(cluster, options.StateDirectory, options.Clock, cancellationToken)
                : null;
            var server = Build(options.Port, clouds);
            await server.StartAsync(cancellationToken);
            plane?.Start();
            dns = options.Dns is null
                ? null
                : DnsServer.Start(
                    store,
                    options.Dns,
                    new DnsBalancers(plane?.Answers, arn => plane?.AddressOf(arn), options.Aws.UnhealthyTargets),
                    plane,
                    health,
                    options.Clock);
            return new SandboxCloud(server, store, clouds, plane, kubernetes, dns);
        }
        catch
        {
            await (dns?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (kubernetes?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (plane?.DisposeAsync() ?? ValueTask.CompletedTask);
            store.Dispose();
            throw;
        }
    }

    /// <summary>A handler for HTTP clients of this process that reaches the sandbox without a socket, whatever host
    /// the client names.</summary>
    public HttpMessageHandler CreateHandler() => new InProcessHandler(_clouds);

    /// <summary>Deletes the private keys that a data plane has kept in a state directory.</summary>
    public static void DeleteKeys(string directory) => DataPlaneParts.DeleteKeys(directory);

    public async ValueTask DisposeAsync()
    {
        await (Dns?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _server.DisposeAsync();
        await (Kubernetes?.DisposeAsync() ?? ValueTask.CompletedTask);
        _clouds.Gcp.Dispose();
        await (DataPlane?.DisposeAsync() ?? ValueTask.CompletedTask);
        _store.Dispose();
    }

    private static WebApplication Build(int port, Clouds clouds)
    {
        // The empty builder: no configuration files, no logging, no environment. A command starts this in its process.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var server = builder.Build();
        server.Run(context => ServeAsync(context, clouds));
        return server;
    }

    private static async Task ServeAsync(HttpContext context, Clouds clouds)
    {
        var request = await ReadAsync(context);
        if (await clouds.ServeAsync(request, context.RequestAborted) is not { } response)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = response.Body.Length;
        if (response.Body.Length > 0)
        {
            context.Response.ContentType = response.ContentType;
            await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
        }
    }

    private static async Task<WireRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(),
            header => string.Join(',', header.Value.AsEnumerable()),
            StringComparer.Ordinal);
        return new WireRequest(context.Request.Method, target, headers, body.ToArray());
    }

    private static Uri Address(WebApplication server)
    {
        var features = server.Services.GetRequiredService<IServer>().Features;
        return new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }
}
