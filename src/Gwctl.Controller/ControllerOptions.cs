using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Reconciliation;
using Gwctl.Controller.Sharding;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller;

/// <summary>How to run the controller.</summary>
public sealed record ControllerOptions
{
    public static readonly TimeSpan DefaultResync = TimeSpan.FromMinutes(10);

    public required TimeProvider Clock { get; init; }

    /// <summary>Numbers from 0 up to, not including, 1; from any thread.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>Makes providers; the controller knows none.</summary>
    public required ProviderFactory Providers { get; init; }

    public required ShardOptions Shards { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>GatewayClasses with another controllerName are somebody else's; as of
    /// <see cref="TopologyOptions.ControllerNames"/>.</summary>
    public EquatableList<string> ControllerNames { get; init; } = new TopologyOptions().ControllerNames;

    /// <summary>Whether a controller's name is one of ours.</summary>
    internal bool IsOurs(string controllerName) =>
        new TopologyOptions { ControllerNames = ControllerNames }.IsOurs(controllerName);

    /// <summary>For Gateways that name no ProviderConfig, neither themselves nor by their class.</summary>
    public ProviderConfigSpec? ProviderConfig { get; init; }

    /// <summary>Kinds of cloud objects that are managed here; the others are left to others.</summary>
    public EquatableList<KindConcern> Manages { get; init; } =
        [KindConcern.Infrastructure, KindConcern.Targets, KindConcern.Dns];

    public bool WritesStatus { get; init; } = true;

    /// <summary>Everything but targets waits until a Gateway bears the digest of its plan.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>Plans, says what would be done, and writes nothing to either side.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Removes cloud objects that bear our owner's mark and are of Gateways that the cluster does not
    /// have. Otherwise they are told.</summary>
    public bool Prunes { get; init; }

    /// <summary>How long the objects of a Gateway that moved to another ProviderConfig stay where they were, once it is
    /// served at the new place: names resolve to the old one until their caches run out.</summary>
    public TimeSpan LeaveAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the cloud is read although nothing happened; up to a fifth more or less.</summary>
    public TimeSpan ResyncEvery { get; init; } = DefaultResync;

    /// <summary>Gateways under way at once. Most of them wait for their cloud.</summary>
    public int ConcurrencyMax { get; init; } = 64;

    /// <summary>Concurrent calls of one Gateway.</summary>
    public int Parallelism { get; init; } = 16;

    /// <summary>Where to serve health and metrics; null serves none.</summary>
    public System.Net.IPEndPoint? Operations { get; init; }

    public WorkQueueOptions Queue { get; init; } = new();
}

/// <summary>Names that the controller writes on objects of the cluster.</summary>
public static class ControllerNames
{
    /// <summary>On Gateways that have cloud objects.</summary>
    public const string Finalizer = "gwctl.dev/cloud-objects";

    /// <summary>On GatewayClasses that Gateways use: the Gateway API's own name.</summary>
    public const string ClassFinalizer = "gateway-exists-finalizer.gateway.networking.k8s.io";
}
