using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;

namespace Gwctl.Cli.Arguments;

/// <summary>What to read, and for which cloud.</summary>
public sealed record SpecArguments
{
    /// <summary>Where <c>--sandbox</c> keeps its state.</summary>
    public const string SandboxDirectoryDefault = ".gwctl/sandbox";

    /// <summary>Files, directories and <c>-</c>.</summary>
    public EquatableList<string> FileNames { get; init; } = [];

    /// <summary>A file with the ProviderConfig for Gateways that name none; null for none.</summary>
    public string? ProviderConfig { get; init; }

    /// <summary>Compile for this provider whatever the specs say; null leaves it to them.</summary>
    public string? Provider { get; init; }

    /// <summary>The embedded cloud's state directory; null where real clouds are meant.</summary>
    public string? SandboxDirectory { get; init; }

    public EquatableList<EndpointOverride> Endpoints { get; init; } = [];

    public PlanFilter Filter { get; init; } = PlanFilter.Everything;
}

/// <summary><c>--endpoint-url PROVIDER=URL</c>.</summary>
public sealed record EndpointOverride(string Provider, Uri Endpoint);

/// <summary>How to plan.</summary>
public sealed record PlanningArguments
{
    public ReadDepth Refresh { get; init; } = ReadDepth.Deep;

    /// <summary>Concurrent calls.</summary>
    public int Parallelism { get; init; } = ExecutorOptions.DefaultParallelism;

    /// <summary>Of the whole command; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    public DestroyLimit? MaxDestroy { get; init; }

    /// <summary>Specs that ask for nothing are meant so: all that is there may go.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Plan what the cloud can do although some routes ask for what it cannot.</summary>
    public bool AllowPartial { get; init; }
}
