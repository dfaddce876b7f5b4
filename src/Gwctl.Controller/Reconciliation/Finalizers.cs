using System.Text.Json.Nodes;
using Gwctl.Controller.Watching;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Keeps a Gateway in the cluster while it has objects in a cloud.</summary>
internal sealed class Finalizers(KubeClient client)
{
    public static bool Has(ClusterObject gateway) => gateway.Finalizers.Contains(ControllerNames.Finalizer);

    /// <exception cref="KubeException">It is not written; a conflict is somebody else's change: look again.</exception>
    public Task AddAsync(ClusterObject gateway, CancellationToken cancellationToken) => Has(gateway)
        ? Task.CompletedTask
        : WriteAsync(gateway, [.. gateway.Finalizers, ControllerNames.Finalizer], cancellationToken);

    /// <exception cref="KubeException">As of adding.</exception>
    public Task RemoveAsync(ClusterObject gateway, CancellationToken cancellationToken) => Has(gateway)
        ? WriteAsync(
            gateway, [.. gateway.Finalizers.Where(name => name != ControllerNames.Finalizer)], cancellationToken)
        : Task.CompletedTask;

    // A merge patch replaces the list as a whole, so that the version must fit.
    private Task<KubeObject> WriteAsync(ClusterObject gateway, string[] finalizers, CancellationToken cancellationToken)
    {
        var meta = new JsonObject
        {
            ["resourceVersion"] = gateway.ResourceVersion,
            ["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode?)JsonValue.Create(name))]),
        };
        return client.MergeAsync(
            gateway.Resource, gateway.Id.Name, new JsonObject { ["metadata"] = meta }, "", cancellationToken);
    }
}
