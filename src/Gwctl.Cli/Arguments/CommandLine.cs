using System.CommandLine;
using System.CommandLine.Invocation;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Arguments;

/// <summary>Runs the program on a command line.</summary>
public static class CommandLine
{
    private const string Sandbox = "--sandbox";

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CliContext context)
    {
        if (VersionCommand.TryAnswer(arguments, context.Output) is { } answered)
        {
            return answered;
        }

        var root = CommandTree.Build(context);
        var result = root.Parse(Normalized(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.Count is 0)
        {
            return (ExitCode)new HelpText(context).Invoke(result);
        }

        if (result.Action is null or ParseErrorAction)
        {
            var host = new CommandHost(context, new OutputArguments(OutputFormat.Text, NoColor: false, NoInput: true));
            host.Report(ArgumentErrors.For(result));
            return ExitCode.Error;
        }

        var configuration = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Signals are ours: see Interruption.
        };
        return (ExitCode)await result.InvokeAsync(configuration, CancellationToken.None);
    }

    /// <summary><c>--sandbox</c> takes a directory only after <c>=</c>: in <c>apply --sandbox plan.json</c> the file is
    /// the plan. The parser would take the next word, so the default is spelled out here.</summary>
    private static List<string> Normalized(IReadOnlyList<string> arguments)
    {
        var literal = false;
        var normalized = new List<string>(arguments.Count);
        foreach (var argument in arguments)
        {
            literal |= argument is "--";
            normalized.Add(
                argument is Sandbox && !literal ? $"{Sandbox}={SpecArguments.SandboxDirectoryDefault}" : argument);
        }

        return normalized;
    }
}
