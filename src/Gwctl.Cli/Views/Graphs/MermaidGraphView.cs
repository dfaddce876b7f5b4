using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>For Mermaid, which Markdown on GitHub and GitLab draws.</summary>
public sealed class MermaidGraphView(TextWriter writer) : IGraphView
{
    public void Show(IReadOnlyList<ProjectedScope> graphs)
    {
        writer.Write("flowchart LR\n");
        var nodes = graphs.SelectMany(graph => graph.Graph.Nodes).ToList();
        var names = new Dictionary<ResourceAddress, string>();
        var group = 0;
        foreach (var gateway in nodes.GroupBy(node => (node.Address.Scope, node.Address.Gateway)))
        {
            writer.Write($"  subgraph g{group++} [{Quote($"{gateway.Key.Scope}/{gateway.Key.Gateway}")}]\n");
            foreach (var node in gateway)
            {
                var name = $"n{names.Count}";
                names.Add(node.Address, name);
                writer.Write($"    {name}[{Quote(Label(node.Address))}]\n");
            }

            writer.Write("  end\n");
        }

        foreach (var node in nodes)
        {
            foreach (var target in GraphEdges.Of(node).Where(names.ContainsKey))
            {
                writer.Write($"  {names[node.Address]} --> {names[target]}\n");
            }
        }

        writer.Flush();
    }

    private static string Label(ResourceAddress address) =>
        address.Key is "" ? address.Kind.Replace('-', ' ') : $"{address.Kind.Replace('-', ' ')}\n{address.Key}";

    // Mermaid knows entities, written with # instead of &; the line break of a label is the only markup.
    private static string Quote(string text) =>
        $"\"{text.Replace("#", "#35;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace("\n", "<br>")}\"";
}
