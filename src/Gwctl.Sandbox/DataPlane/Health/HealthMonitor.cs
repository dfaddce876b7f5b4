using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Targets;

namespace Gwctl.Sandbox.DataPlane.Health;

/// <summary>Checks the targets that are real servers, for as long as a load balancer forwards to their group.</summary>
internal sealed class HealthMonitor(TargetClient client, TimeProvider clock) : IAsyncDisposable
{
    private readonly Dictionary<LiveTarget, TargetWatch> _watches = [];
    private readonly HealthProbe _probe = new(client, clock);

    /// <summary>Starts and stops checks, so that exactly the groups' targets are checked, each by its group's settings
    /// of now. Called by one thread at a time.</summary>
    public void Watch(IReadOnlyList<TargetGroup> groups)
    {
        var wanted = new Dictionary<LiveTarget, HealthCheck>();
        foreach (var group in groups.Where(group => group.Settings.ChecksHealth))
        {
            foreach (var target in group.Targets.Where(target => target.Backend is Backend.Dial))
            {
                wanted[target] = group.Settings.Check;
            }
        }

        foreach (var (target, watch) in _watches.ToList())
        {
            if (!wanted.TryGetValue(target, out var check) || check != watch.Check)
            {
                watch.Dispose();
                _watches.Remove(target);
            }
        }

        foreach (var (target, check) in wanted)
        {
            if (!_watches.ContainsKey(target))
            {
                _watches[target] = TargetWatch.Start(target, check, _probe, clock);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Dispose();
        }

        await Task.WhenAll(_watches.Values.Select(watch => watch.Ended))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
