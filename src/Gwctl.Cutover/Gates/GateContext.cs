using Gwctl.Compiler.Specs;
using Gwctl.Cutover.Dns;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Gates;

/// <summary>What gates ask with.</summary>
public sealed record GateContext
{
    public required CutoverSpec Document { get; init; }

    public required IBalancerWatch Balancers { get; init; }

    public BalancerFacts? NewBalancer { get; init; }

    public BalancerFacts? OldBalancer { get; init; }

    /// <summary>The new side's share now, in percent.</summary>
    public required int Weight { get; init; }

    public required int Step { get; init; }

    public required NameServers Servers { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Where files and programs that the document names are looked for.</summary>
    public required string Directory { get; init; }
}
