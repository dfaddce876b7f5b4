using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary><c>adopt ADDRESS --id ID</c>: marks an object that stands where one of ours should be as ours. How it
/// differs from the specs is the next plan's matter.</summary>
public sealed class AdoptCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(AdoptArguments arguments)
    {
        var apply = arguments.Apply;
        var host = new CommandHost(context, apply.Talk, events: true);
        return host.RunAsync(apply.Planning.Timeout, async cancellationToken =>
        {
            if (await SpecLoader.LoadOrReportAsync(
                    host, apply.Specs, apply.Planning.AllowPartial, cancellationToken)
                is not var (inputs, _, sources))
            {
                return ExitCode.Error;
            }

            await using var workspace =
                await Workspace.OpenAsync(host, apply.Specs, inputs.Configs, cancellationToken);
            if (workspace is null)
            {
                return ExitCode.Error;
            }

            var request = PlanRequests.For(PlanPurpose.Adopt, inputs, apply.Specs, apply.Planning) with
            {
                Adopt = [arguments.Address],
            };
            var planned = await workspace.Session.PlanAsync(request, cancellationToken);
            if (PlanRequests.Accepted(planned, apply.Planning.AllowPartial) is not { } plan)
            {
                host.Report(planned.Diagnostics, sources);
                return ExitCode.Error;
            }

            var other = plan.Changes.OfType<Change.Adopt>().FirstOrDefault(adopt => adopt.Before.Id != arguments.Id);
            return other is null
                ? await new PlanExecution(host, workspace, apply).ShowAskAndDoAsync(plan, inputs, cancellationToken)
                : host.Fail(CliDiagnostics.AdoptsOther(arguments.Address, other.Before.Id, arguments.Id));
        });
    }
}
