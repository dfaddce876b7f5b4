namespace Gwctl.Cli.Hosting;

/// <summary>Everything of the process that a command may use. Tests give their own, so that the whole program runs in
/// theirs.</summary>
public sealed record CliContext
{
    public required TextReader Input { get; init; }

    /// <summary>The result.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress and diagnostics.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>False where nobody can answer a question.</summary>
    public required bool InputIsTerminal { get; init; }

    public required Terminal OutputTerminal { get; init; }

    public required Terminal ErrorTerminal { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Relative paths start here.</summary>
    public required string WorkingDirectory { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Numbers from 0 up to, not including, 1; from any thread.</summary>
    public required Func<double> Random { get; init; }

    public required Interruption Interruption { get; init; }

    public required Composition Composition { get; init; }

    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);
}
