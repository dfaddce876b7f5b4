using Gwctl.Cli.Views.Plans;
using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>Resources with their attributes, for reading.</summary>
public sealed class TextGraphView(StyledWriter writer) : IGraphView
{
    private const int Step = 2;

    public void Show(IReadOnlyList<ProjectedScope> graphs)
    {
        foreach (var node in graphs.SelectMany(graph => graph.Graph.Nodes))
        {
            writer.Line(node.Address.ToString(), Tone.Strong);
            WriteNote("for", string.Join(", ", node.OriginObjects));
            WriteNote("serves", string.Join(", ", node.Hostnames));
            WriteFields(node.Attributes, Step);
            writer.Line();
        }

        var count = graphs.Sum(graph => graph.Graph.Nodes.Count);
        writer.Line(count is 0 ? "The specs ask for no resources." : $"{Quantity.Of(count, "resource")}.");
        writer.Flush();
    }

    private void WriteNote(string label, string text)
    {
        if (text is not "")
        {
            writer.Line($"  # {label} {text}", Tone.Dim);
        }
    }

    private void WriteFields(AttributeMap map, int indent)
    {
        var width = map.Fields.Select(field => field.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var field in map.Fields)
        {
            writer.Write($"{new string(' ', indent)}{field.Name.PadRight(width)} = ");
            WriteValue(field.Value, indent, "");
        }
    }

    private void WriteValue(AttributeValue value, int indent, string end)
    {
        var inner = new string(' ', indent + Step);
        switch (value)
        {
            case AttributeValue.List { Items.Count: > 0 } list:
                writer.Line("[");
                foreach (var item in list.Items)
                {
                    writer.Write(inner);
                    WriteValue(item, indent + Step, ",");
                }

                writer.Line(new string(' ', indent) + "]" + end);
                break;
            case AttributeValue.Map { Fields.Fields.Count: > 0 } map:
                writer.Line("{");
                WriteFields(map.Fields, indent + Step);
                writer.Line(new string(' ', indent) + "}" + end);
                break;
            default:
                writer.Line(ValueText.Plain.Inline(value) + end);
                break;
        }
    }
}
