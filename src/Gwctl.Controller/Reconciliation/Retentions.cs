using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Remembers, on its class, each Gateway whose cloud objects were to stay when it was deleted: they are nobody's
/// mistake, and never pruned.</summary>
internal sealed class Retentions(KubeClient client, ClusterStore store)
{
    /// <summary>As <c>namespace/name</c>.</summary>
    public IReadOnlySet<string> All => store.OfKind(ApiGroups.Gateway, ObjectEdges.Class)
        .SelectMany(Of)
        .ToHashSet(StringComparer.Ordinal);

    /// <exception cref="KubeException">It is not written; a conflict is another Gateway's: look again.</exception>
    public async Task AddAsync(ClusterSlice slice, ClusterObject gateway, CancellationToken cancellationToken)
    {
        var name = gateway.Id.Name.ToString();
        var found = slice.Objects.FirstOrDefault(item => item.Id.Kind is ObjectEdges.Class);
        if (found is null || Of(found).Contains(name))
        {
            return;
        }

        var names = string.Join(' ', Of(found).Append(name).Order(StringComparer.Ordinal));
        var meta = new JsonObject
        {
            ["resourceVersion"] = found.ResourceVersion,
            ["annotations"] = new JsonObject { [ControllerAnnotations.Retained] = names },
        };
        await client.MergeAsync(
            found.Resource, found.Id.Name, new JsonObject { ["metadata"] = meta }, "", cancellationToken);
    }

    private static string[] Of(ClusterObject item) =>
        item.Annotation(ControllerAnnotations.Retained)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
