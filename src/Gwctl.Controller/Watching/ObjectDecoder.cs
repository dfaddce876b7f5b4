using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Watching;

/// <summary>Turns objects of the cluster into specs, once, when they come: what is not read is dropped here.</summary>
internal static class ObjectDecoder
{
    /// <summary>Fields of metadata that say nothing to the compiler, or change without meaning.</summary>
    private static readonly string[] Noise =
    [
        "managedFields", "resourceVersion", "selfLink", "uid", "ownerReferences", "deletionGracePeriodSeconds",
    ];

    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly SpecReaderOptions Options = new() { IsFromCluster = true };

    /// <param name="keepsStatus">Its status is the controller's to write.</param>
    public static ClusterObject Decode(KubeResource resource, KubeObject found, bool keepsStatus)
    {
        var id = new ObjectId(resource.Group, resource.Kind, found.Name);
        var status = keepsStatus && found.Status is { } told ? told.ToJsonString() : "";
        var (uid, version, generation) = (found.Uid, found.ResourceVersion, found.Generation);
        var isBeingDeleted = found.IsBeingDeleted;
        EquatableList<string> finalizers = [.. found.Finalizers];
        var text = Stripped(found.Body).ToJsonString();
        // The object is a file of its own to the reader, so that places within it are told apart.
        var read = SpecReader.Read([new SpecSource($"cluster:{id}", text)], Options);
        return new ClusterObject
        {
            Id = id,
            Resource = resource,
            Uid = uid,
            ResourceVersion = version,
            Generation = generation,
            IsBeingDeleted = isBeingDeleted,
            Finalizers = finalizers,
            Spec = read.Value is { } specs ? SpecSets.Only(specs) : null,
            Diagnostics = read.Diagnostics,
            Status = status,
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }

    private static JsonObject Stripped(JsonObject body)
    {
        body.Remove("status");
        if (Json.Section(body, "metadata") is { } meta)
        {
            foreach (var name in Noise)
            {
                meta.Remove(name);
            }

            Json.Section(meta, "annotations")?.Remove(LastApplied);
        }

        return body;
    }
}
