namespace Gwctl.Sandbox.Dns.Checks;

/// <summary>Makes one health check, again and again. A new check counts as healthy until enough of its findings say
/// otherwise; a disabled one always does. An inverted one says the contrary.</summary>
internal sealed class EndpointWatch(EndpointCheck check, EndpointProbe probe, DnsHealth health, TimeProvider clock)
{
    private bool _works =
        check.IsDisabled || (health.Last(check.Id)?.IsHealthy ?? !check.IsInverted) != check.IsInverted;

    private int _against;

    public async Task RoundAsync(CancellationToken stop)
    {
        var finding = check.IsDisabled
            ? new Finding(true, "Success: The health check is disabled.")
            : await probe.FindAsync(check, stop);
        if (finding is { } found)
        {
            _against = found.Succeeded == _works ? 0 : _against + 1;
            (_works, _against) = _against >= check.Threshold ? (found.Succeeded, 0) : (_works, _against);
            health.Found(check.Id, new DnsVerdict(_works != check.IsInverted, found.Status, clock.GetUtcNow()));
        }
    }
}
