using Gwctl.Sandbox.Rounds;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.Dns.Checks;

/// <summary>Makes Route 53's health checks of endpoints within the sandbox, as the state has them.</summary>
internal sealed class EndpointMonitor : IAsyncDisposable
{
    /// <summary>How soon a change of the checks is seen.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly StateStore _store;
    private readonly EndpointProbe _probe;
    private readonly DnsHealth _health;
    private readonly TimeSpan? _interval;
    private readonly TimeProvider _clock;
    private readonly RoundKeeper<string, EndpointCheck> _watches;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <param name="store">Where the checks are.</param>
    /// <param name="probe">Makes one.</param>
    /// <param name="health">Is told.</param>
    /// <param name="interval">From one to the next; null is each check's own.</param>
    /// <param name="clock">The cloud's time.</param>
    public EndpointMonitor(
        StateStore store, EndpointProbe probe, DnsHealth health, TimeSpan? interval, TimeProvider clock)
    {
        (_store, _probe, _health, _interval, _clock) = (store, probe, health, interval, clock);
        _watches = new RoundKeeper<string, EndpointCheck>(clock, check => check.Interval);
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        Watch([]);
        await _watches.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        Tables? seen = null;
        try
        {
            while (true)
            {
                var tables = _store.Current;
                if (!ReferenceEquals(tables, seen))
                {
                    Watch(Checks(tables).ToDictionary(check => check.Id, StringComparer.Ordinal));
                    seen = tables;
                }

                await Task.Delay(LookEvery, _clock, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    private void Watch(Dictionary<string, EndpointCheck> wanted)
    {
        var gone = _watches.Keep(
            wanted, (_, check) => new EndpointWatch(check, _probe, _health, _clock).RoundAsync);
        foreach (var id in gone)
        {
            _health.Forget(id);
        }
    }

    private IEnumerable<EndpointCheck> Checks(Tables tables) => tables.ByName
        .Where(table => table.Key.StartsWith("route53/", StringComparison.Ordinal)
            && table.Key.EndsWith("/health-check", StringComparison.Ordinal))
        .SelectMany(table => table.Value.Values)
        .Select(check => EndpointCheck.Of(check, _interval))
        .OfType<EndpointCheck>();
}
