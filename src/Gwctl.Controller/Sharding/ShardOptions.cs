using Gwctl.Kubernetes.Leases;

namespace Gwctl.Controller.Sharding;

/// <summary>How replicas share the Gateways.</summary>
public sealed record ShardOptions
{
    /// <summary>1 or more; with 1 a single replica leads and the others stand by.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Of this replica; no two may share it.</summary>
    public required string Identity { get; init; }

    /// <summary>Where the Leases are.</summary>
    public required string Namespace { get; init; }

    /// <summary>What the Leases' names begin with.</summary>
    public string Name { get; init; } = "gwctl-controller";

    public LeaseTimes Times { get; init; } = LeaseTimes.Default;
}
