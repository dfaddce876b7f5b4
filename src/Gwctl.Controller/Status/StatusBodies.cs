using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Status;

/// <summary>Makes a status out of what is there and what is to be said. What is nobody's of ours stays.</summary>
internal static class StatusBodies
{
    public static JsonObject Class(JsonObject before, ClassStatus status, WriterMoment moment)
    {
        var after = Copy(before);
        after["conditions"] = Conditions(before, status.Conditions, moment);
        after["supportedFeatures"] = new JsonArray(
            [.. status.SupportedFeatures.Select(feature => new JsonObject { ["name"] = feature })]);
        return after;
    }

    /// <param name="addresses">Null leaves those that are there.</param>
    public static JsonObject Gateway(
        JsonObject before, GatewayStatus status, EquatableList<string>? addresses, WriterMoment moment)
    {
        var after = Copy(before);
        after["conditions"] = Conditions(before, status.Conditions, moment);
        after["listeners"] = Listeners(before, status.Listeners, moment);
        if (addresses is not null)
        {
            after["addresses"] = new JsonArray([.. addresses.Select(Address)]);
        }

        if (status.AttachedListenerSets > 0 || before["attachedListenerSets"] is not null)
        {
            after["attachedListenerSets"] = status.AttachedListenerSets;
        }

        return after;
    }

    /// <summary>Conditions alone: the rest is of what was read last.</summary>
    public static JsonObject Refused(JsonObject before, EquatableList<Condition> conditions, WriterMoment moment)
    {
        var after = Copy(before);
        after["conditions"] = Conditions(before, conditions, moment);
        return after;
    }

    public static JsonObject ListenerSet(JsonObject before, ListenerSetStatus status, WriterMoment moment)
    {
        var after = Copy(before);
        after["conditions"] = Conditions(before, status.Conditions, moment);
        after["listeners"] = Listeners(before, status.Listeners, moment);
        return after;
    }

    /// <param name="isOurs">Entries of our controllers that this writer answers for.</param>
    public static JsonObject Route(
        JsonObject before, IReadOnlyList<RouteParent> parents, Func<JsonObject, bool> isOurs, WriterMoment moment)
    {
        var wanted = parents
            .Select(parent => new Entry(Reference(parent.Ref), parent.ControllerName, parent.Conditions))
            .ToList();
        return WithEntries(before, "parents", "parentRef", wanted, isOurs, moment);
    }

    /// <param name="isOurs">As of routes.</param>
    public static JsonObject Policy(
        JsonObject before, IReadOnlyList<PolicyAncestor> ancestors, Func<JsonObject, bool> isOurs, WriterMoment moment)
    {
        var wanted = ancestors.Select(ancestor => new Entry(
            new JsonObject
            {
                ["group"] = ApiGroups.Gateway,
                ["kind"] = ObjectEdges.Gateway,
                ["namespace"] = ancestor.Gateway.Namespace,
                ["name"] = ancestor.Gateway.Name,
            },
            ancestor.ControllerName,
            ancestor.Conditions)).ToList();
        return WithEntries(before, "ancestors", "ancestorRef", wanted, isOurs, moment);
    }

    private sealed record Entry(JsonObject Reference, string Controller, EquatableList<Condition> Conditions);

    // An entry keeps its place: two writers that each moved theirs to the end would write forever.
    private static JsonObject WithEntries(
        JsonObject before,
        string list,
        string reference,
        List<Entry> wanted,
        Func<JsonObject, bool> isOurs,
        WriterMoment moment)
    {
        var entries = new JsonArray();
        foreach (var old in WrittenStatus.Entries(before, list))
        {
            var match = wanted.Find(entry => entry.Controller == Json.Text(old, "controllerName")
                && JsonNode.DeepEquals(entry.Reference, old[reference]));
            if (match is not null)
            {
                wanted.Remove(match);
                entries.Add(Body(reference, match, old, moment));
            }
            else if (!isOurs(old))
            {
                entries.Add(old.DeepClone());
            }
        }

        foreach (var entry in wanted)
        {
            entries.Add(Body(reference, entry, null, moment));
        }

        var after = Copy(before);
        after[list] = entries;
        return after;
    }

    private static JsonObject Body(string reference, Entry entry, JsonObject? old, WriterMoment moment) => new()
    {
        [reference] = entry.Reference.DeepClone(),
        ["controllerName"] = entry.Controller,
        ["conditions"] = ConditionList.Merge(old?["conditions"] as JsonArray, entry.Conditions, moment),
    };

    private static JsonArray Listeners(
        JsonObject before, EquatableList<ListenerStatus> listeners, WriterMoment moment)
    {
        var old = WrittenStatus.Entries(before, "listeners").ToLookup(item => Json.Text(item, "name"));
        return
        [
            .. listeners.Select(listener => new JsonObject
            {
                ["name"] = listener.Name,
                ["supportedKinds"] = new JsonArray([.. listener.SupportedKinds.Select(kind =>
                    new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind })]),
                ["attachedRoutes"] = listener.AttachedRoutes,
                ["conditions"] = Conditions(old[listener.Name].FirstOrDefault() ?? [], listener.Conditions, moment),
            }),
        ];
    }

    private static JsonArray Conditions(JsonObject before, EquatableList<Condition> wanted, WriterMoment moment) =>
        ConditionList.Merge(before["conditions"] as JsonArray, wanted, moment);

    private static JsonObject Address(string text) => new()
    {
        ["type"] = System.Net.IPAddress.TryParse(text, out _) ? "IPAddress" : "Hostname",
        ["value"] = text,
    };

    /// <summary>As the route wrote it: a parent's status is found by its reference.</summary>
    private static JsonObject Reference(ParentRefSpec reference)
    {
        var body = new JsonObject { ["group"] = reference.Target.Group, ["kind"] = reference.Target.Kind };
        if (reference.Target.Namespace is { } space)
        {
            body["namespace"] = space;
        }

        body["name"] = reference.Target.Name;
        if (reference.SectionName is { } section)
        {
            body["sectionName"] = section.Value;
        }

        if (reference.Port is { } port)
        {
            body["port"] = port.Value;
        }

        return body;
    }

    private static JsonObject Copy(JsonObject before) => (JsonObject)before.DeepClone();
}
