using System.Collections.Concurrent;
using System.Net;
using Gwctl.Cutover.Dns;

namespace Gwctl.Cutover.Tests;

/// <summary>Clients behind many resolvers: each resolver keeps an answer for exactly its TTL, and asks again
/// then.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Resolvers = 1_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly IPEndPoint _server;
    private readonly TimeProvider _clock;
    private readonly Func<string, string> _reach;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Cached[] _resolvers = new Cached[Resolvers];
    private readonly ConcurrentQueue<Sent> _sent = new();
    private readonly ConcurrentDictionary<Task, bool> _flying = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random = new(4711);
    private readonly Task _loop;

    /// <param name="reach">Where a client of this machine finds an address.</param>
    public Load(IPEndPoint server, TimeProvider clock, int perSecond, Func<string, string> reach)
    {
        (_server, _clock, _reach) = (server, clock, reach);
        _loop = Task.Run(() => SendAsync((int)(perSecond * Tick.TotalSeconds)));
    }

    /// <summary>A request.</summary>
    /// <param name="At">By the clock of the test, when it was sent.</param>
    /// <param name="Failure">Empty where it was answered with 200.</param>
    public sealed record Sent(DateTimeOffset At, string Address, string Failure);

    public IReadOnlyList<Sent> All => [.. _sent];

    /// <summary>Sends no more, and waits for what is on its way.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_flying.Keys);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private sealed record Cached(string Address, DateTimeOffset Until);

    private async Task SendAsync(int perTick)
    {
        using var timer = new PeriodicTimer(Tick);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                for (var index = 0; index < perTick; index++)
                {
                    var request = RequestAsync(_random.Next(Resolvers));
                    _flying[request] = true;
                    _ = request.ContinueWith(done => _flying.TryRemove(done, out _), TaskScheduler.Default);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
            return;
        }
    }

    private async Task RequestAsync(int resolver)
    {
        var at = _clock.GetUtcNow();
        var address = "";
        try
        {
            address = await ResolveAsync(resolver, at);
            using var message = new HttpRequestMessage(HttpMethod.Get, $"http://{_reach(address)}/");
            message.Headers.Host = World.Host;
            using var answer = await _http.SendAsync(message);
            await answer.Content.ReadAsByteArrayAsync();
            _sent.Enqueue(new Sent(at, address, answer.IsSuccessStatusCode ? "" : $"{(int)answer.StatusCode}"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            _sent.Enqueue(new Sent(at, address, exception.Message));
        }
    }

    private async Task<string> ResolveAsync(int resolver, DateTimeOffset now)
    {
        if (_resolvers[resolver] is { } cached && cached.Until > now)
        {
            return cached.Address;
        }

        var answer = (await DnsClient.AskAsync(_server, World.Host, "A", CancellationToken.None))[^1];
        _resolvers[resolver] = new Cached(answer.Value, now + answer.Ttl);
        return answer.Value;
    }
}
