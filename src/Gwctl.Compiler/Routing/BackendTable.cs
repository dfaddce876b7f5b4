using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>The backends of one Gateway, each once.</summary>
internal sealed class BackendTable
{
    private readonly Dictionary<(ObjectName Service, int Port, string Protocol), ServiceBackend> _backends = [];

    public void Add(EquatableList<ServiceBackend> backends)
    {
        foreach (var backend in backends)
        {
            _backends.TryAdd((backend.Service, backend.Port, backend.ServicePort.Protocol), backend);
        }
    }

    /// <summary>By id.</summary>
    public EquatableList<RoutingBackend> Sorted() =>
    [
        .. _backends.Values
            .Select(backend => new RoutingBackend
            {
                Id = RoutingBackend.IdOf(backend),
                Service = backend,
            })
            .OrderBy(backend => backend.Id, StringComparer.Ordinal),
    ];
}
