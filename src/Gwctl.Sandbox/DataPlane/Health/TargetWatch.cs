using Gwctl.Sandbox.DataPlane.Targets;

namespace Gwctl.Sandbox.DataPlane.Health;

/// <summary>Checks one target, again and again.</summary>
internal sealed class TargetWatch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private TargetWatch(HealthCheck check) => Check = check;

    public HealthCheck Check { get; }

    public Task Ended { get; private set; } = Task.CompletedTask;

    public static TargetWatch Start(LiveTarget target, HealthCheck check, HealthProbe probe, TimeProvider clock)
    {
        var watch = new TargetWatch(check);
        var stop = watch._stop.Token;
        watch.Ended = Task.Run(() => watch.RunAsync(target, probe, clock, stop), stop);
        return watch;
    }

    /// <summary>Ends the checks; the one that is under way is given up.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(
        LiveTarget target, HealthProbe probe, TimeProvider clock, CancellationToken stop)
    {
        var (successes, failures) = (0, 0);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var finding = await probe.FindAsync(target, Check, stop);
                (successes, failures) = finding is "" ? (successes + 1, 0) : (0, failures + 1);
                Judge(target, successes, failures, finding);
                await Task.Delay(Check.Interval, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody wants to know any more; the target's last verdict stands.
            return;
        }
    }

    /// <summary>A new target needs one success; one that was found unhealthy needs as many in a row as the threshold
    /// says.</summary>
    private void Judge(LiveTarget target, int successes, int failures, string finding)
    {
        var needed = target.Health is TargetHealth.Initial ? 1 : Check.HealthyThreshold;
        if (successes >= needed)
        {
            target.Judge(TargetHealth.Healthy);
        }
        else if (failures >= Check.UnhealthyThreshold)
        {
            target.Judge(TargetHealth.Unhealthy, finding);
        }
    }
}
