using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Graphs;
using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary><c>compile</c>: the resources that the specs ask for. No cloud is called.</summary>
public sealed class CompileCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(CompileArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(timeout: null, async cancellationToken =>
        {
            if (await SpecLoader.LoadOrReportAsync(host, arguments.Specs, tolerant: true, cancellationToken)
                is not var (inputs, diagnostics, sources))
            {
                return ExitCode.Error;
            }

            await using var workspace = Workspace.Offline(host, arguments.Specs);
            var projected = workspace.Session.Project(inputs.Model, inputs.Configs);
            var all = diagnostics.Concat(projected.Diagnostics).ToList();
            host.Report(all, sources);
            if (projected.Value is null)
            {
                return ExitCode.Error;
            }

            GraphViews.For(host).Show(
                [.. projected.Value.Scopes.Select(scope => Filtered(scope, arguments.Specs.Filter))]);
            return all.Exists(diagnostic => diagnostic.Severity is Severity.Error) ? ExitCode.Error : ExitCode.Done;
        });
    }

    private static ProjectedScope Filtered(ProjectedScope scope, PlanFilter filter) => filter.IsEverything
        ? scope
        : scope with
        {
            Graph = new([.. scope.Graph.Nodes.Where(node =>
                (filter.Include.Count is 0 || filter.Include.Any(term => term.Matches(node.Address, node)))
                && !filter.Exclude.Any(term => term.Matches(node.Address, node)))]),
        };
}
