using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Watching;

/// <summary>Reads what status has been written.</summary>
internal static class WrittenStatus
{
    public static JsonObject Parse(string status) =>
        status is "" ? [] : JsonNode.Parse(status) as JsonObject ?? [];

    /// <summary>Gateways and ListenerSets that entries of our controllers name: parents of a route, ancestors of a
    /// policy.</summary>
    public static IEnumerable<ObjectId> GatewaysIn(ClusterObject item, EquatableList<string> controllers)
    {
        var isRoute = item.Id.Kind.EndsWith("Route", StringComparison.Ordinal);
        if (item.Status is "" || !(isRoute || item.Id.Kind is "BackendTLSPolicy"))
        {
            return [];
        }

        var ours = new TopologyOptions { ControllerNames = controllers };
        var (list, reference) = isRoute ? ("parents", "parentRef") : ("ancestors", "ancestorRef");
        return Entries(Parse(item.Status), list)
            .Where(entry => ours.IsOurs(Json.Text(entry, "controllerName")))
            .Select(entry => Target(Json.Section(entry, reference), item.Id.Name.Namespace));
    }

    public static IEnumerable<JsonObject> Entries(JsonObject status, string list) =>
        status[list] is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>What a reference of a status names, with the API's defaults.</summary>
    public static ObjectId Target(JsonObject? reference, string space) => new(
        Or(Json.Text(reference, "group"), ApiGroups.Gateway),
        Or(Json.Text(reference, "kind"), ObjectEdges.Gateway),
        new ObjectName(Or(Json.Text(reference, "namespace"), space), Json.Text(reference, "name")));

    private static string Or(string text, string other) => text is "" ? other : text;
}
