using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Tests;

/// <summary>What a run of the program left.</summary>
public sealed record CliResult(ExitCode Exit, string Output, string Error);

/// <summary>Runs the whole program in this process, in a directory of its own.</summary>
public sealed class CliRunner : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gwctl-cli-tests-");

    public string Root => _directory.FullName;

    /// <summary>Where relative paths start; the runner's own directory unless given.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>What is typed.</summary>
    public string Input { get; set; } = "";

    /// <summary>In place of <see cref="Input"/>.</summary>
    public TextReader? Reader { get; set; }

    public bool InputIsTerminal { get; set; }

    public Terminal OutputTerminal { get; set; } = Terminal.None;

    public Terminal ErrorTerminal { get; set; } = Terminal.None;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Composition Composition { get; set; } = Composition.Default;

    public Interruption Interruption { get; } = new();

    private long _fractions;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Root);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    public async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await CommandLine.RunAsync(arguments, new CliContext
        {
            Input = Reader ?? new StringReader(Input),
            Output = output,
            Error = error,
            InputIsTerminal = InputIsTerminal,
            OutputTerminal = OutputTerminal,
            ErrorTerminal = ErrorTerminal,
            Environment = Environment,
            WorkingDirectory = WorkingDirectory ?? Root,
            Clock = Clock,
            Random = NextFraction,
            Interruption = Interruption,
            Composition = Composition,
        });
        return new CliResult(exit, output.ToString(), error.ToString());
    }

    /// <summary>Spread evenly, and never the same twice: request ids are made of them.</summary>
    private double NextFraction() => Interlocked.Increment(ref _fractions) * 0.6180339887498949 % 1;

    public void Dispose()
    {
        Interruption.Dispose();
        _directory.Delete(recursive: true);
    }
}
