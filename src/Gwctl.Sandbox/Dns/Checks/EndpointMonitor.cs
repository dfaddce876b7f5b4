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
    private readonly Dictionary<string, EndpointWatch> _watches = new(StringComparer.Ordinal);
    private readonly List<Task> _ended = [];
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
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        Watch(new Dictionary<string, EndpointCheck>(StringComparer.Ordinal));
        await Task.WhenAll(_ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    /// <summary>Starts and stops, so that exactly these are made, each as it is now.</summary>
    private void Watch(Dictionary<string, EndpointCheck> wanted)
    {
        foreach (var (id, watch) in _watches.ToList())
        {
            if (wanted.GetValueOrDefault(id) != watch.Check)
            {
                watch.Dispose();
                _ended.Add(watch.Ended);
                _watches.Remove(id);
                if (!wanted.ContainsKey(id))
                {
                    _health.Forget(id);
                }
            }
        }

        _ended.RemoveAll(task => task.IsCompleted);
        foreach (var (id, check) in wanted)
        {
            if (!_watches.ContainsKey(id))
            {
                _watches[id] = EndpointWatch.Start(check, _probe, _health, _clock);
            }
        }
    }

    private IEnumerable<EndpointCheck> Checks(Tables tables) => tables.ByName
        .Where(table => table.Key.StartsWith("route53/", StringComparison.Ordinal)
            && table.Key.EndsWith("/health-check", StringComparison.Ordinal))
        .SelectMany(table => table.Value.Values)
        .Select(check => EndpointCheck.Of(check, _interval))
        .OfType<EndpointCheck>();
}
