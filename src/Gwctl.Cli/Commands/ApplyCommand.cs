using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Plans;
using Gwctl.Compiler.Routing;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary><c>apply</c> and <c>destroy</c> from specs: plans, shows, asks, does.</summary>
public sealed class ApplyCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(ApplyArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk, events: true);
        if (arguments.Talk.Format is OutputFormat.Json)
        {
            host.Events.WriteVersion(VersionCommand.ToolVersion);
        }

        return host.RunAsync(arguments.Planning.Timeout, cancellationToken => arguments.PlanFile is { } path
            ? new SavedPlanRun(host, arguments).ExecuteAsync(path, cancellationToken)
            : FromSpecsAsync(host, arguments, cancellationToken));
    }

    private static async Task<ExitCode> FromSpecsAsync(
        CommandHost host, ApplyArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Specs.FileNames.Count is 0 && !arguments.All)
        {
            return host.Fail(CliDiagnostics.NoSpecs());
        }

        var (inputs, diagnostics, sources) =
            await SpecLoader.LoadAsync(arguments.Specs, host.Context, cancellationToken);
        var tolerant = arguments.Planning.AllowPartial || arguments.Destroy;
        if (inputs is null || (inputs.HasErrors && !tolerant))
        {
            host.Report(diagnostics, sources);
            return ExitCode.Error;
        }

        await using var workspace =
            await Workspace.OpenAsync(host, arguments.Specs, inputs.Configs, cancellationToken);
        if (workspace is null)
        {
            return ExitCode.Error;
        }

        var request = Request(arguments, inputs);
        var planned = await workspace.WithHeartbeatAsync(
            "planning", () => workspace.Session.PlanAsync(request, cancellationToken));
        if (PlanRequests.Accepted(planned, tolerant) is not { } plan)
        {
            host.Report(planned.Diagnostics, sources);
            return ExitCode.Error;
        }

        return await new PlanExecution(host, workspace, arguments).ShowAskAndDoAsync(plan, inputs, cancellationToken);
    }

    private static PlanRequest Request(ApplyArguments arguments, SpecInputs inputs)
    {
        var purpose = arguments.Destroy ? PlanPurpose.Destroy : PlanPurpose.Apply;
        var request = PlanRequests.For(purpose, inputs, arguments.Specs, arguments.Planning);
        return arguments.All ? request with { Model = new RoutingModel([]) } : request;
    }
}

/// <summary>What follows once there is a plan from specs.</summary>
public sealed class PlanExecution(CommandHost host, Workspace workspace, ApplyArguments arguments)
{
    public async Task<ExitCode> ShowAskAndDoAsync(Plan plan, SpecInputs inputs, CancellationToken cancellationToken)
    {
        Show(plan, inputs.Sources);
        if (plan.Blocks.Count > 0)
        {
            if (arguments.Talk.Format is OutputFormat.Json)
            {
                host.Report(plan.Blocks);
            }

            return ExitCode.Blocked;
        }

        if (plan.HasChanges && !arguments.AutoApprove)
        {
            if (Approval.Impossible(host, arguments.Specs) is { } why)
            {
                return host.Fail(why);
            }

            if (!await Approval.AskAsync(host, plan, cancellationToken))
            {
                return host.Fail(CliDiagnostics.NotApproved());
            }
        }

        return await new ApplyRun(host, workspace, arguments.Planning).ExecuteAsync(
            plan, inputs.Reveal, cancellationToken);
    }

    /// <summary>As events the run itself announces the plan; its findings go ahead of it.</summary>
    private void Show(Plan plan, SourceTexts sources)
    {
        if (arguments.Talk.Format is OutputFormat.Json)
        {
            host.Report(plan.Diagnostics, sources);
        }
        else
        {
            new TextPlanView(host.Result, sources).Show(plan);
        }
    }
}
