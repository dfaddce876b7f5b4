using System.Collections.Concurrent;
using System.Text.Json;

namespace Gwctl.Sandbox.Contracts;

/// <summary>The services' contracts that the sandbox holds, read when first asked for.</summary>
public static class ContractCatalog
{
    private static readonly ConcurrentDictionary<string, ServiceContract> Loaded = new(StringComparer.Ordinal);

    /// <summary>Every service there is a contract of.</summary>
    public static IReadOnlyList<string> Services { get; } =
    [
        "acm", "certificatemanager", "cloudwatch", "compute", "dns", "ec2", "elbv2", "route53", "sts", "tagging",
    ];

    /// <exception cref="ArgumentException">The name is none of <see cref="Services"/>.</exception>
    public static ServiceContract Load(string service) => Loaded.GetOrAdd(service, Read);

    private static ServiceContract Read(string service)
    {
        using var stream = typeof(ContractCatalog).Assembly.GetManifestResourceStream($"contracts/{service}.json")
            ?? throw new ArgumentException($"There is no contract of a service '{service}'.", nameof(service));
        using var document = JsonDocument.Parse(stream);
        return ContractReader.Read(document.RootElement);
    }
}
