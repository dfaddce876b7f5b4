using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Gwctl.Simulation.Tests.Traffic;

/// <summary>Sends requests at a steady rate over a few connections, and keeps what went wrong.</summary>
internal sealed class Clients : IDisposable
{
    // Beyond this the generator waits: what it then does not reach shows in the rate.
    private const int InFlightMax = 256;
    private const int ConnectionsPerHostMax = 32;

    // Connections are made anew now and then, so that handshakes meet every certificate.
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Timeline _timeline;
    private readonly ImmutableArray<Lane> _lanes;
    private readonly SemaphoreSlim _free = new(InFlightMax);
    private long _connections;

    /// <param name="timeline">Says what is right.</param>
    /// <param name="plain">The HTTP listener.</param>
    /// <param name="secure">The HTTPS listener.</param>
    public Clients(Timeline timeline, IPEndPoint plain, IPEndPoint secure)
    {
        _timeline = timeline;
        _lanes =
        [
            new Lane("http", HttpVersion.Version11, Open(plain, null)),
            new Lane("https", HttpVersion.Version11, Open(secure, SslApplicationProtocol.Http11)),
            new Lane("https", HttpVersion.Version20, Open(secure, SslApplicationProtocol.Http2)),
        ];
    }

    /// <summary>Of every request that was answered as it must be.</summary>
    public ConcurrentQueue<TimeSpan> Latencies { get; } = new();

    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>The serial numbers of the certificates that were served.</summary>
    public ConcurrentDictionary<string, bool> Certificates { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, bool> Targets { get; } = new(StringComparer.Ordinal);

    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Sends until it is stopped, and returns when all answers are there.</summary>
    /// <returns>How long requests were sent.</returns>
    public async Task<TimeSpan> RunAsync(double perSecond, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(s_tick);
        for (var sent = 0; !stop.IsCancellationRequested;)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond);
            for (; sent < due && !stop.IsCancellationRequested; sent++)
            {
                await _free.WaitAsync(CancellationToken.None);
                _ = SendAsync(_lanes[sent % _lanes.Length], Probe.All[sent / _lanes.Length % Probe.All.Length]);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        for (var index = 0; index < InFlightMax; index++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }

        return elapsed;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Client.Dispose();
        }

        _free.Dispose();
    }

    private async Task SendAsync(Lane lane, Probe probe)
    {
        await Task.Yield();
        var (since, before) = (_timeline.Now, _timeline.What);
        var started = Stopwatch.GetTimestamp();
        var problem = await TryAsync(lane, probe, since);
        if (problem is "")
        {
            Latencies.Enqueue(Stopwatch.GetElapsedTime(started));
        }
        else
        {
            Failures.Enqueue(
                $"{lane.Scheme}/{lane.Version.Major} {probe.Host}{probe.Path}: {problem}\n"
                + $"  sent while {before}\n  answered while {_timeline.What}");
        }

        _free.Release();
    }

    /// <returns>Empty where the answer is as it must be.</returns>
    private async Task<string> TryAsync(Lane lane, Probe probe, int since)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{lane.Scheme}://{probe.Host}{probe.Path}")
        {
            Version = lane.Version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var header in probe.Headers)
        {
            request.Headers.Add(header, "1");
        }

        using var limit = new CancellationTokenSource(s_patience);
        try
        {
            using var response = await lane.Client.SendAsync(request, limit.Token);
            var target = await response.Content.ReadAsStringAsync(limit.Token);
            Targets[target] = true;
            return response.StatusCode is not HttpStatusCode.OK ? $"status {(int)response.StatusCode} ({target})"
                : _timeline.MayAnswer(probe, target, since) ? ""
                : $"answered by {target}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            or OperationCanceledException)
        {
            return $"{exception.Message} {exception.InnerException?.Message}";
        }
    }

    private HttpMessageInvoker Open(IPEndPoint to, SslApplicationProtocol? protocol) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = ConnectionsPerHostMax,
        PooledConnectionLifetime = s_connectionLife,
        ConnectCallback = (context, cancellationToken) =>
            ConnectAsync(to, context.DnsEndPoint.Host, protocol, cancellationToken),
    });

    private async ValueTask<Stream> ConnectAsync(
        IPEndPoint to, string host, SslApplicationProtocol? protocol, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var since = _timeline.Now;
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream stream;
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return protocol is { } named ? await SecureAsync(stream, host, named, since, cancellationToken) : stream;
    }

    private async Task<Stream> SecureAsync(
        Stream stream, string host, SslApplicationProtocol protocol, int since, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    ApplicationProtocols = [protocol],
                    // Signed by itself: it must be the very one, and bear the name.
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                        !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                        && certificate is X509Certificate2 served
                        && Certificates.TryAdd(served.SerialNumber, true) is var _
                        && _timeline.MayServe(served, since),
                },
                cancellationToken);
            return secure;
        }
        catch (System.Security.Authentication.AuthenticationException exception)
        {
            throw new HttpRequestException("the TLS handshake failed", exception);
        }
    }

    private sealed record Lane(string Scheme, Version Version, HttpMessageInvoker Client);
}
