using System.Net;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>The client's body, sent on as it comes: a part at a time, in both directions at once where HTTP/2
/// allows.</summary>
internal sealed class RequestBodyContent(Stream body, long? length, CancellationToken aborted) : HttpContent
{
    private const int BufferBytes = 16 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, aborted);

        // The headers go out before the first part of the body is there: a call may wait for the answer to them.
        await stream.FlushAsync(both.Token);
        var buffer = new byte[BufferBytes];
        while (await body.ReadAsync(buffer, both.Token) is var count and > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), both.Token);
            await stream.FlushAsync(both.Token);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
