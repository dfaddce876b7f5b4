using System.Collections.Frozen;
using Gwctl.Sandbox.Contracts;

namespace Gwctl.Sandbox.Gcp;

/// <summary>A service: its contract and its operations.</summary>
internal sealed class GcpService(string name, IEnumerable<GcpHandler> handlers)
{
    public string Name { get; } = name;

    public FrozenDictionary<string, GcpHandler> Handlers { get; } =
        handlers.ToFrozenDictionary(handler => handler.Name, StringComparer.Ordinal);

    public ServiceContract Contract => ContractCatalog.Load(Name);
}
