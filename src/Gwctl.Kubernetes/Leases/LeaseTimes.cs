namespace Gwctl.Kubernetes.Leases;

/// <summary>The times of a lease. Whoever cannot renew stops before another may begin.</summary>
public sealed record LeaseTimes
{
    public static readonly LeaseTimes Default = new();

    /// <summary>Another may take the lease when it saw it unchanged for this long.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Counted from before the last renewal that succeeded: then nothing new is started.</summary>
    public TimeSpan StopAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Counted likewise: then calls in flight are given up too.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(13);

    /// <summary>Between two renewals, or two looks at another's lease.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Judges another's lease by our own clock alone: it counts from when we saw it change.</summary>
public sealed class LeaseObservations(TimeProvider clock)
{
    private readonly Dictionary<string, (string ResourceVersion, long SeenAt)> _seen = new(StringComparer.Ordinal);

    /// <summary>True where the lease is free, or was not renewed for as long as its own duration.</summary>
    public bool IsFree(Lease lease)
    {
        var key = lease.Name.ToString();
        if (!_seen.TryGetValue(key, out var seen) || seen.ResourceVersion != lease.ResourceVersion)
        {
            seen = (lease.ResourceVersion, clock.GetTimestamp());
            _seen[key] = seen;
        }

        return lease.Holder is ""
            || clock.GetElapsedTime(seen.SeenAt) >= TimeSpan.FromSeconds(Math.Max(lease.Seconds, 1));
    }

    /// <summary>Forgets leases that are not there any more.</summary>
    public void KeepOnly(IEnumerable<Lease> leases)
    {
        var names = leases.Select(lease => lease.Name.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _seen.Keys.Where(name => !names.Contains(name)).ToList())
        {
            _seen.Remove(gone);
        }
    }
}
