using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gwctl.Sandbox.DataPlane.Echo;

/// <summary>Sends every WebSocket message back.</summary>
internal static class EchoWebSocket
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>What RFC 6455 appends to a client's key before it is hashed.</summary>
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static async Task ServeAsync(HttpContext context, EchoRequest request, Action<HttpResponse>? finish)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (upgrade is not { IsUpgradableRequest: true } || request.Headers.SecWebSocketKey.Count is not 1)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            finish?.Invoke(context.Response);
            return;
        }

        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(request.Headers.SecWebSocketKey.ToString());
        finish?.Invoke(context.Response);
        await using var stream = await upgrade.UpgradeAsync();
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        await EchoAsync(socket, context.RequestAborted);
    }

    private static async Task EchoAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(
                        socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                    return;
                }

                await socket.SendAsync(
                    buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, cancellationToken);
            }
        }
        catch (WebSocketException exception)
            when (exception.WebSocketErrorCode is WebSocketError.ConnectionClosedPrematurely)
        {
            // The client went away without a farewell: nobody is left to tell.
            socket.Abort();
        }
    }

    private static string Accept(string key)
    {
#pragma warning disable CA5350 // The handshake's hash is SHA-1 by RFC 6455; it protects nothing.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
    }
}
