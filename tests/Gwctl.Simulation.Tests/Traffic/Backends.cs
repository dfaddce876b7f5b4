using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Testing.Specs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Simulation.Tests.Traffic;

/// <summary>The pods: real servers on loopback ports. A pod is cold until a health check has found it, and answers 503
/// to everything else until then, so that traffic that comes too early fails. Gone from the specs it serves on while it
/// drains, and is cold again.</summary>
internal sealed class Backends : IAsyncDisposable
{
    private const int PodsPerService = 5;

    // How long the first health check takes.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(150);

    // As long as the specs say.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(1);

    private readonly WebApplication _server;
    private readonly Dictionary<string, IPEndPoint> _endPoints;
    private readonly Dictionary<int, string> _targets;

    /// <summary>Until when a pod serves; a pod that stays has no end.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _warmUntil = new(StringComparer.Ordinal);

    private Backends(WebApplication server, IReadOnlyList<string> targets)
    {
        _server = server;
        var addresses = server.Services.GetRequiredService<IServer>().Features
            .GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var ports = addresses.Select(address => new Uri(address))
            .GroupBy(address => address.Scheme)
            .ToDictionary(group => group.Key, group => new Queue<int>(group.Select(address => address.Port)));
        _targets = targets.ToDictionary(target => ports[IsSecure(target) ? "https" : "http"].Dequeue());
        _endPoints = _targets.ToDictionary(
            pair => pair.Value, pair => new IPEndPoint(IPAddress.Loopback, pair.Key), StringComparer.Ordinal);
    }

    /// <summary>For the data plane.</summary>
    public Backend Of(BackendAddress address) => new Backend.Dial(_endPoints[$"{address.Id}:{address.Port}"]);

    public static async Task<Backends> StartAsync(CancellationToken cancellationToken)
    {
        var targets = Site.Services
            .SelectMany(service => Enumerable.Range(0, PodsPerService).Select(pod => Site.AddressOf(service, pod)))
            .SelectMany(address => (string[])[$"{address}:{Site.PlainPort}", $"{address}:{Site.SecurePort}"])
            .ToList();
        var pem = TestCertificate.For("pod");
        using var fresh = X509Certificate2.CreateFromPem(pem.Chain, pem.PrivateKey);
        var certificate = X509CertificateLoader.LoadPkcs12(fresh.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            foreach (var target in targets)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    if (IsSecure(target))
                    {
                        listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
                    }
                });
            }
        });
        Backends? backends = null;
        var server = builder.Build();
        server.Run(context => (backends ?? throw new InvalidOperationException("not started")).ServeAsync(context));
        await server.StartAsync(cancellationToken);
        backends = new Backends(server, targets);
        return backends;
    }

    /// <summary>Ends all pods that are not in the specs.</summary>
    public void Retain(Site site)
    {
        foreach (var gone in _warmUntil.Keys.Except(site.Targets, StringComparer.Ordinal))
        {
            _warmUntil.TryUpdate(gone, TimeProvider.System.GetUtcNow() + s_drain, DateTimeOffset.MaxValue);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var target = _targets[context.Connection.LocalPort];
        if (context.Request.Path == Site.Health)
        {
            if (!_warmUntil.TryGetValue(target, out var end) || end < DateTimeOffset.MaxValue)
            {
                await Task.Delay(s_warmUp, context.RequestAborted);
                _warmUntil[target] = DateTimeOffset.MaxValue;
            }

            return;
        }

        var warm = _warmUntil.TryGetValue(target, out var until) && TimeProvider.System.GetUtcNow() < until;

        if (int.TryParse(context.Request.Query["hold"], out var hold))
        {
            await Task.Delay(hold, context.RequestAborted);
        }

        context.Response.StatusCode = warm ? 200 : 503;
        await context.Response.WriteAsync(target, context.RequestAborted);
    }

    private static bool IsSecure(string target) =>
        target.EndsWith($":{Site.SecurePort}", StringComparison.Ordinal);
}
