using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cli;

/// <summary>How to reach a provider's cloud, beside what its ProviderConfig says.</summary>
public sealed record ProviderConnection
{
    /// <summary>Another endpoint for all of the provider's services; null for the real ones.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>True for the embedded cloud: its own fixed credentials instead of the environment's.</summary>
    public bool Sandbox { get; init; }

    public required TimeProvider Clock { get; init; }
}

/// <summary>Makes a provider for a configuration.</summary>
public delegate Compiled<IProvider> ProviderMaker(ProviderConfigSpec config, ProviderConnection connection);

/// <summary>A provider that gwctl has.</summary>
/// <param name="Name">As ProviderConfigs and <c>--provider</c> name it.</param>
public sealed record ProviderEntry(string Name, ProviderMaker Make);

/// <summary>The one list of providers.</summary>
public sealed record Composition(IReadOnlyList<ProviderEntry> Providers)
{
    public static readonly Composition Default = new([]);
}
