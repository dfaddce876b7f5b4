using System.Diagnostics;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>Chooses a view.</summary>
public static class GraphViews
{
    public static IGraphView For(CommandHost host) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextGraphView(host.Result),
        OutputFormat.Json => new JsonGraphView(host.Context.Output),
        OutputFormat.Yaml => new YamlGraphView(host.Context.Output),
        OutputFormat.Dot => new DotGraphView(host.Context.Output),
        OutputFormat.Mermaid => new MermaidGraphView(host.Context.Output),
        _ => throw new UnreachableException(),
    };
}
