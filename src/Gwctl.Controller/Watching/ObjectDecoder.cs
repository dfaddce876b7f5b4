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
    /// <param name="known">As it was before: what says the same is not read again, and most of what comes is the
    /// controller's own status.</param>
    public static ClusterObject Decode(
        KubeResource resource, KubeObject found, bool keepsStatus, ClusterObject? known = null)
    {
        if (known is not null && known.ResourceVersion == found.ResourceVersion)
        {
            return known;
        }

        var id = IdOf(resource, found);
        var status = keepsStatus && found.Status is { } told ? told.ToJsonString() : "";
        var (uid, version, generation) = (found.Uid, found.ResourceVersion, found.Generation);
        var isBeingDeleted = found.IsBeingDeleted;
        EquatableList<string> finalizers = [.. found.Finalizers];
        var text = Stripped(found.Body).ToJsonString();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (known?.Digest == digest)
        {
            return known with
            {
                Resource = resource,
                Uid = uid,
                ResourceVersion = version,
                Generation = generation,
                IsBeingDeleted = isBeingDeleted,
                Finalizers = finalizers,
                Status = status,
            };
        }

        var (spec, diagnostics) = Read(id, text);
        return new ClusterObject
        {
            Id = id,
            Resource = resource,
            Uid = uid,
            ResourceVersion = version,
            Generation = generation,
            IsBeingDeleted = isBeingDeleted,
            Finalizers = finalizers,
            Spec = spec,
            Outline = spec is null ? OutlineOf(id, found.Body) : null,
            Diagnostics = diagnostics,
            Status = status,
            Digest = digest,
        };
    }

    public static ObjectId IdOf(KubeResource resource, KubeObject found) =>
        new(resource.Group, resource.Kind, found.Name);

    // The object is a file of its own to the reader, so that places within it are told apart.
    private static (SpecObject? Spec, EquatableList<Diagnostic> Diagnostics) Read(ObjectId id, string text)
    {
        var read = SpecReader.Read([new SpecSource($"cluster:{id}", text)], Options);
        return (read.Value is { } specs ? SpecSets.Only(specs) : null, read.Diagnostics);
    }

    // Parents and class alone, with a stand-in for what the kind must have besides.
    private static SpecObject? OutlineOf(ObjectId id, JsonObject body)
    {
        var spec = Json.Section(body, "spec");
        var outline = id.Kind switch
        {
            ObjectEdges.Gateway => Some(spec, "gatewayClassName"),
            _ when id.Kind.EndsWith("Route", StringComparison.Ordinal) => Some(spec, "parentRefs"),
            _ => null,
        };
        if (outline is null)
        {
            return null;
        }

        if (id.Kind is ObjectEdges.Gateway)
        {
            outline["infrastructure"] = Some(Json.Section(spec, "infrastructure"), "parametersRef");
            outline["listeners"] = new JsonArray(
                new JsonObject { ["name"] = "outline", ["port"] = 80, ["protocol"] = "HTTP" });
        }
        else if (id.Kind is not ("HTTPRoute" or "GRPCRoute"))
        {
            var backend = new JsonObject { ["name"] = "outline", ["port"] = 1 };
            outline["rules"] = new JsonArray(new JsonObject { ["backendRefs"] = new JsonArray(backend) });
            if (id.Kind is "TLSRoute")
            {
                outline["hostnames"] = new JsonArray("outline.invalid");
            }
        }

        var meta = new JsonObject { ["name"] = id.Name.Name, ["namespace"] = id.Name.Namespace };
        var text = new JsonObject
        {
            ["apiVersion"] = Json.Text(body, "apiVersion"),
            ["kind"] = id.Kind,
            ["metadata"] = meta,
            ["spec"] = outline,
        }.ToJsonString();
        return Read(id, text).Spec;
    }

    private static JsonObject Some(JsonObject? spec, params ReadOnlySpan<string> names)
    {
        var some = new JsonObject();
        foreach (var name in names)
        {
            if (spec?[name] is { } value)
            {
                some[name] = value.DeepClone();
            }
        }

        return some;
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
