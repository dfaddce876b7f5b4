using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>Shows desired resources.</summary>
public interface IGraphView
{
    /// <param name="graphs">Sorted by scope.</param>
    void Show(IReadOnlyList<ProjectedScope> graphs);
}

/// <summary>References between resources, as every drawing needs them.</summary>
public static class GraphEdges
{
    /// <summary>The resources that a node's attributes refer to, sorted, each once.</summary>
    public static IReadOnlyList<ResourceAddress> Of(ResourceNode node) =>
        [.. AttributeWalk.References(node.Attributes).Select(reference => reference.Source).Distinct().Order()];
}
