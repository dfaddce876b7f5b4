using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Targets;

namespace Gwctl.Sandbox.DataPlane.Health;

/// <summary>One health check of one target.</summary>
internal sealed class HealthProbe(TargetClient client, TimeProvider clock)
{
    private const string TimedOut = "Target.Timeout";
    private const string Failed = "Target.FailedHealthChecks";
    private const string Mismatch = "Target.ResponseCodeMismatch";

    /// <returns>Empty for success, else the reason code of ELB.</returns>
    public async Task<string> FindAsync(LiveTarget target, HealthCheck check, CancellationToken cancellationToken)
    {
        if (target.Backend is not Backend.Dial dial)
        {
            return "";
        }

        var address = new IPEndPoint(dial.EndPoint.Address, check.Port ?? dial.EndPoint.Port);
        using var patience = new CancellationTokenSource(check.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return check.Protocol is "TCP"
                ? await ConnectAsync(address, either.Token)
                : await AskAsync(address, check, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return Failed;
        }
    }

    private static async Task<string> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, cancellationToken);
        return "";
    }

    private async Task<string> AskAsync(IPEndPoint address, HealthCheck check, CancellationToken cancellationToken)
    {
        var grpc = check.Speaks is TargetProtocol.Grpc;
        using var message = new HttpRequestMessage(
            grpc ? HttpMethod.Post : HttpMethod.Get,
            new Uri($"{(check.Protocol is "HTTPS" ? "https" : "http")}://{address}{check.Path}"))
        {
            Version = check.Speaks is TargetProtocol.Http1 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", check.Agent);
        if (grpc)
        {
            // An empty message: no compression, length zero.
            message.Content = new ByteArrayContent(new byte[5]);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
            message.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        using var answer = await client.SendAsync(message, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var code = grpc ? GrpcStatus(answer) : (int)answer.StatusCode;
        return code is { } known && check.Accepts(known) ? "" : Mismatch;
    }

    private static int? GrpcStatus(HttpResponseMessage answer)
    {
        var found = answer.TrailingHeaders.TryGetValues("grpc-status", out var values)
            || answer.Headers.TryGetValues("grpc-status", out values);
        return found && int.TryParse(values?.FirstOrDefault(), out var status) ? status : null;
    }
}
