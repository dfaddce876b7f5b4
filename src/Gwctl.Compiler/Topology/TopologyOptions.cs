using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What the caller decides about the resolution.</summary>
public sealed record TopologyOptions
{
    public const string AwsController = "gwctl.dev/aws";
    public const string GcpController = "gwctl.dev/gcp";
    public const string AzureController = "gwctl.dev/azure";

    /// <summary>GatewayClasses with another controllerName are somebody else's.</summary>
    public EquatableList<string> ControllerNames { get; init; } = [AwsController, GcpController, AzureController];

    /// <summary>For Gateways that name no ProviderConfig, neither themselves nor by their class.</summary>
    public ProviderConfigSpec? ProviderConfig { get; init; }

    /// <summary>Compiles for this provider (aws, gcp or azure) whatever the ProviderConfigs say; null leaves it to
    /// them.</summary>
    public string? Provider { get; init; }
}
