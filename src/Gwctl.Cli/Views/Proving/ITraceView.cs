using System.Diagnostics;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Commands.Proving;
using Gwctl.Cli.Hosting;
using Gwctl.Verification.Router;

namespace Gwctl.Cli.Views.Proving;

/// <summary>Shows what <c>trace</c> found.</summary>
public interface ITraceView
{
    /// <param name="all">How every rule fared; else the nearest alone.</param>
    void Show(Request request, IReadOnlyList<GatewayTrace> traces, bool all);
}

/// <summary>Chooses a view.</summary>
public static class TraceViews
{
    public static ITraceView For(CommandHost host) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextTraceView(host.Result),
        OutputFormat.Json => new JsonTraceView(host.Context.Output),
        _ => throw new UnreachableException(),
    };
}
