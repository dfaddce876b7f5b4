using System.Collections.Concurrent;

namespace Gwctl.Sandbox.Dns;

/// <summary>How Route 53's health checks stand: by word of mouth, else as they were found; without either they are
/// healthy.</summary>
internal sealed class DnsHealth
{
    private readonly ConcurrentDictionary<string, bool> _unhealthy = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DnsVerdict> _found = new(StringComparer.Ordinal);

    public bool IsHealthy(string healthCheckId) => !_unhealthy.ContainsKey(healthCheckId)
        && _found.GetValueOrDefault(healthCheckId)?.IsHealthy is not false;

    /// <summary>False stands until it is taken back by true, whatever is found.</summary>
    public void Tell(string healthCheckId, bool healthy)
    {
        if (healthy)
        {
            _unhealthy.TryRemove(healthCheckId, out _);
        }
        else
        {
            _unhealthy[healthCheckId] = true;
        }
    }

    public void Found(string healthCheckId, DnsVerdict verdict) => _found[healthCheckId] = verdict;

    /// <summary>Null where it was never made.</summary>
    public DnsVerdict? Last(string healthCheckId) => _found.GetValueOrDefault(healthCheckId);

    public void Forget(string healthCheckId) => _found.TryRemove(healthCheckId, out _);
}

/// <summary>What the checks of an endpoint came to.</summary>
/// <param name="IsHealthy">By the last checks in a row, as many as the threshold wants.</param>
/// <param name="Status">The last check's own finding, in Route 53's words.</param>
/// <param name="At">When the last check ended.</param>
internal sealed record DnsVerdict(bool IsHealthy, string Status, DateTimeOffset At);
