using System.Net;
using System.Net.Sockets;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Cutovers;
using Gwctl.Cli.Views.Texts;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Dns;
using Gwctl.Cutover.Paths;
using Gwctl.Cutover.Running;

namespace Gwctl.Cli.Commands.Cutovers;

/// <summary><c>cutover</c> with its subcommands: each reads what lives, does at most what its name says, and shows how
/// it
/// stands.</summary>
public sealed class CutoverCommand(CliContext context)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(10);

    public Task<ExitCode> ExecuteAsync(CutoverArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(arguments.Timeout, async cancellationToken =>
        {
            if (await SpecLoader.LoadOrReportAsync(host, arguments.Specs, tolerant: false, cancellationToken)
                is not var (inputs, diagnostics, sources))
            {
                return ExitCode.Error;
            }

            host.Report(diagnostics.Where(diagnostic => diagnostic.Code.StartsWith("GW26", StringComparison.Ordinal)),
                sources);
            var documents = inputs.Specs.Cutovers
                .Where(cutover => arguments.Name is null || arguments.Name == cutover.Name.Name
                    || arguments.Name == cutover.Name.ToString())
                .ToList();
            if (documents.Count is 0)
            {
                return host.Fail(CliDiagnostics.NoCutover(
                    arguments.Name, inputs.Specs.Cutovers.Select(cutover => cutover.Name.ToString())));
            }

            await using var workspace =
                await Workspace.OpenAsync(host, arguments.Specs, inputs.Configs, cancellationToken);
            if (workspace is null)
            {
                return ExitCode.Error;
            }

            var runners = new List<(CutoverSpec Document, CutoverRunner Runner)>();
            foreach (var document in documents)
            {
                if (await RunnerAsync(host, arguments, workspace, inputs, document, cancellationToken)
                    is not { } runner)
                {
                    return ExitCode.Error;
                }

                runners.Add((document, runner));
            }

            return arguments.Action is CutoverAction.Plan
                ? await PlanAsync(host, runners, cancellationToken)
                : await RunAsync(host, arguments, runners, cancellationToken);
        });
    }

    private static async Task<ExitCode> PlanAsync(
        CommandHost host, List<(CutoverSpec Document, CutoverRunner Runner)> runners,
        CancellationToken cancellationToken)
    {
        var plans = new List<CutoverPlan>();
        foreach (var (document, runner) in runners)
        {
            var names = new List<NamePath>();
            foreach (var hostname in document.Hostnames)
            {
                names.Add(CutoverPaths.Of(await runner.ReadAsync(document, hostname.Value, cancellationToken)));
            }

            plans.Add(new CutoverPlan(document, [.. names]));
        }

        CutoverViews.For(host).ShowPlans(plans);
        return plans.Exists(plan => plan.Names.Any(name => name.Problem is not null)) ? ExitCode.Error : ExitCode.Done;
    }

    private async Task<ExitCode> RunAsync(
        CommandHost host, CutoverArguments arguments,
        List<(CutoverSpec Document, CutoverRunner Runner)> runners, CancellationToken cancellationToken)
    {
        var view = CutoverViews.For(host);
        while (true)
        {
            var reports = new List<CutoverReport>();
            foreach (var (document, runner) in runners)
            {
                reports.Add(await runner.RunAsync(
                    document, IntentOf(arguments.Action), arguments.AssumesIdle, cancellationToken));
            }

            if (arguments.Watches && host.Context.OutputTerminal.Interactive)
            {
                host.Context.Output.Write("\u001b[H\u001b[2J");
            }

            view.ShowReports(reports);
            if (!arguments.Watches
                || reports.TrueForAll(report => report.Names.All(name => name.Outcome is NameOutcome.Done)))
            {
                return ExitOf(reports);
            }

            await Task.Delay(WatchInterval, context.Clock, cancellationToken);
        }
    }

    private static ExitCode ExitOf(List<CutoverReport> reports) =>
        reports.Exists(report => report.IsRefused) ? ExitCode.Error
        : reports.Exists(report => report.IsHalted) ? ExitCode.CutoverHalted
        : ExitCode.Done;

    private async Task<CutoverRunner?> RunnerAsync(
        CommandHost host, CutoverArguments arguments, Workspace workspace, SpecInputs inputs, CutoverSpec document,
        CancellationToken cancellationToken)
    {
        var name = new ObjectName(document.To.Namespace ?? document.Name.Namespace, document.To.Name);
        var gateway = inputs.Topology.Gateways.FirstOrDefault(gateway => gateway.Spec.Name == name);
        var config = gateway?.Config;
        var made = config is null ? null : workspace.Provider(config);
        if (config is null || made?.Value is not { } provider)
        {
            host.Report(made?.Diagnostics ?? [CliDiagnostics.NoCutoverConfig(document, name)], inputs.Sources);
            return null;
        }

        if (provider.WeightedDns is not { } dns || provider.Balancers is not { } balancers)
        {
            host.Fail(CliDiagnostics.NoWeightedDns(document, config.Provider.Value));
            return null;
        }

        if (await ServersAsync(host, arguments, workspace, cancellationToken) is not { } servers)
        {
            return null;
        }

        return new CutoverRunner(new CutoverParts
        {
            Dns = dns,
            Balancers = balancers,
            Owner = config.Owner.Value,
            Servers = servers,
            Clock = context.Clock,
            Run = $"{(long)(context.Random() * 0x1_0000_0000):x8}{(long)(context.Random() * 0x1_0000_0000):x8}",
            Directory = context.WorkingDirectory,
            StatusOf = reference => StatusOf(inputs.Specs, reference),
            PolicyOf = hostname => DnsPolicyChoice.Of(gateway?.DnsPolicies ?? [], hostname),
            PropagationMax = arguments.Propagation,
            Progress = text =>
            {
                if (host.Chatty)
                {
                    host.Progress.Line($"{document.Name}: {text}", Tone.Dim).Flush();
                }
            },
        });
    }

    /// <summary>The one that is given, else the sandbox's where one runs, else the zones' own.</summary>
    private static async Task<NameServers?> ServersAsync(
        CommandHost host, CutoverArguments arguments, Workspace workspace, CancellationToken cancellationToken)
    {
        if (arguments.DnsServer is { } given)
        {
            if (IPEndPoint.TryParse(given, out var endpoint))
            {
                return new NameServers(endpoint.Port is 0 ? new IPEndPoint(endpoint.Address, 53) : endpoint);
            }

            try
            {
                var addresses = await Dns.GetHostAddressesAsync(given, cancellationToken);
                return new NameServers(new IPEndPoint(addresses[0], 53));
            }
            catch (SocketException exception)
            {
                host.Fail(CliDiagnostics.NoNameServer(given, exception.Message));
                return null;
            }
        }

        if (workspace.Sandbox is not { } sandbox)
        {
            return new NameServers(Given: null);
        }

        return SandboxLease.FindDns(sandbox.Directory) is { } dns && !sandbox.IsOwn
            ? new NameServers(dns)
            : NameServers.Nobody;
    }

    private static EquatableList<string>? StatusOf(SpecSet specs, SpecReference reference)
    {
        var name = new ObjectName(reference.Namespace ?? "", reference.Name);
        return reference.Kind is "Service"
            ? specs.Services.FirstOrDefault(service => service.Name == name)?.LoadBalancerAddresses
            : specs.Ingresses.FirstOrDefault(ingress => ingress.Name == name)?.LoadBalancerAddresses;
    }

    private static CutoverIntent IntentOf(CutoverAction action) => action switch
    {
        CutoverAction.Start => CutoverIntent.Start,
        CutoverAction.Step => CutoverIntent.Step,
        CutoverAction.Pause => CutoverIntent.Pause,
        CutoverAction.Resume => CutoverIntent.Resume,
        CutoverAction.Rollback => CutoverIntent.Rollback,
        CutoverAction.Finish => CutoverIntent.Finish,
        _ => CutoverIntent.Look,
    };
}
