using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Controller.Operations;

/// <summary>Serves <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
public sealed class OperationsServer : IAsyncDisposable
{
    private readonly WebApplication? _server;
    private readonly PrometheusText? _metrics;

    private OperationsServer(WebApplication? server, PrometheusText? metrics) =>
        (_server, _metrics) = (server, metrics);

    /// <summary>Null where nothing is served.</summary>
    public Uri? Address => _server?.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()?.Addresses.Select(address => new Uri(address)).FirstOrDefault();

    /// <param name="where">Null serves nothing.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<OperationsServer> StartAsync(
        IPEndPoint? where, Func<bool> isReady, CancellationToken cancellationToken)
    {
        if (where is null)
        {
            return new OperationsServer(null, null);
        }

        var metrics = new PrometheusText("Gwctl.");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(where);
        });
        var server = builder.Build();
        server.Run(context => AnswerAsync(context, metrics, isReady));
        await server.StartAsync(cancellationToken);
        return new OperationsServer(server, metrics);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _metrics?.Dispose();
    }

    private static Task AnswerAsync(HttpContext context, PrometheusText metrics, Func<bool> isReady)
    {
        var (status, type, text) = context.Request.Path.Value switch
        {
            "/healthz" => (StatusCodes.Status200OK, "text/plain", "ok\n"),
            "/readyz" when isReady() => (StatusCodes.Status200OK, "text/plain", "ok\n"),
            "/readyz" => (StatusCodes.Status503ServiceUnavailable, "text/plain", "not everything was read yet\n"),
            "/metrics" => (StatusCodes.Status200OK, "text/plain; version=0.0.4; charset=utf-8", metrics.Write()),
            _ => (StatusCodes.Status404NotFound, "text/plain", "not found\n"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }
}
