using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Kubernetes.Leases;

/// <summary>A coordination.k8s.io Lease.</summary>
/// <param name="Holder">Empty: free.</param>
/// <param name="Seconds">After the last renewal it may be taken by another.</param>
/// <param name="Transitions">How often it went from one holder to another.</param>
/// <param name="ResourceVersion">Changes with every renewal.</param>
public sealed record Lease(ObjectName Name, string Holder, int Seconds, int Transitions, string ResourceVersion)
{
    public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>By the holder's clock: shown, never reckoned with.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    public EquatableList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public static Lease From(KubeObject found) => new(
        found.Name,
        Json.Text(found.Spec, "holderIdentity"),
        Number(found.Spec, "leaseDurationSeconds"),
        Number(found.Spec, "leaseTransitions"),
        found.ResourceVersion)
    {
        AcquiredAt = Json.Time(found.Spec, "acquireTime"),
        RenewedAt = Json.Time(found.Spec, "renewTime"),
        Labels = found.Meta?["labels"] is JsonObject labels
            ? [.. labels.Select(label => KeyValuePair.Create(label.Key, label.Value?.GetValue<string>() ?? ""))]
            : [],
    };

    /// <summary>As it is written; with its resource version it is refused where somebody was faster.</summary>
    public JsonObject ToBody()
    {
        var meta = new JsonObject { ["name"] = Name.Name, ["namespace"] = Name.Namespace };
        if (ResourceVersion is not "")
        {
            meta["resourceVersion"] = ResourceVersion;
        }

        if (Labels.Count > 0)
        {
            meta["labels"] = new JsonObject(
                Labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Key, label.Value)));
        }

        var spec = new JsonObject
        {
            ["leaseDurationSeconds"] = Seconds,
            ["leaseTransitions"] = Transitions,
        };
        if (Holder is not "")
        {
            spec["holderIdentity"] = Holder;
        }

        if (AcquiredAt is { } acquired)
        {
            spec["acquireTime"] = Json.MicroTime(acquired);
        }

        if (RenewedAt is { } renewed)
        {
            spec["renewTime"] = Json.MicroTime(renewed);
        }

        return new JsonObject { ["metadata"] = meta, ["spec"] = spec };
    }

    private static int Number(JsonObject? spec, string name) =>
        spec?[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
