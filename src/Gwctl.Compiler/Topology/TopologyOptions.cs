using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What the caller decides about the resolution.</summary>
public sealed record TopologyOptions
{
    /// <summary>What our controllers' names begin with; a provider's name follows.</summary>
    public const string ControllerPrefix = "gwctl.dev/";

    /// <summary>GatewayClasses with another controllerName are somebody else's. Empty: every name that begins with
    /// <see cref="ControllerPrefix"/> is ours.</summary>
    public EquatableList<string> ControllerNames { get; init; } = [];

    /// <summary>For Gateways that name no ProviderConfig, neither themselves nor by their class.</summary>
    public ProviderConfigSpec? ProviderConfig { get; init; }

    /// <summary>Compiles for this provider whatever the ProviderConfigs say, and Gateways whose class is not among the
    /// specs too; null leaves it to them.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether a controller's name is one of ours.</summary>
    public bool IsOurs(string controllerName) => ControllerNames.Count is 0
        ? controllerName.StartsWith(ControllerPrefix, StringComparison.Ordinal)
        : ControllerNames.Contains(controllerName);
}
