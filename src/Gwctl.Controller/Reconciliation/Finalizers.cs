using System.Text.Json.Nodes;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Keeps an object in the cluster while something depends on it.</summary>
internal sealed class Finalizers(KubeClient client, ClusterStore store)
{
    /// <summary>Of a Gateway that has objects in a cloud.</summary>
    public static bool Has(ClusterObject gateway) => gateway.Finalizers.Contains(ControllerNames.Finalizer);

    /// <param name="annotations">Written in the same moment; null takes one away.</param>
    /// <exception cref="KubeException">It is not written; a conflict is somebody else's change: look again.</exception>
    public Task AddAsync(
        ClusterObject item, string finalizer, JsonObject annotations, CancellationToken cancellationToken) =>
        WriteAsync(
            store.Newest(item),
            names => names.Contains(finalizer) ? names : [.. names, finalizer],
            annotations,
            cancellationToken);

    /// <param name="annotations">As of adding.</param>
    /// <exception cref="KubeException">As of adding.</exception>
    public Task RemoveAsync(
        ClusterObject item, string finalizer, JsonObject annotations, CancellationToken cancellationToken) =>
        WriteAsync(
            store.Newest(item),
            names => [.. names.Where(name => name != finalizer)],
            annotations,
            cancellationToken);

    // A merge patch replaces the list as a whole, so that the version must fit.
    private Task WriteAsync(
        ClusterObject item,
        Func<EquatableList<string>, EquatableList<string>> edit,
        JsonObject annotations,
        CancellationToken cancellationToken)
    {
        var finalizers = edit(item.Finalizers);
        if (finalizers.Equals(item.Finalizers))
        {
            return Task.CompletedTask;
        }

        var meta = new JsonObject
        {
            ["resourceVersion"] = item.ResourceVersion,
            ["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode?)JsonValue.Create(name))]),
        };
        if (annotations.Count > 0)
        {
            meta["annotations"] = annotations.DeepClone();
        }

        var patch = new JsonObject { ["metadata"] = meta };
        return store.WriteAsync(
            item, () => client.MergeAsync(item.Resource, item.Id.Name, patch, "", cancellationToken));
    }
}
