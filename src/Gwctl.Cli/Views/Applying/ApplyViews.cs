using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Views.Applying;

/// <summary>Chooses a view.</summary>
public static class ApplyViews
{
    public static IApplyView For(CommandHost host)
    {
        if (host.Talk.Format is OutputFormat.Json)
        {
            return new JsonApplyView(host.Events);
        }

        var context = host.Context;
        return context.ErrorTerminal.Interactive
            ? new LiveApplyView(host.Result, context.Error, context.ErrorTerminal, context.Clock)
            : new PlainApplyView(host.Result, host.Progress);
    }
}
