using System.Net;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Arguments;

/// <summary>Of <c>controller</c>.</summary>
public sealed record ControllerArguments
{
    public required SpecArguments Specs { get; init; }

    public required ClusterArguments Cluster { get; init; }

    public required OutputArguments Talk { get; init; }

    public required EquatableList<KindConcern> Manages { get; init; }

    public bool WritesStatus { get; init; } = true;

    public bool NeedsApproval { get; init; }

    public bool IsDryRun { get; init; }

    public bool Prunes { get; init; }

    public int Shards { get; init; } = 1;

    /// <summary>Null for the kubeconfig's, or the pod's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Null makes one of the host's name.</summary>
    public string? Identity { get; init; }

    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(10);

    public int Concurrency { get; init; } = 64;

    public int Parallelism { get; init; } = 16;

    /// <summary>Null serves neither health nor metrics.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Where traces go; null for nowhere.</summary>
    public Uri? Otlp { get; init; }
}
