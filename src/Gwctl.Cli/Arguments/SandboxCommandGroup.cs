using System.CommandLine;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Arguments;

/// <summary>The embedded local cloud by itself.</summary>
internal sealed class SandboxCommandGroup(CliContext context, CommonOptions common)
{
    private readonly Option<string> _directory = new("--dir")
    {
        Description = "Where its state is kept.",
        HelpName = "DIR",
        DefaultValueFactory = _ => SpecArguments.SandboxDirectoryDefault,
    };

    public GwctlCommand Sandbox()
    {
        var command = new GwctlCommand("sandbox", "The embedded local cloud: serve it, look into it, forget it.")
        {
            Details =
                "It speaks the clouds' own protocols on a loopback port, is as strict as they are, and keeps its state "
                + "in a directory; beside it serves a Kubernetes API for kubectl and for 'gwctl controller'. Commands "
                + "with --sandbox start it by themselves; 'up' is for other tools, and for traffic: its load balancers "
                + "listen on loopback addresses and route requests as the clouds' do.",
        };
        command.Add(Up());
        command.Add(Status());
        command.Add(Reset());
        return command;
    }

    private GwctlCommand Up()
    {
        var port = new Option<int>("--port")
        {
            Description = "The loopback port; 0 takes any.",
            HelpName = "N",
            DefaultValueFactory = _ => SandboxArguments.PortDefault,
            CustomParser = result => CommonOptions.Number(result, 0, 65_535),
        };
        var dnsPort = new Option<int>("--dns-port")
        {
            Description = "The loopback port for DNS, by UDP and TCP; 0 takes any.",
            HelpName = "N",
            DefaultValueFactory = _ => SandboxArguments.DnsPortDefault,
            CustomParser = result => CommonOptions.Number(result, 0, 65_535),
        };
        var controlOnly = new Option<bool>("--no-data-plane")
        {
            Description = "Serve the APIs only: load balancers listen nowhere, and nobody answers DNS.",
        };
        var kubernetesPort = new Option<int>("--kubernetes-port")
        {
            Description = "The loopback port of its Kubernetes API; 0 takes any.",
            HelpName = "N",
            DefaultValueFactory = _ => SandboxArguments.KubernetesPortDefault,
            CustomParser = result => CommonOptions.Number(result, 0, 65_535),
        };
        var noKubernetes = new Option<bool>("--no-kubernetes")
        {
            Description = "Serve no Kubernetes API.",
        };
        var command = new GwctlCommand("up", "Serve it until Ctrl-C.")
        {
            Examples =
            [
                new Example("gwctl sandbox up", "it says how the vendors' tools find it"),
                new Example("KUBECONFIG=.gwctl/sandbox/kubeconfig kubectl apply -f examples/quickstart", "and kubectl"),
            ],
        };
        command.Add(new OptionGroup(
            "Sandbox", [_directory, port, dnsPort, controlOnly, kubernetesPort, noKubernetes, common.NoColor]));
        command.SetAction(async (result, _) => (int)await new SandboxCommands(context).UpAsync(
            Arguments(result, new OutputArguments(OutputFormat.Text, result.GetValue(common.NoColor), NoInput: true))
                with
            {
                Port = result.GetValue(port),
                DataPlane = !result.GetValue(controlOnly),
                Kubernetes = !result.GetValue(noKubernetes),
                KubernetesPort = result.GetValue(kubernetesPort),
                DnsPort = result.GetValue(controlOnly) ? null : result.GetValue(dnsPort),
            }));
        return command;
    }

    private GwctlCommand Status()
    {
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json);
        var command = new GwctlCommand("status", "Show what lives in it.");
        command.Add(new OptionGroup("Sandbox", [_directory]));
        command.Add(common.TalkGroup(output));
        command.SetAction(async (result, _) =>
            (int)await new SandboxCommands(context).StatusAsync(Arguments(result, common.Talk(result, output))));
        return command;
    }

    private GwctlCommand Reset()
    {
        var command = new GwctlCommand("reset", "Delete its state.");
        command.Add(new OptionGroup("Sandbox", [_directory, common.NoColor]));
        command.SetAction(async (result, _) => (int)await new SandboxCommands(context).ResetAsync(
            Arguments(result, new OutputArguments(OutputFormat.Text, result.GetValue(common.NoColor), NoInput: true))));
        return command;
    }

    private SandboxArguments Arguments(ParseResult result, OutputArguments talk) => new(
        result.GetValue(_directory) ?? SpecArguments.SandboxDirectoryDefault, SandboxArguments.PortDefault, talk);
}
