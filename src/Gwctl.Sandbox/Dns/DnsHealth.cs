using System.Collections.Concurrent;

namespace Gwctl.Sandbox.Dns;

/// <summary>How Route 53's health checks stand. Nothing is really checked: without a word they are healthy.</summary>
internal sealed class DnsHealth
{
    private readonly ConcurrentDictionary<string, bool> _unhealthy = new(StringComparer.Ordinal);

    public bool IsHealthy(string healthCheckId) => !_unhealthy.ContainsKey(healthCheckId);

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
}
