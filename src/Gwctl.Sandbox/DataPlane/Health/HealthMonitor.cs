using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.Rounds;

namespace Gwctl.Sandbox.DataPlane.Health;

/// <summary>Checks the targets that are real servers, for as long as a load balancer forwards to their group.</summary>
internal sealed class HealthMonitor(TargetClient client, TimeProvider clock) : IAsyncDisposable
{
    private readonly RoundKeeper<LiveTarget, HealthCheck> _watches = new(clock, check => check.Interval);
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

        _watches.Keep(wanted, (target, check) => new TargetWatch(target, check, _probe).RoundAsync);
    }

    public ValueTask DisposeAsync() => _watches.DisposeAsync();
}
