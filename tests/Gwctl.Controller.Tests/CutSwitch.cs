namespace Gwctl.Controller.Tests;

/// <summary>Cuts a replica off from everything, as if its process were killed: no request leaves it any more, and no
/// answer reaches it.</summary>
public sealed class CutSwitch : IDisposable
{
    private readonly CancellationTokenSource _cut = new();

    public bool IsCut => _cut.IsCancellationRequested;

    public void Cut() => _cut.Cancel();

    public void Dispose() => _cut.Dispose();

    public HttpMessageHandler Wrap(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

    private sealed class Handler(CutSwitch owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (owner.IsCut)
            {
                throw new HttpRequestException("The replica is cut off.");
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, owner._cut.Token);
            try
            {
                return await base.SendAsync(request, either.Token);
            }
            catch (OperationCanceledException exception) when (owner.IsCut)
            {
                throw new HttpRequestException("The replica is cut off.", exception);
            }
        }
    }
}
