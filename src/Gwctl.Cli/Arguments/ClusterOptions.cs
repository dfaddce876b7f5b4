using System.CommandLine;

namespace Gwctl.Cli.Arguments;

/// <summary>Which cluster.</summary>
/// <param name="Kubeconfig">A file; null for the environment's.</param>
/// <param name="Context">Null for the current one.</param>
public sealed record ClusterArguments(string? Kubeconfig, string? Context)
{
    /// <summary>A cluster is meant, not files.</summary>
    public bool IsGiven => Kubeconfig is not null || Context is not null;
}

/// <summary>The options that say which cluster.</summary>
internal sealed class ClusterOptions
{
    public Option<string?> Kubeconfig { get; } = new("--kubeconfig")
    {
        Description = "The kubeconfig of the cluster (KUBECONFIG, the pod's account, ~/.kube/config).",
        HelpName = "FILE",
    };

    public Option<string?> Context { get; } = new("--context")
    {
        Description = "The kubeconfig's context.",
        HelpName = "NAME",
    };

    public OptionGroup Group => new("Cluster", [Kubeconfig, Context]);

    public ClusterArguments Read(ParseResult result) =>
        new(result.GetValue(Kubeconfig), result.GetValue(Context));
}
