using Gwctl.Compiler.Topology;

namespace Gwctl.Cli.Views.Statuses;

/// <summary>One List, as kubectl writes and reads it.</summary>
public sealed class JsonStatusView(TextWriter writer, TimeProvider clock) : IStatusView
{
    public void Show(SpecTopology topology, StatusReport report) => JsonText.WriteForeign(writer, json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "List");
        json.WriteStartArray("items");
        foreach (var document in new StatusDocuments(clock.GetUtcNow()).Of(topology, report))
        {
            json.WriteStartObject();
            document.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}

/// <summary>A document for each object.</summary>
public sealed class YamlStatusView(TextWriter writer, TimeProvider clock) : IStatusView
{
    public void Show(SpecTopology topology, StatusReport report)
    {
        var separator = "";
        foreach (var document in new StatusDocuments(clock.GetUtcNow()).Of(topology, report))
        {
            writer.Write(separator);
            YamlText.WriteDocument(writer, document.Write);
            separator = "---\n";
        }
    }
}
