namespace Gwctl.Cli.Arguments;

/// <summary>Of <c>validate</c>, <c>compile</c> and <c>status</c>.</summary>
public sealed record CompileArguments(SpecArguments Specs, OutputArguments Talk)
{
    /// <summary>Of <c>status</c>: the cluster to ask in place of files.</summary>
    public ClusterArguments Cluster { get; init; } = new(null, null);
}

/// <summary>Of <c>plan</c>.</summary>
public sealed record PlanArguments
{
    public required SpecArguments Specs { get; init; }

    public required PlanningArguments Planning { get; init; }

    public required PlanOutputArguments Output { get; init; }

    /// <summary>Where to save the plan; null for nowhere.</summary>
    public string? Out { get; init; }

    /// <summary>Plan the destruction of the specs' Gateways.</summary>
    public bool Destroy { get; init; }

    public bool DetailedExitCode { get; init; }
}

/// <summary>How to show a plan.</summary>
/// <param name="CharactersMax">For Markdown.</param>
/// <param name="GitHubOutput">Append the counts to the file that GITHUB_OUTPUT names.</param>
public sealed record PlanOutputArguments(OutputArguments Talk, int CharactersMax, bool GitHubOutput);

/// <summary>Of <c>show</c>.</summary>
public sealed record ShowArguments(string PlanFile, PlanOutputArguments Output);

/// <summary>Of <c>apply</c> and <c>destroy</c>.</summary>
public sealed record ApplyArguments
{
    public required SpecArguments Specs { get; init; }

    public required PlanningArguments Planning { get; init; }

    public required OutputArguments Talk { get; init; }

    /// <summary>A saved plan to execute as it is; null plans anew.</summary>
    public string? PlanFile { get; init; }

    public bool AutoApprove { get; init; }

    public bool Destroy { get; init; }

    /// <summary>For destroy: everything of the owner, not only the specs' Gateways.</summary>
    public bool All { get; init; }
}

/// <summary>Of <c>drift</c>.</summary>
public sealed record DriftArguments(SpecArguments Specs, PlanningArguments Planning, OutputArguments Talk);

/// <summary>Of <c>adopt</c>.</summary>
/// <param name="Address">As plans write it.</param>
/// <param name="Id">The cloud's own id of the object.</param>
public sealed record AdoptArguments(string Address, string Id, ApplyArguments Apply);

/// <summary>Of <c>sandbox up</c>, <c>status</c> and <c>reset</c>.</summary>
public sealed record SandboxArguments(string Directory, int Port, OutputArguments Talk)
{
    /// <summary>Load balancers really listen.</summary>
    public bool DataPlane { get; init; } = true;

    /// <summary>Where its zones are served by DNS; null for nowhere.</summary>
    public int? DnsPort { get; init; }

    /// <summary>Where <c>sandbox up</c> listens.</summary>
    public const int PortDefault = 4780;

    /// <summary>A Kubernetes API is served too.</summary>
    public bool Kubernetes { get; init; } = true;

    public int KubernetesPort { get; init; } = KubernetesPortDefault;

    /// <summary>Where <c>sandbox up</c> serves the Kubernetes API.</summary>
    public const int KubernetesPortDefault = 4781;

    /// <summary>Where <c>sandbox up</c> answers DNS.</summary>
    public const int DnsPortDefault = 4753;
}
