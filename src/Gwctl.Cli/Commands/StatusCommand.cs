using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Statuses;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Status;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Cli.Commands;

/// <summary><c>status</c>: the conditions that a controller would write, without one and without a cloud.</summary>
public sealed class StatusCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(CompileArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(timeout: null, async cancellationToken =>
        {
            if (arguments.Cluster.IsGiven)
            {
                return await ShowClusterAsync(host, arguments.Cluster, cancellationToken);
            }

            if (await SpecLoader.LoadOrReportAsync(host, arguments.Specs, tolerant: true, cancellationToken)
                is not var (inputs, diagnostics, sources))
            {
                return ExitCode.Error;
            }

            await using var workspace = Workspace.Offline(host, arguments.Specs);
            var projected = workspace.Session.Project(inputs.Model, inputs.Configs).Diagnostics;
            var all = diagnostics.Concat(projected).ToList();
            host.Report(all, sources);
            var report = Report(inputs, [.. inputs.RoutingDiagnostics, .. projected], host.Context.Composition);
            StatusViews.For(host).Show(inputs.Topology, report);
            return all.Exists(diagnostic => diagnostic.Severity is Severity.Error) ? ExitCode.Error : ExitCode.Done;
        });
    }

    private static async Task<ExitCode> ShowClusterAsync(
        CommandHost host, ClusterArguments cluster, CancellationToken cancellationToken)
    {
        using var client = ClusterConnection.Open(host, cluster, sandbox: null);
        if (client is null)
        {
            return ExitCode.Error;
        }

        try
        {
            var status = await ClusterStatus.ReadAsync(client, cancellationToken);
            StatusViews.For(host, showsBackends: true).Show(status.Topology, status.Report);
            return ExitCode.Done;
        }
        catch (KubeException exception)
        {
            return host.Fail(exception.Diagnostic);
        }
    }

    /// <summary>Classes may be of different providers, and each has its own features.</summary>
    private static StatusReport Report(
        SpecInputs inputs, EquatableList<Diagnostic> later, Composition composition)
    {
        var classes = inputs.Topology.Classes.SelectMany(item => StatusReport.Build(
            inputs.Topology with { Classes = [item], Gateways = [], Routes = [], BackendTlsPolicies = [] },
            later,
            new StatusOptions { SupportedFeatures = FeaturesOf(item, composition) }).Classes);
        return StatusReport.Build(inputs.Topology, later) with { Classes = [.. classes] };
    }

    /// <summary>What is done with a difference is no support: the suite would find the difference.</summary>
    private static EquatableList<string> FeaturesOf(GatewayClassTopology item, Composition composition)
    {
        var provider = item.Config?.Provider.Value ?? item.Spec.ControllerName.Value.Split('/')[^1];
        var known = composition.Providers.FirstOrDefault(entry => entry.Name == provider)?.Capabilities ?? [];
        return
        [
            .. known.Where(feature => feature.Level is SupportLevel.Native or SupportLevel.Emulated)
                .Select(feature => feature.Name),
        ];
    }
}
