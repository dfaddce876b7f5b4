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
            Account = Setting(configs, "account"),
            Region = Setting(configs, "region"),
            Zones = [.. zones.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Clock = clock,
        };
    }

    /// <summary>A scalar of the first provider section that has it; empty where none has.</summary>
    private static string Setting(IReadOnlyList<ProviderConfigSpec> configs, string name) => configs
        .SelectMany(config => config.Settings?.Fields.AsEnumerable() ?? [])
        .Where(field => field.Name == name)
        .Select(field => (field.Value as SpecNode.Scalar)?.Text ?? "")
        .FirstOrDefault("");
}
