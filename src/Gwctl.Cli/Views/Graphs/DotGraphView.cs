using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>For Graphviz: a box for each resource, an arrow to each resource that it refers to.</summary>
public sealed class DotGraphView(TextWriter writer) : IGraphView
{
    public void Show(IReadOnlyList<ProjectedScope> graphs)
    {
        writer.Write("digraph gwctl {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        var nodes = graphs.SelectMany(graph => graph.Graph.Nodes).ToList();
        var cluster = 0;
        foreach (var group in nodes.GroupBy(node => (node.Address.Scope, node.Address.Gateway)))
        {
            writer.Write($"  subgraph cluster_{cluster++} {{\n");
            writer.Write($"    label={Quote($"{group.Key.Scope}/{group.Key.Gateway}")};\n");
            foreach (var node in group)
            {
                writer.Write($"    {Quote(node.Address.ToString())} [label={Quote(Label(node.Address))}];\n");
            }

            writer.Write("  }\n");
        }

        foreach (var node in nodes)
        {
            foreach (var target in GraphEdges.Of(node))
            {
                writer.Write($"  {Quote(node.Address.ToString())} -> {Quote(target.ToString())};\n");
            }
        }

        writer.Write("}\n");
        writer.Flush();
    }

    private static string Label(ResourceAddress address) =>
        address.Key is "" ? address.Kind.Replace('-', ' ') : $"{address.Kind.Replace('-', ' ')}\n{address.Key}";

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
