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
    public static IReadOnlyList<ResourceAddress> Of(ResourceNode node)
    {
        var found = new SortedSet<ResourceAddress>();
        foreach (var field in node.Attributes.Fields)
        {
            Collect(field.Value, found);
        }

        return [.. found];
    }

    private static void Collect(AttributeValue value, SortedSet<ResourceAddress> found)
    {
        switch (value)
        {
            case AttributeValue.Reference reference:
                found.Add(reference.Source);
                break;
            case AttributeValue.List list:
                foreach (var item in list.Items)
                {
                    Collect(item, found);
                }

                break;
            case AttributeValue.Map map:
                foreach (var field in map.Fields.Fields)
                {
                    Collect(field.Value, found);
                }

                break;
        }
    }
}
