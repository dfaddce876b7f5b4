using Gwctl.Compiler.Specs;
using Gwctl.Cutover.Dns;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Running;

/// <summary>What a runner works with.</summary>
public sealed record CutoverParts
{
    public required IWeightedDns Dns { get; init; }

    public required IBalancerWatch Balancers { get; init; }

    /// <summary>The owner id of the ProviderConfig.</summary>
    public required string Owner { get; init; }

    public required NameServers Servers { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>A text that no other run has.</summary>
    public required string Run { get; init; }

    /// <summary>Where gates look for files and programs.</summary>
    public required string Directory { get; init; }

    /// <summary>The addresses and names in the status of a Service or Ingress; null where the object is not
    /// known.</summary>
    public Func<SpecReference, IReadOnlyList<string>?> StatusOf { get; init; } = static _ => null;

    /// <summary>The new side's DnsPolicy of a hostname; null where it has none.</summary>
    public Func<string, DnsPolicySpec?> PolicyOf { get; init; } = static _ => null;

    /// <summary>How long a change may take to reach every name server.</summary>
    public TimeSpan PropagationMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between questions whether it has.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told of each thing that is being done.</summary>
    public Action<string> Progress { get; init; } = static _ => { };
}
