using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;

namespace Gwctl.Cli;

/// <summary>The process: streams, environment, signals. Everything else is given a <see cref="CliContext"/>.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["controller", ..])
        {
            LeanProcess.Become(args);
        }

        // Before anything is made or loaded: see VersionCommand.
        using var output = Stream(new OutputStream(Console.OpenStandardOutput()));
        try
        {
            var exit = VersionCommand.TryAnswer(args, output) ?? await RunAsync(args, output);
            await output.FlushAsync();
            return (int)exit;
        }
        catch (OutputException exception)
        {
            return (int)Report(exception);
        }
    }

    private static ExitCode Report(OutputException exception)
    {
        using var error = Stream(Console.OpenStandardError());
        new TextDiagnosticsView(new StyledWriter(error, Terminal.None), SourceTexts.None)
            .Show([CliDiagnostics.OutputFailed(exception.Message)]);
        return ExitCode.Error;
    }

    private static async Task<ExitCode> RunAsync(string[] args, TextWriter output)
    {
        using var interruption = new Interruption();
        using var interrupt = Listen(PosixSignal.SIGINT, Signal.Interrupt, interruption);
        using var terminate = Listen(PosixSignal.SIGTERM, Signal.Terminate, interruption);
        using var hangUp = Listen(PosixSignal.SIGHUP, Signal.Terminate, interruption);
        await using var error = Stream(Console.OpenStandardError());
        try
        {
            return await CommandLine.RunAsync(args, Context(output, error, interruption));
        }
        catch (Exception exception) when (exception is not OutputException && !Debugger.IsAttached)
        {
            await error.WriteAsync($"gwctl has a bug. Please report this:\n{exception}\n");
            return ExitCode.Error;
        }
    }

    private static CliContext Context(TextWriter output, TextWriter error, Interruption interruption)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment[$"{entry.Key}"] = $"{entry.Value}";
        }

        return new CliContext
        {
            Input = Console.IsInputRedirected ? Piped() : Console.In,
            Output = output,
            Error = error,
            InputIsTerminal = !Console.IsInputRedirected,
            OutputTerminal = Terminal.Judge(
                Console.IsOutputRedirected, Columns(Console.IsOutputRedirected), environment),
            ErrorTerminal = Terminal.Judge(Console.IsErrorRedirected, Columns(Console.IsErrorRedirected), environment),
            Environment = environment,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            Clock = TimeProvider.System,
            Random = static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue,
            Interruption = interruption,
            Composition = Composition.Default,
        };
    }

    /// <summary>UTF-8 whatever the locale says, as files are: other bytes are an error, and not guessed.</summary>
    private static StreamReader Piped() =>
        new(Console.OpenStandardInput(), new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));

    private static int Columns(bool redirected)
    {
        try
        {
            return redirected ? 0 : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0; // A terminal that does not say.
        }
    }

    private static PosixSignalRegistration Listen(PosixSignal posix, Signal signal, Interruption interruption) =>
        PosixSignalRegistration.Create(posix, context =>
        {
            context.Cancel = true; // Do not end the process: the command ends it.
            interruption.Receive(signal);
        });

    private static StreamWriter Stream(Stream stream) =>
        new(stream, new System.Text.UTF8Encoding(false)) { NewLine = "\n" };
}
