namespace Gwctl.Sandbox.Dns.Checks;

/// <summary>Makes one health check, again and again.</summary>
internal sealed class EndpointWatch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private EndpointWatch(EndpointCheck check) => Check = check;

    public EndpointCheck Check { get; }

    public Task Ended { get; private set; } = Task.CompletedTask;

    public static EndpointWatch Start(EndpointCheck check, EndpointProbe probe, DnsHealth health, TimeProvider clock)
    {
        var watch = new EndpointWatch(check);
        var stop = watch._stop.Token;
        watch.Ended = Task.Run(() => watch.RunAsync(probe, health, clock, stop), stop);
        return watch;
    }

    /// <summary>Ends the checks; the one that is under way is given up.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>A new check counts as healthy until enough of its findings say otherwise; a disabled one always does.
    /// An inverted one says the contrary.</summary>
    private async Task RunAsync(EndpointProbe probe, DnsHealth health, TimeProvider clock, CancellationToken stop)
    {
        var works = Check.IsDisabled || (health.Last(Check.Id)?.IsHealthy ?? !Check.IsInverted) != Check.IsInverted;
        var against = 0;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var finding = Check.IsDisabled
                    ? new Finding(true, "Success: The health check is disabled.")
                    : await probe.FindAsync(Check, stop);
                if (finding is { } found)
                {
                    against = found.Succeeded == works ? 0 : against + 1;
                    (works, against) = against >= Check.Threshold ? (found.Succeeded, 0) : (works, against);
                    health.Found(
                        Check.Id, new DnsVerdict(works != Check.IsInverted, found.Status, clock.GetUtcNow()));
                }

                await Task.Delay(Check.Interval, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Changed, deleted, or the end: the last verdict is whoever comes next's.
            return;
        }
    }
}
