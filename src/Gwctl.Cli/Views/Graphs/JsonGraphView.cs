using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>One JSON document: scopes, each with its resources.</summary>
public sealed class JsonGraphView(TextWriter writer) : IGraphView
{
    public void Show(IReadOnlyList<ProjectedScope> graphs) =>
        JsonText.WriteDocument(writer, json => Write(json, graphs));

    /// <summary>The document's members, in an open object.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ProjectedScope> graphs)
    {
        json.WriteStartArray("scopes");
        foreach (var graph in graphs)
        {
            json.WriteStartObject();
            WriteScope(json, graph.Scope);
            json.WriteStartArray("resources");
            foreach (var node in graph.Graph.Nodes)
            {
                WriteNode(json, node);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteScope(Utf8JsonWriter json, ProviderScope scope)
    {
        json.WriteString("name", scope.Name);
        json.WriteString("provider", scope.Provider);
        json.WriteString("account", scope.Account);
        json.WriteString("region", scope.Region);
        json.WriteString("owner", scope.Owner);
    }

    private static void WriteNode(Utf8JsonWriter json, ResourceNode node)
    {
        json.WriteStartObject();
        json.WriteString("address", node.Address.ToString());
        json.WriteString("kind", node.Address.Kind);
        json.WriteString("gateway", node.Address.Gateway.ToString());
        json.WriteString("key", node.Address.Key);
        WriteTexts(json, "originObjects", node.OriginObjects);
        WriteTexts(json, "hostnames", node.Hostnames);
        if (!node.Origin.IsNone)
        {
            json.WriteString("origin", node.Origin.ToString());
        }

        if (node.Protected)
        {
            json.WriteBoolean("protected", value: true);
        }

        json.WritePropertyName("attributes");
        AttributeJson.Write(json, node.Attributes);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, EquatableList<string> texts)
    {
        if (texts.Count is 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
