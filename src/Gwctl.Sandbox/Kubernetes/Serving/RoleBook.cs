using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Answers from the Roles, ClusterRoles and bindings in the store.</summary>
internal sealed class RoleBook(ObjectStore store, KindCatalog catalog)
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Masters = "system:masters";
    private const string AccountPrefix = "system:serviceaccount:";

    public bool Allows(AccessRequest request)
    {
        if (request.User.Groups.Contains(Masters) || IsReview(request))
        {
            return true;
        }

        var bound = Objects("clusterrolebindings").Concat(Objects("rolebindings").Where(binding =>
            request.Namespace is not "" && binding.Member("metadata").Text("namespace") == request.Namespace));
        return bound.Where(binding => Names(binding, request)).SelectMany(RulesOf).Any(rule => Grants(rule, request));
    }

    /// <summary>Everybody may ask what they may do.</summary>
    private static bool IsReview(AccessRequest request) =>
        request.Verb is "create" && request.Group is "authorization.k8s.io" or "authentication.k8s.io";

    private static bool Names(JsonObject binding, AccessRequest request) =>
        (binding.Items("subjects") ?? []).OfType<JsonObject>().Any(subject => subject.Text("kind") switch
        {
            "ServiceAccount" =>
                request.User.Name == $"{AccountPrefix}{subject.Text("namespace")}:{subject.Text("name")}",
            "Group" => request.User.Groups.Contains(subject.Text("name")),
            _ => request.User.Name == subject.Text("name"),
        });

    private static bool Grants(JsonObject rule, AccessRequest request) =>
        Has(rule, "verbs", request.Verb) && Has(rule, "apiGroups", request.Group)
        && Has(rule, "resources", request.Resource)
        && (rule.Items("resourceNames") is null or { Count: 0 } || Has(rule, "resourceNames", request.Name));

    private static bool Has(JsonObject rule, string field, string value) =>
        (rule.Items(field) ?? []).Any(item => item?.ToString() is "*" || item?.ToString() == value);

    private IEnumerable<JsonObject> RulesOf(JsonObject binding)
    {
        var reference = binding.Member("roleRef");
        var isCluster = reference.Text("kind") is "ClusterRole";
        var key = Stored.KeyOf(
            isCluster ? "" : binding.Member("metadata").Text("namespace"), reference.Text("name"));
        var role = store.Find(Kind(isCluster ? "clusterroles" : "roles"), key)?.ToJson("");
        return (role.Items("rules") ?? []).OfType<JsonObject>();
    }

    private IEnumerable<JsonObject> Objects(string plural) =>
        store.Rows(Kind(plural)).Rows.Values.Select(stored => stored.ToJson(""));

    private Kind Kind(string plural) => catalog.Current.Find(Group, plural)
        ?? throw new InvalidOperationException($"The sandbox does not describe {plural}.");
}
