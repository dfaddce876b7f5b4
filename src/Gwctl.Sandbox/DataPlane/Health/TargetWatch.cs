using Gwctl.Sandbox.DataPlane.Targets;

namespace Gwctl.Sandbox.DataPlane.Health;

/// <summary>Checks one target, again and again.</summary>
internal sealed class TargetWatch(LiveTarget target, HealthCheck check, HealthProbe probe)
{
    private int _successes;
    private int _failures;

    public async Task RoundAsync(CancellationToken stop)
    {
        var finding = await probe.FindAsync(target, check, stop);
        (_successes, _failures) = finding is "" ? (_successes + 1, 0) : (0, _failures + 1);
        Judge(finding);
    }

    /// <summary>A new target needs one success; one that was found unhealthy needs as many in a row as the threshold
    /// says.</summary>
    private void Judge(string finding)
    {
        var needed = target.Health is TargetHealth.Initial ? 1 : check.HealthyThreshold;
        if (_successes >= needed)
        {
            target.Judge(TargetHealth.Healthy);
        }
        else if (_failures >= check.UnhealthyThreshold)
        {
            target.Judge(TargetHealth.Unhealthy, finding);
        }
    }
}
