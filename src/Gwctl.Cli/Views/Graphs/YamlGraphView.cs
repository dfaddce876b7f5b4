using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>The JSON view's document, written as YAML.</summary>
public sealed class YamlGraphView(TextWriter writer) : IGraphView
{
    public void Show(IReadOnlyList<ProjectedScope> graphs) => YamlText.WriteDocument(writer, json =>
    {
        json.WriteNumber("formatVersion", JsonText.FormatVersion);
        JsonGraphView.Write(json, graphs);
    });
}
