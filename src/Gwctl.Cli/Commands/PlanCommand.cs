using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Plans;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary><c>plan</c>: what apply would do. Changes nothing.</summary>
public sealed class PlanCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(PlanArguments arguments)
    {
        var host = new CommandHost(context, arguments.Output.Talk);
        return host.RunAsync(arguments.Planning.Timeout, async cancellationToken =>
        {
            if (arguments.Specs.FileNames.Count is 0)
            {
                return host.Fail(CliDiagnostics.NoSpecs());
            }

            var (inputs, diagnostics, sources) =
                await SpecLoader.LoadAsync(arguments.Specs, host.Context, cancellationToken);
            var view = PlanViews.For(host, arguments.Output.CharactersMax, sources);
            if (inputs is null || (inputs.HasErrors && !arguments.Planning.AllowPartial))
            {
                host.Report(diagnostics, sources);
                view.ShowFailure(diagnostics);
                return ExitCode.Error;
            }

            await using var workspace =
                await Workspace.OpenAsync(host, arguments.Specs, inputs.Configs, cancellationToken);
            if (workspace is null)
            {
                return ExitCode.Error;
            }

            var purpose = arguments.Destroy ? PlanPurpose.Destroy : PlanPurpose.Apply;
            var request = PlanRequests.For(purpose, inputs, arguments.Specs, arguments.Planning);
            var planned = await workspace.WithHeartbeatAsync(
                "planning", () => workspace.Session.PlanAsync(request, cancellationToken));
            if (PlanRequests.Accepted(planned, arguments.Planning.AllowPartial) is not { } plan)
            {
                host.Report(planned.Diagnostics, sources);
                view.ShowFailure(planned.Diagnostics);
                return ExitCode.Error;
            }

            return Conclude(host, view, plan, arguments);
        });
    }

    private static ExitCode Conclude(CommandHost host, IPlanView view, Plan plan, PlanArguments arguments)
    {
        view.Show(plan);
        if (arguments.Out is { } path && PlanStore.Save(host, path, plan) is { } failure)
        {
            return host.Fail(failure);
        }

        if (arguments.Output.GitHubOutput && PlanStore.AppendGitHubOutput(host, plan) is { } notWritten)
        {
            return host.Fail(notWritten);
        }

        if (arguments.Out is not null && host.Chatty && plan.HasChanges && plan.Blocks.Count is 0)
        {
            var again = string.Concat(arguments.Specs.FileNames.Select(name => $" -f {name}"));
            host.Progress.Line($"Saved. To do exactly this: gwctl apply {arguments.Out}{again}").Flush();
        }

        if (plan.Blocks.Count > 0)
        {
            return ExitCode.Blocked;
        }

        return arguments.DetailedExitCode && plan.HasChanges ? ExitCode.ChangesPresent : ExitCode.Done;
    }
}
