using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;

namespace Gwctl.Sandbox.Kubernetes.Discovery;

/// <summary>Says which groups, versions and resources are served: the old way by one document for each version, and
/// all at once as newer clients ask for it.</summary>
internal static class DiscoveryHandler
{
    private const string Aggregated = "apidiscovery.k8s.io";

    private static readonly string[] Verbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    /// <summary>Kinds that are asked and not kept.</summary>
    private static readonly (string Group, string Plural, string Kind, bool Namespaced)[] Reviews =
    [
        ("authentication.k8s.io", "tokenreviews", "TokenReview", false),
        ("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview", false),
        ("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false),
        ("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false),
        ("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", false),
    ];

    /// <returns>Null where the path is none of discovery's; the second part is the content type.</returns>
    public static (JsonObject Body, string ContentType)? Find(KindRegistry kinds, string path, string accept)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (parts)
        {
            case ["api"] or ["apis"] when AggregatedVersion(accept) is { } version:
                return (Aggregate(kinds, parts[0] is "api", version),
                    $"application/json;g={Aggregated};v={version};as=APIGroupDiscoveryList");
            case ["api"]:
                return Plain(new JsonObject
                {
                    ["kind"] = "APIVersions",
                    ["versions"] = new JsonArray("v1"),
                    ["serverAddressByClientCIDRs"] = new JsonArray(),
                });
            case ["apis"]:
                return Plain(new JsonObject
                {
                    ["kind"] = "APIGroupList",
                    ["apiVersion"] = "v1",
                    ["groups"] = new JsonArray([.. Groups(kinds).Where(group => group is not "")
                        .Select(group => Group(kinds, group))]),
                });
            case ["apis", var group] when Groups(kinds).Contains(group):
                var one = Group(kinds, group);
                one["kind"] = "APIGroup";
                one["apiVersion"] = "v1";
                return Plain(one);
            case ["api", "v1"]:
                return Plain(Resources(kinds, "", "v1"));
            case ["apis", var group, var version] when VersionsOf(kinds, group).Contains(version):
                return Plain(Resources(kinds, group, version));
            default:
                return null;
        }
    }

    public static IReadOnlyList<string> VersionsOf(KindRegistry kinds, string group) =>
    [
        .. kinds.All.Where(kind => kind.Group == group)
            .SelectMany(kind => kind.Versions.Where(version => version.Served).Select(version => version.Name))
            .Concat(Reviews.Any(review => review.Group == group) ? ["v1"] : [])
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(VersionOrder.Rank, VersionOrder.Comparer),
    ];

    public static IReadOnlyList<string> Groups(KindRegistry kinds) =>
    [
        .. kinds.All.Select(kind => kind.Group).Concat(Reviews.Select(review => review.Group))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static (JsonObject, string) Plain(JsonObject body) => (body, "application/json");

    private static string? AggregatedVersion(string accept)
    {
        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Contains($"g={Aggregated}") && parts.Contains("as=APIGroupDiscoveryList")
                && Array.Find(parts, part => part is "v=v2" or "v=v2beta1") is { } version)
            {
                return version[2..];
            }

            if (parts is ["application/json"])
            {
                return null;
            }
        }

        return null;
    }

    private static JsonObject Group(KindRegistry kinds, string group)
    {
        var versions = VersionsOf(kinds, group).Select(version => new JsonObject
        {
            ["groupVersion"] = $"{group}/{version}",
            ["version"] = version,
        }).ToList();
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static JsonObject Resources(KindRegistry kinds, string group, string version)
    {
        var resources = new JsonArray();
        foreach (var (kind, at) in KindsOf(kinds, group, version))
        {
            var resource = new JsonObject
            {
                ["name"] = kind.Plural,
                ["singularName"] = kind.Singular,
                ["namespaced"] = kind.Namespaced,
                ["kind"] = kind.Name,
                ["verbs"] = Texts(Verbs),
            };
            AddNames(resource, kind);
            resources.Add(resource);
            if (at.HasStatus)
            {
                resources.Add(new JsonObject
                {
                    ["name"] = $"{kind.Plural}/status",
                    ["singularName"] = "",
                    ["namespaced"] = kind.Namespaced,
                    ["kind"] = kind.Name,
                    ["verbs"] = Texts(StatusVerbs),
                });
            }
        }

        foreach (var review in Reviews.Where(review => review.Group == group))
        {
            resources.Add(new JsonObject
            {
                ["name"] = review.Plural,
                ["singularName"] = review.Kind.ToLowerInvariant(),
                ["namespaced"] = review.Namespaced,
                ["kind"] = review.Kind,
                ["verbs"] = new JsonArray("create"),
            });
        }

        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group is "" ? version : $"{group}/{version}",
            ["resources"] = resources,
        };
    }

    private static JsonObject Aggregate(KindRegistry kinds, bool core, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"{Aggregated}/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. Groups(kinds).Where(group => group is "" == core).Select(group => new JsonObject
        {
            ["metadata"] = group is "" ? [] : new JsonObject { ["name"] = group },
            ["versions"] = new JsonArray([.. VersionsOf(kinds, group).Select(at => new JsonObject
            {
                ["version"] = at,
                ["freshness"] = "Current",
                ["resources"] = AggregateResources(kinds, group, at),
            })]),
        })]),
    };

    private static JsonArray AggregateResources(KindRegistry kinds, string group, string version)
    {
        var resources = new JsonArray();
        foreach (var (kind, at) in KindsOf(kinds, group, version))
        {
            var resource = new JsonObject
            {
                ["resource"] = kind.Plural,
                ["responseKind"] = ResponseKind(group, version, kind.Name),
                ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
                ["singularResource"] = kind.Singular,
                ["verbs"] = Texts(Verbs),
            };
            AddNames(resource, kind);
            if (at.HasStatus)
            {
                resource["subresources"] = new JsonArray(new JsonObject
                {
                    ["subresource"] = "status",
                    ["responseKind"] = ResponseKind(group, version, kind.Name),
                    ["verbs"] = Texts(StatusVerbs),
                });
            }

            resources.Add(resource);
        }

        foreach (var review in Reviews.Where(review => review.Group == group))
        {
            resources.Add(new JsonObject
            {
                ["resource"] = review.Plural,
                ["responseKind"] = ResponseKind(group, version, review.Kind),
                ["scope"] = "Cluster",
                ["singularResource"] = review.Kind.ToLowerInvariant(),
                ["verbs"] = new JsonArray("create"),
            });
        }

        return resources;
    }

    private static IEnumerable<(Kind Kind, KindVersion Version)> KindsOf(
        KindRegistry kinds, string group, string version) =>
        from kind in kinds.All
        where kind.Group == @group
        from served in kind.Versions
        where served.Served && served.Name == version
        select (kind, served);

    private static JsonObject ResponseKind(string group, string version, string kind) =>
        new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static void AddNames(JsonObject resource, Kind kind)
    {
        if (kind.ShortNames.Count > 0)
        {
            resource["shortNames"] = Texts(kind.ShortNames);
        }

        if (kind.Categories.Count > 0)
        {
            resource["categories"] = Texts(kind.Categories);
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(text => JsonValue.Create(text))]);
}
