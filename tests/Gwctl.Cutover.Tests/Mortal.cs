namespace Gwctl.Cutover.Tests;

/// <summary>Dies when a call has had its effect, before anybody reads the answer.</summary>
internal sealed class Mortal(HttpMessageHandler inner, int calls, CancellationTokenSource death)
    : DelegatingHandler(inner)
{
    private int _left = calls;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = await base.SendAsync(request, cancellationToken);
        if (Interlocked.Decrement(ref _left) is 0)
        {
            await death.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return answer;
    }
}
