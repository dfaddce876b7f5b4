using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Sends copies of requests to a second service, and forgets them: what comes back is of no interest. The
/// built-in echo needs no copies.</summary>
internal sealed class Mirror(TargetClient targets, TimeProvider clock)
{
    private const string HostEnding = "-shadow";

    /// <summary>Reads the request's body, which can be read again afterwards, and starts to send.</summary>
    public async Task StartAsync(HttpContext context, OutgoingRequest outgoing, LiveService service)
    {
        if (!service.Group.HasUsable || service.Group.Choose() is not { Backend: Backend.Dial dial })
        {
            return;
        }

        context.Request.EnableBuffering();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body.Position = 0;
        var copy = outgoing with { Host = outgoing.Host + HostEnding, Upgrades = false };
        var message = TargetClient.Message(context, copy, dial.EndPoint, service.Group.Settings);
        if (message.Content is { } streamed)
        {
            var content = new ByteArrayContent(body.ToArray());
            foreach (var (name, values) in streamed.Headers.NonValidated)
            {
                content.Headers.TryAddWithoutValidation(name, values);
            }

            message.Content = content;
        }

        _ = SendAsync(message, service.Timeout);
    }

    private async Task SendAsync(HttpRequestMessage message, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout, clock);
        using (message)
        {
            try
            {
                using var answer = await targets.SendAsync(message, patience.Token);
                await answer.Content.CopyToAsync(Stream.Null, patience.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException
                or OperationCanceledException or SocketException)
            {
                // Whether the mirror works is nothing to the client, who has had another's answer.
                return;
            }
        }
    }
}
