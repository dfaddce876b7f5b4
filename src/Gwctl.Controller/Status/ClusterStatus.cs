using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Status;

/// <summary>The status that a cluster's objects have.</summary>
/// <param name="Topology">Who belongs to whom, by the specs.</param>
/// <param name="Report">What the objects' status says of it.</param>
public sealed record ClusterStatus(SpecTopology Topology, StatusReport Report)
{
    /// <summary>Reads everything once; Secrets and ConfigMaps are not asked for.</summary>
    /// <exception cref="KubeException">The cluster could not be read.</exception>
    public static async Task<ClusterStatus> ReadAsync(KubeClient client, CancellationToken cancellationToken)
    {
        var objects = new Dictionary<ObjectId, ClusterObject>();
        foreach (var group in WatchedKinds.All.GroupBy(kind => kind.Group, StringComparer.Ordinal))
        {
            var versions = group.SelectMany(kind => kind.Versions).Distinct(StringComparer.Ordinal).ToList();
            var served = await new KubeDiscovery(client).FindAsync(group.Key, versions, cancellationToken);
            foreach (var kind in group.Where(kind => served.ContainsKey(kind.Kind)))
            {
                await foreach (var page in client.ListAsync(served[kind.Kind], KubeQuery.All, cancellationToken))
                {
                    foreach (var item in page.Objects)
                    {
                        var decoded = ObjectDecoder.Decode(served[kind.Kind], item, kind.HasStatus);
                        objects[decoded.Id] = decoded;
                    }
                }
            }
        }

        var specs = SpecSets.Of([.. objects.Values.Select(item => item.Spec).OfType<SpecObject>()]);
        var topology = TopologyResolver.Resolve(specs, new TopologyOptions()).Value;
        Invariant.Holds(topology is not null);
        return new ClusterStatus(topology, new WrittenReport(objects).Of(topology));
    }
}

/// <summary>Makes a report of what is written instead of what should be.</summary>
internal sealed class WrittenReport(IReadOnlyDictionary<ObjectId, ClusterObject> objects)
{
    public StatusReport Of(SpecTopology topology)
    {
        var told = StatusReport.Build(topology, []);
        return new StatusReport(
            [.. told.Classes.Select(status => Written(status))],
            [.. told.Gateways.Select(status => Written(status))],
            [.. told.Routes.Select(status => Written(status))])
        {
            ListenerSets = [.. told.ListenerSets.Select(status => Written(status))],
            BackendTlsPolicies = [.. told.BackendTlsPolicies.Select(status => Written(status))],
        };
    }

    private ClassStatus Written(ClassStatus told)
    {
        var (item, status) = Find("GatewayClass", told.Name);
        return told with
        {
            Conditions = ConditionsOf(status, item.Generation),
            SupportedFeatures =
            [
                .. WrittenStatus.Entries(status, "supportedFeatures").Select(entry => Json.Text(entry, "name")),
            ],
        };
    }

    private GatewayStatus Written(GatewayStatus told)
    {
        var (item, status) = Find(ObjectEdges.Gateway, told.Name);
        return told with
        {
            Conditions = ConditionsOf(status, item.Generation),
            Listeners = Listeners(told.Listeners, status, item.Generation),
            Addresses = [.. WrittenStatus.Entries(status, "addresses").Select(entry => Json.Text(entry, "value"))],
        };
    }

    private ListenerSetStatus Written(ListenerSetStatus told)
    {
        var (item, status) = Find("ListenerSet", told.Name);
        return told with
        {
            Conditions = ConditionsOf(status, item.Generation),
            Listeners = Listeners(told.Listeners, status, item.Generation),
        };
    }

    private RouteStatus Written(RouteStatus told)
    {
        var (item, status) = Find(told.Kind.ObjectKind(), told.Name);
        var entries = WrittenStatus.Entries(status, "parents").ToList();
        return told with
        {
            Parents = [.. told.Parents.Select(parent => parent with
            {
                Conditions = ConditionsOf(entries.Find(entry => IsOf(entry, parent, item)) ?? [], item.Generation),
            })],
        };
    }

    private PolicyStatus Written(PolicyStatus told)
    {
        var (item, status) = Find("BackendTLSPolicy", told.Name);
        var entries = WrittenStatus.Entries(status, "ancestors").ToList();
        return told with
        {
            Ancestors = [.. told.Ancestors.Select(ancestor => ancestor with
            {
                Conditions = ConditionsOf(
                    entries.Find(entry => Json.Text(entry, "controllerName") == ancestor.ControllerName
                        && Json.Text(Json.Section(entry, "ancestorRef"), "name") == ancestor.Gateway.Name) ?? [],
                    item.Generation),
            })],
        };
    }

    private static bool IsOf(JsonObject entry, RouteParent parent, ClusterObject route)
    {
        var reference = Json.Section(entry, "parentRef");
        var target = WrittenStatus.Target(reference, route.Id.Name.Namespace);
        return Json.Text(entry, "controllerName") == parent.ControllerName
            && target.Kind == parent.Ref.Target.Kind
            && target.Name == new ObjectName(
                parent.Ref.Target.Namespace ?? route.Id.Name.Namespace, parent.Ref.Target.Name)
            && Json.Text(reference, "sectionName") == (parent.Ref.SectionName?.Value ?? "");
    }

    private static EquatableList<ListenerStatus> Listeners(
        EquatableList<ListenerStatus> told, JsonObject status, long generation)
    {
        var entries = WrittenStatus.Entries(status, "listeners").ToLookup(entry => Json.Text(entry, "name"));
        return
        [
            .. told.Select(listener => listener with
            {
                Conditions = ConditionsOf(entries[listener.Name].FirstOrDefault() ?? [], generation),
            }),
        ];
    }

    private static EquatableList<Condition> ConditionsOf(JsonObject holder, long generation)
    {
        var found = WrittenStatus.Entries(holder, "conditions")
            .Select(entry => ConditionOf(entry, generation)).ToList();
        return found.Count > 0
            ? [.. found]
            : [new Condition(ConditionTypes.Accepted, null, "NoStatus", "No controller has said anything.")];
    }

    /// <summary>What was said of an older generation is not known of this one.</summary>
    private static Condition ConditionOf(JsonObject entry, long generation)
    {
        var seen = entry["observedGeneration"] is JsonValue value && value.TryGetValue<long>(out var number)
            ? number
            : generation;
        bool? status = Json.Text(entry, "status") switch
        {
            "True" => true,
            "False" => false,
            _ => null,
        };
        return seen < generation
            ? new Condition(Json.Text(entry, "type"), null, "OldGeneration", $"Said of generation {seen}.")
            : new Condition(
                Json.Text(entry, "type"), status, Json.Text(entry, "reason"), Json.Text(entry, "message"));
    }

    private (ClusterObject Item, JsonObject Status) Find(string kind, ObjectName name)
    {
        var item = objects[new ObjectId(ApiGroups.Gateway, kind, name)];
        return (item, WrittenStatus.Parse(item.Status));
    }
}
