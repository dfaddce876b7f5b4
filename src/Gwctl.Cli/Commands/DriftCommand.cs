using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Drifts;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary><c>drift</c>: how the cloud differs from the specs. Changes nothing and saves nothing.</summary>
public sealed class DriftCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(DriftArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(arguments.Planning.Timeout, async cancellationToken =>
        {
            if (await SpecLoader.LoadOrReportAsync(
                    host, arguments.Specs, arguments.Planning.AllowPartial, cancellationToken)
                is not var (inputs, _, sources))
            {
                return ExitCode.Error;
            }

            await using var workspace =
                await Workspace.OpenAsync(host, arguments.Specs, inputs.Configs, cancellationToken);
            if (workspace is null)
            {
                return ExitCode.Error;
            }

            var request = PlanRequests.For(PlanPurpose.Apply, inputs, arguments.Specs, arguments.Planning);
            var compared = await workspace.WithHeartbeatAsync(
                "comparing", () => workspace.Session.DriftAsync(request, cancellationToken));
            if (PlanRequests.Accepted(compared, arguments.Planning.AllowPartial) is not { } drift)
            {
                host.Report(compared.Diagnostics, sources);
                return ExitCode.Error;
            }

            DriftViews.For(host, sources).Show(drift);
            return drift.Changes.Count > 0 ? ExitCode.DriftFound : ExitCode.Done;
        });
    }
}
