using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Plans;

namespace Gwctl.Cli.Commands;

/// <summary><c>show PLANFILE</c>: a saved plan as <c>plan</c> showed it.</summary>
public sealed class ShowCommand(CliContext context)
{
    public ExitCode Execute(ShowArguments arguments)
    {
        var host = new CommandHost(context, arguments.Output.Talk);
        var loaded = PlanStore.Load(host, arguments.PlanFile);
        host.Report(loaded.Diagnostics);
        if (!loaded.Succeeded)
        {
            return ExitCode.Error;
        }

        PlanViews.For(host, arguments.Output.CharactersMax, SourceTexts.None).Show(loaded.Value);
        return arguments.Output.GitHubOutput && PlanStore.AppendGitHubOutput(host, loaded.Value) is { } failure
            ? host.Fail(failure)
            : ExitCode.Done;
    }
}
