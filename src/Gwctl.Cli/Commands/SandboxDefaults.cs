using Gwctl.Compiler.Specs;

namespace Gwctl.Cli.Commands;

/// <summary>What the embedded cloud must have for ProviderConfigs to work there.</summary>
public static class SandboxDefaults
{
    /// <summary>A zone that is always there, for first steps.</summary>
    public const string Zone = "example.com";

    public static SandboxStart For(string directory, IReadOnlyList<ProviderConfigSpec> configs, TimeProvider clock)
    {
        var zones = configs.SelectMany(config => config.DnsZones).Select(zone => zone.Name).Append(Zone);
        return new SandboxStart
        {
            Directory = directory,
            Configs = [.. configs],
            Zones = [.. zones.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Clock = clock,
        };
    }
}
