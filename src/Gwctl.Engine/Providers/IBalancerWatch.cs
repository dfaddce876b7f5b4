using Gwctl.Core;

namespace Gwctl.Engine.Providers;

/// <summary>What a cloud knows of its load balancers, for cutovers: their names in DNS, their targets' health, and how
/// requests fared. Reads only. Thread-safe.</summary>
public interface IBalancerWatch
{
    /// <summary>False where the provider does not read the cloud's metrics: gates on them are refused.</summary>
    bool ReadsMetrics => true;

    /// <summary>The load balancer that gwctl made for a Gateway and that serves the hostname; null where there is none
    /// yet.</summary>
    /// <exception cref="ProviderException">It could not be read.</exception>
    Task<BalancerFacts?> FindOfGatewayAsync(ObjectName gateway, CancellationToken cancellationToken);

    /// <summary>A load balancer by its name, its id, or its name in DNS; null where there is none in this account and
    /// region.</summary>
    Task<BalancerFacts?> FindAsync(string nameOrId, CancellationToken cancellationToken);

    /// <summary>The targets behind it; a group without targets is in the list, with none.</summary>
    Task<EquatableList<TargetGroupHealth>> ReadHealthAsync(BalancerFacts balancer, CancellationToken cancellationToken);

    /// <summary>How its requests fared from <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <exception cref="ProviderException">It could not be read: never zero for want of an answer.</exception>
    Task<RequestMetrics> ReadMetricsAsync(
        BalancerFacts balancer, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}

/// <summary>A load balancer.</summary>
/// <param name="Id">The cloud's own.</param>
/// <param name="DnsName">Without the last dot, in lower case; its first address where it has no name in DNS.</param>
/// <param name="Pointers">What a name that leads to it answers: one member for A, and one for AAAA where it has IPv6
/// addresses; without key and weight.</param>
public sealed record BalancerFacts(string Id, string Name, string DnsName, EquatableList<WeightedMember> Pointers)
{
    /// <summary>Other names in DNS that lead to it.</summary>
    public EquatableList<string> OtherNames { get; init; } = [];

    /// <summary>False where it hands connections through, and so counts no requests.</summary>
    public bool CountsRequests { get; init; } = true;

    /// <summary>Whether an answer leads to it.</summary>
    public bool IsLedToBy(DnsTarget target)
    {
        var name = target switch
        {
            DnsTarget.Pointer pointer => pointer.Name,
            DnsTarget.Value value => value.Text,
            _ => "",
        };
        return string.Equals(name, DnsName, StringComparison.OrdinalIgnoreCase)
            || OtherNames.Any(other => string.Equals(name, other, StringComparison.OrdinalIgnoreCase));
    }
}

/// <param name="Name">The group's.</param>
/// <param name="Healthy">Targets that get traffic.</param>
/// <param name="Total">All registered targets.</param>
public sealed record TargetGroupHealth(string Name, int Healthy, int Total);

/// <summary>Requests over a window.</summary>
/// <param name="Requests">How many; 0 where the cloud has no data.</param>
/// <param name="ServerErrors">How many were answered with 5xx, by a target or by the load balancer itself.</param>
/// <param name="MeanLatency">Null where nothing was measured.</param>
public sealed record RequestMetrics(double Requests, double ServerErrors, TimeSpan? MeanLatency)
{
    public static readonly RequestMetrics None = new(0, 0, null);
}
