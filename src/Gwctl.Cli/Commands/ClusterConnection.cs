using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Cli.Commands;

/// <summary>Connects to a cluster as the command line says.</summary>
public static class ClusterConnection
{
    /// <summary>Null where no cluster is found; the host has reported why.</summary>
    /// <param name="sandbox">The embedded cloud's directory, whose kubeconfig is used where none is named; null for
    /// none.</param>
    public static KubeClient? Open(CommandHost host, ClusterArguments arguments, string? sandbox)
    {
        var context = host.Context;
        var own = sandbox is null ? null : Path.Combine(context.Resolve(sandbox), SandboxLease.KubeconfigFile);
        var found = new KubeLocation
        {
            Path = arguments.Kubeconfig is { } named ? context.Resolve(named) : File.Exists(own) ? own : null,
            Context = arguments.Context,
            Environment = context.Environment,
        }.Find();
        host.Report(found.Diagnostics);
        try
        {
            return found.Succeeded
                ? new KubeClient(found.Value, new KubeClientOptions
                {
                    Clock = context.Clock,
                    Random = context.Random,
                    Environment = context.Environment,
                    UserAgent = $"gwctl/{VersionCommand.ToolVersion.Split(' ')[0]}",
                })
                : null;
        }
        catch (KubeException exception)
        {
            host.Report([exception.Diagnostic]);
            return null;
        }
    }
}
