using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Core;

namespace Gwctl.Cli.Arguments;

/// <summary>All commands, their options, and which class does each.</summary>
public sealed class CommandTree
{
    private readonly CliContext _context;
    private readonly CommonOptions _common;

    private CommandTree(CliContext context)
    {
        _context = context;
        _common = new CommonOptions(context.Composition.Providers.Select(provider => provider.Name));
    }

    public static RootCommand Build(CliContext context)
    {
        var tree = new CommandTree(context);
        var root = new RootCommand(
            "Kubernetes Gateway API specs to cloud load balancers: plan and apply, without a state file.");
        root.Options.Clear();
        root.Add(new HelpOption("--help", "-h")
        {
            Recursive = true,
            Description = "Show help.",
            Action = new HelpText(context),
        });
        root.Add(new Option<bool>("--version") { Description = "Show the version." });
        foreach (var command in tree.Commands())
        {
            root.Add(command);
        }

        // What completion scripts call.
        Invariant.Holds(root.Directives.OfType<SuggestDirective>().Any());
        return root;
    }

    private IEnumerable<Command> Commands()
    {
        var specs = new SpecCommands(_context, _common);
        var planning = new PlanningCommands(_context, _common);
        var changing = new ChangingCommands(_context, _common);
        var proving = new ProvingCommands(_context, _common);
        return
        [
            specs.Validate(),
            specs.Compile(),
            specs.Status(),
            proving.Test(),
            proving.Trace(),
            proving.Verify(),
            planning.Plan(),
            planning.Show(),
            changing.Apply(),
            changing.Destroy(),
            planning.Drift(),
            changing.Adopt(),
            new ControllerCommands(_context, _common).Controller(),
            new CutoverCommandGroup(_context, _common).Cutover(),
            new SandboxCommandGroup(_context, _common).Sandbox(),
            Version(),
            Completion(),
        ];
    }

    private GwctlCommand Version()
    {
        var output = CommonOptions.Output(OutputFormat.Text, OutputFormat.Json);
        var command = new GwctlCommand("version", "Show the version.")
        {
            Examples = [new Example("gwctl version -o json", "for scripts")],
        };
        command.Add(_common.TalkGroup(output));
        command.SetAction(result =>
        {
            string[] arguments = ["version", "-o", result.GetValue(output) ?? "text"];
            return (int)(VersionCommand.TryAnswer(arguments, _context.Output) ?? ExitCode.Error);
        });
        return command;
    }

    private GwctlCommand Completion()
    {
        var shell = new Argument<string>("shell")
        {
            HelpName = string.Join('|', CompletionCommand.Shells),
            Description = "The shell to complete in.",
        };
        shell.AcceptOnlyFromAmong([.. CompletionCommand.Shells]);
        var command = new GwctlCommand("completion", "Write a completion script for a shell.")
        {
            Examples =
            [
                new Example("source <(gwctl completion bash)", "bash, now"),
                new Example("gwctl completion zsh > \"${fpath[1]}/_gwctl\"", "zsh, for every new shell"),
                new Example(
                    "gwctl completion fish > ~/.config/fish/completions/gwctl.fish", "fish, for every new shell"),
                new Example("gwctl completion pwsh | Out-String | Invoke-Expression", "PowerShell, now"),
            ],
        };
        command.Add(shell);
        command.SetAction(result =>
            (int)CompletionCommand.Execute(result.GetValue(shell) ?? CompletionCommand.Shells[0], _context.Output));
        return command;
    }
}
