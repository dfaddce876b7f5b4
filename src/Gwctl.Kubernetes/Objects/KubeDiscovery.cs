using System.Text.Json.Nodes;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Kubernetes.Objects;

/// <summary>What versions and kinds of a group an API server serves.</summary>
public sealed class KubeDiscovery(KubeClient client)
{
    /// <summary>Kinds of a group, each in the first of its served versions that is known, else in the server's
    /// preferred one.</summary>
    /// <param name="group">"" is the core group.</param>
    /// <param name="known">Versions by preference; those that are not served are passed over.</param>
    /// <returns>By kind; empty where the group is not served at all.</returns>
    /// <exception cref="KubeException">The server cannot be asked.</exception>
    public async Task<IReadOnlyDictionary<string, KubeResource>> FindAsync(
        string group, IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, KubeResource>(StringComparer.Ordinal);
        foreach (var version in await VersionsAsync(group, known, cancellationToken))
        {
            var path = group is "" ? $"api/{version}" : $"apis/{group}/{version}";
            var document = await client.FindDocumentAsync(path, cancellationToken);
            foreach (var resource in Resources(document, group, version))
            {
                found.TryAdd(resource.Kind, resource);
            }
        }

        return found;
    }

    private async Task<IEnumerable<string>> VersionsAsync(
        string group, IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        if (group is "")
        {
            return ["v1"];
        }

        var document = await client.FindDocumentAsync($"apis/{group}", cancellationToken);
        var served = document?["versions"] is JsonArray versions
            ? versions.Select(item => Json.Text(item, "version")).ToList()
            : [];
        var preferred = Json.Text(Json.Section(document, "preferredVersion"), "version");
        return known.Where(served.Contains)
            .Concat(served.Where(version => version == preferred))
            .Concat(served)
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<KubeResource> Resources(JsonObject? document, string group, string version) =>
        document?["resources"] is JsonArray items
            ? items.Where(item => !Json.Text(item, "name").Contains('/'))
                .Select(item => new KubeResource(
                    group,
                    version,
                    Json.Text(item, "name"),
                    Json.Text(item, "kind"),
                    (item as JsonObject)?["namespaced"]?.GetValue<bool>() ?? false))
            : [];
}
