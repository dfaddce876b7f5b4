using System.Diagnostics;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Compiler.Topology;

namespace Gwctl.Cli.Views.Statuses;

/// <summary>Shows the status of every object of ours.</summary>
public interface IStatusView
{
    /// <param name="topology">Who belongs to whom.</param>
    /// <param name="report">What is to be said of it.</param>
    void Show(SpecTopology topology, StatusReport report);
}

/// <summary>Chooses a view.</summary>
public static class StatusViews
{
    /// <param name="showsBackends">In text, also the Services behind each route.</param>
    public static IStatusView For(CommandHost host, bool showsBackends = false) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextStatusView(host.Result, showsBackends),
        OutputFormat.Json => new JsonStatusView(host.Context.Output, host.Context.Clock),
        OutputFormat.Yaml => new YamlStatusView(host.Context.Output, host.Context.Clock),
        _ => throw new UnreachableException(),
    };
}
