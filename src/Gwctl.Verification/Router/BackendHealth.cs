using Gwctl.Compiler.Routing;

namespace Gwctl.Verification.Router;

/// <summary>Which backends have somebody to answer.</summary>
internal sealed class BackendHealth(IReadOnlyList<RoutingBackend> backends)
{
    private readonly HashSet<string> _empty =
    [
        .. backends
            .Where(backend => backend.Service.Endpoints is { } endpoints
                && !endpoints.Any(item => item is { Ready: true, Terminating: false }))
            .Select(backend => backend.Id),
    ];

    /// <summary>False where it is known that no endpoint is ready; a backend whose endpoints are not known is taken to
    /// have some.</summary>
    public bool HasEndpoints(string backendId) => !_empty.Contains(backendId);
}
