using System.Text.Json;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Statuses;

/// <summary>One object with its status.</summary>
/// <param name="Write">Writes the members of the document.</param>
internal sealed record StatusDocument(ObjectId Id, Action<Utf8JsonWriter> Write);

/// <summary>The Gateway API's own status documents, v1: of classes, Gateways, ListenerSets, routes and
/// policies, each sorted by name.</summary>
internal sealed class StatusDocuments(DateTimeOffset now)
{
    /// <summary>Of all kinds here.</summary>
    private const string Version = "v1";

    public List<StatusDocument> Of(SpecTopology topology, StatusReport report)
    {
        var specs = topology.Classes.Select(item => (SpecObject)item.Spec)
            .Concat(topology.Gateways.Select(item => item.Spec))
            .Concat(topology.Gateways.SelectMany(item => item.ListenerSets).Select(item => item.Spec))
            .Concat(topology.Routes.Select(item => item.Spec))
            .Concat(topology.BackendTlsPolicies.Select(item => item.Spec))
            .ToDictionary(spec => (spec.Id.Kind, spec.Name));
        return
        [
            .. report.Classes.Select(status =>
                Make(specs[("GatewayClass", status.Name)], (json, age) => Write(json, age, status))),
            .. report.Gateways.Select(status =>
                Make(specs[("Gateway", status.Name)], (json, age) => Write(json, age, status))),
            .. report.ListenerSets.Select(status =>
                Make(specs[("ListenerSet", status.Name)], (json, age) => Write(json, age, status))),
            .. report.Routes.Select(status =>
                Make(specs[(status.Kind.ObjectKind(), status.Name)], (json, age) => Write(json, age, status))),
            .. report.BackendTlsPolicies.Select(status =>
                Make(specs[("BackendTLSPolicy", status.Name)], (json, age) => Write(json, age, status))),
        ];
    }

    private static StatusDocument Make(SpecObject spec, Action<Utf8JsonWriter, long> status) => new(spec.Id, json =>
    {
        json.WriteString("apiVersion", $"{spec.Id.Group}/{Version}");
        json.WriteString("kind", spec.Id.Kind);
        json.WriteStartObject("metadata");
        json.WriteString("name", spec.Name.Name);
        if (spec.Name.Namespace is not "")
        {
            json.WriteString("namespace", spec.Name.Namespace);
        }

        json.WriteEndObject();
        json.WriteStartObject("status");
        status(json, spec.Meta.Generation);
        json.WriteEndObject();
    });

    private void Write(Utf8JsonWriter json, long generation, ClassStatus status)
    {
        WriteConditions(json, generation, status.Conditions);
        json.WriteStartArray("supportedFeatures");
        foreach (var feature in status.SupportedFeatures)
        {
            json.WriteStartObject();
            json.WriteString("name", feature);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, long generation, GatewayStatus status)
    {
        WriteAddresses(json, status.Addresses);
        json.WriteNumber("attachedListenerSets", status.AttachedListenerSets);
        WriteConditions(json, generation, status.Conditions);
        WriteListeners(json, generation, status.Listeners);
    }

    private static void WriteAddresses(Utf8JsonWriter json, EquatableList<string> addresses)
    {
        if (addresses.Count is 0)
        {
            return;
        }

        json.WriteStartArray("addresses");
        foreach (var address in addresses)
        {
            json.WriteStartObject();
            json.WriteString("type", System.Net.IPAddress.TryParse(address, out _) ? "IPAddress" : "Hostname");
            json.WriteString("value", address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, long generation, ListenerSetStatus status)
    {
        WriteConditions(json, generation, status.Conditions);
        WriteListeners(json, generation, status.Listeners);
    }

    private void Write(Utf8JsonWriter json, long generation, RouteStatus status)
    {
        json.WriteStartArray("parents");
        foreach (var parent in status.Parents)
        {
            json.WriteStartObject();
            WriteReference(json, "parentRef", parent.Ref);
            json.WriteString("controllerName", parent.ControllerName);
            WriteConditions(json, generation, parent.Conditions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, long generation, PolicyStatus status)
    {
        json.WriteStartArray("ancestors");
        foreach (var ancestor in status.Ancestors)
        {
            json.WriteStartObject();
            json.WriteStartObject("ancestorRef");
            json.WriteString("group", ApiGroups.Gateway);
            json.WriteString("kind", "Gateway");
            json.WriteString("namespace", ancestor.Gateway.Namespace);
            json.WriteString("name", ancestor.Gateway.Name);
            json.WriteEndObject();
            json.WriteString("controllerName", ancestor.ControllerName);
            WriteConditions(json, generation, ancestor.Conditions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteListeners(Utf8JsonWriter json, long generation, EquatableList<ListenerStatus> listeners)
    {
        json.WriteStartArray("listeners");
        foreach (var listener in listeners)
        {
            json.WriteStartObject();
            json.WriteString("name", listener.Name);
            json.WriteStartArray("supportedKinds");
            foreach (var kind in listener.SupportedKinds)
            {
                json.WriteStartObject();
                json.WriteString("group", kind.Group);
                json.WriteString("kind", kind.Kind);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("attachedRoutes", listener.AttachedRoutes);
            WriteConditions(json, generation, listener.Conditions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>As the route wrote it: a parent's status is found by its reference.</summary>
    private static void WriteReference(Utf8JsonWriter json, string name, ParentRefSpec reference)
    {
        json.WriteStartObject(name);
        json.WriteString("group", reference.Target.Group);
        json.WriteString("kind", reference.Target.Kind);
        if (reference.Target.Namespace is { } named)
        {
            json.WriteString("namespace", named);
        }

        json.WriteString("name", reference.Target.Name);
        if (reference.SectionName is { } section)
        {
            json.WriteString("sectionName", section.Value);
        }

        if (reference.Port is { } port)
        {
            json.WriteNumber("port", port.Value);
        }

        json.WriteEndObject();
    }

    private void WriteConditions(Utf8JsonWriter json, long generation, EquatableList<Condition> conditions)
    {
        json.WriteStartArray("conditions");
        foreach (var condition in conditions)
        {
            json.WriteStartObject();
            json.WriteString("type", condition.Type);
            json.WriteString("status", condition.Status switch { true => "True", false => "False", null => "Unknown" });
            json.WriteNumber("observedGeneration", generation);
            json.WriteString("lastTransitionTime", $"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
            json.WriteString("reason", condition.Reason);
            json.WriteString("message", condition.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
