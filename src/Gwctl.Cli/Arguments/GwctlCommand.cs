using System.CommandLine;

namespace Gwctl.Cli.Arguments;

/// <summary>A command line to copy, and what it does.</summary>
public sealed record Example(string Line, string Says);

/// <summary>Options that help shows together.</summary>
public sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);

/// <summary>A command with what its help teaches.</summary>
internal sealed class GwctlCommand(string name, string description) : Command(name, description)
{
    private readonly List<OptionGroup> _groups = [];

    /// <summary>A paragraph or two after the description.</summary>
    public string Details { get; init; } = "";

    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Exit codes beside 0 and 1, and what they mean here.</summary>
    public IReadOnlyList<(int Code, string Says)> ExitCodes { get; init; } = [];

    public IReadOnlyList<OptionGroup> Groups => _groups;

    public void Add(OptionGroup group)
    {
        _groups.Add(group);
        foreach (var option in group.Options)
        {
            Add(option);
        }
    }
}
