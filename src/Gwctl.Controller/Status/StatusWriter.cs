using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Controller.Status;

/// <summary>Writes status, and only where it changes.</summary>
public sealed class StatusWriter(KubeClient client, ClusterStore store)
{
    private const int AttemptsMax = 5;

    /// <summary>Digests of what was sent and what became of it: a server that drops a field of ours (older definitions)
    /// is not sent it again.</summary>
    private readonly ConcurrentDictionary<ObjectId, (UInt128 Sent, UInt128 Became)> _sent = new();

    /// <param name="edit">Makes the new status of the one that is there; called again where somebody was
    /// faster.</param>
    /// <returns>True where something was written.</returns>
    /// <exception cref="KubeException">It was not written. An object that is gone is no failure.</exception>
    public async Task<bool> WriteAsync(
        ClusterObject item, Func<JsonObject, JsonObject> edit, CancellationToken cancellationToken)
    {
        // One look at a Gateway may write twice: the second time the first is there.
        item = store.Newest(item);
        for (var attempt = 1; ; attempt++)
        {
            var before = WrittenStatus.Parse(item.Status);
            var after = edit(before);
            if (JsonNode.DeepEquals(before, after) || IsSent(item, after))
            {
                return false;
            }

            try
            {
                var patch = Patch(item, before, after);
                var written = await store.WriteAsync(
                    item,
                    () => client.MergeAsync(item.Resource, item.Id.Name, patch, "status", cancellationToken));
                _sent[item.Id] = (DigestOf(after.ToJsonString()), DigestOf(written.Status?.ToJsonString() ?? ""));
                return true;
            }
            catch (KubeException exception) when (exception.IsNotFound)
            {
                return false;
            }
            catch (KubeException exception) when (exception.IsConflict && attempt < AttemptsMax)
            {
                var found = await client.FindAsync(item.Resource, item.Id.Name, cancellationToken);
                if (found is null || found.Uid != item.Uid)
                {
                    return false;
                }

                item = item with
                {
                    ResourceVersion = found.ResourceVersion,
                    Status = found.Status?.ToJsonString() ?? "",
                };
            }
        }
    }

    /// <summary>Forgets what was sent about an object that is gone.</summary>
    public void Forget(ObjectId id) => _sent.TryRemove(id, out _);

    private bool IsSent(ClusterObject item, JsonObject after) =>
        _sent.TryGetValue(item.Id, out var last)
        && last.Became == DigestOf(item.Status) && last.Sent == DigestOf(after.ToJsonString());

    private static UInt128 DigestOf(string text) => BinaryPrimitives.ReadUInt128BigEndian(
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));

    /// <summary>Lists are replaced as a whole by a merge patch, so that the version must fit.</summary>
    private static JsonObject Patch(ClusterObject item, JsonObject before, JsonObject after)
    {
        var changed = new JsonObject();
        foreach (var (name, value) in after)
        {
            if (!JsonNode.DeepEquals(before[name], value))
            {
                changed[name] = value?.DeepClone();
            }
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = item.ResourceVersion },
            ["status"] = changed,
        };
    }
}
