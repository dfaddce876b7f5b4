using Gwctl.Core;

namespace Gwctl.Kubernetes.Objects;

/// <summary>A kind as an API server serves it.</summary>
/// <param name="Group">"" is the core group.</param>
/// <param name="Plural">As in paths: <c>httproutes</c>.</param>
public sealed record KubeResource(string Group, string Version, string Plural, string Kind, bool IsNamespaced)
{
    public static readonly KubeResource Lease = new("coordination.k8s.io", "v1", "leases", "Lease", true);
    public static readonly KubeResource Event = new("events.k8s.io", "v1", "events", "Event", true);
    public static readonly KubeResource ConfigMap = new("", "v1", "configmaps", "ConfigMap", true);
    public static readonly KubeResource Secret = new("", "v1", "secrets", "Secret", true);

    public string ApiVersion => Group is "" ? Version : $"{Group}/{Version}";

    /// <summary><c>plural.group</c>, as roles and messages have it.</summary>
    public string FullName => Group is "" ? Plural : $"{Plural}.{Group}";

    /// <summary>The path of all objects, or of those of a namespace.</summary>
    internal string PathOf(string space) =>
        (Group is "" ? $"api/{Version}/" : $"apis/{Group}/{Version}/")
        + (IsNamespaced && space is not "" ? $"namespaces/{Uri.EscapeDataString(space)}/" : "")
        + Plural;

    internal string PathOf(ObjectName name, string subresource = "") =>
        $"{PathOf(name.Namespace)}/{Uri.EscapeDataString(name.Name)}" + (subresource is "" ? "" : $"/{subresource}");
}
