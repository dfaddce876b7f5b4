using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Writing;

/// <summary>Nothing is made in a namespace that is not there or is going.</summary>
internal sealed class NamespaceGuard(Kind namespaces)
{
    public void CheckOpen(StoreWriter store, string name, Kind kind, string objectName)
    {
        var found = store.Find(namespaces, name) ?? throw ApiErrors.NotFound(namespaces, name);
        if (found.ToJson("v1").Member("metadata")?["deletionTimestamp"] is not null)
        {
            throw new ApiException(
                403, "Forbidden",
                $"{kind.GroupResource} \"{objectName}\" is forbidden: unable to create new content in namespace "
                + $"{name} because it is being terminated")
            {
                Group = kind.Group,
                Kind = kind.Plural,
                Name = objectName,
                Causes =
                [
                    new ApiCause(
                        "NamespaceTerminating", $"namespace {name} is being terminated", "metadata.namespace"),
                ],
            };
        }
    }
}
