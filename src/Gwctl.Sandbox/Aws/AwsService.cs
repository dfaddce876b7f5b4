using System.Collections.Frozen;
using Gwctl.Sandbox.Contracts;

namespace Gwctl.Sandbox.Aws;

/// <summary>A service: its contract and its operations.</summary>
internal sealed class AwsService(string name, IEnumerable<OperationHandler> handlers)
{
    public string Name { get; } = name;

    public FrozenDictionary<string, OperationHandler> Handlers { get; } =
        handlers.ToFrozenDictionary(handler => handler.Name, StringComparer.Ordinal);

    /// <summary>Read from its resource when the service is first called.</summary>
    public ServiceContract Contract => ContractCatalog.Load(Name);
}
