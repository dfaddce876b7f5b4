namespace Gwctl.Cli.Arguments;

/// <summary>The subcommands of <c>cutover</c>.</summary>
public enum CutoverAction
{
    Plan,
    Start,
    Step,
    Status,
    Pause,
    Resume,
    Rollback,
    Finish,
}

/// <summary><c>cutover</c>.</summary>
/// <param name="Name">Of one Cutover, with or without its namespace; null for all.</param>
/// <param name="DnsServer">Asked instead of the zones' own; null for those.</param>
/// <param name="Propagation">How long a change may take to reach every name server.</param>
public sealed record CutoverArguments(
    CutoverAction Action, SpecArguments Specs, OutputArguments Talk, TimeSpan? Timeout, string? Name,
    string? DnsServer, TimeSpan Propagation)
{
    /// <summary>Show it again and again, until it is done.</summary>
    public bool Watches { get; init; }

    /// <summary>The old side is idle where nobody counts its requests.</summary>
    public bool AssumesIdle { get; init; }
}
