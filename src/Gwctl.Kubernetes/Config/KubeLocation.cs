using Gwctl.Core;

namespace Gwctl.Kubernetes.Config;

/// <summary>Finds the settings to use: those given, the environment's, the pod's, or the user's own.</summary>
public sealed record KubeLocation
{
    /// <summary>Where a pod finds its service account.</summary>
    public const string ServiceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>A kubeconfig that was named; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>A context that was named; null for the current one.</summary>
    public string? Context { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Tests have another.</summary>
    public string AccountDirectory { get; init; } = ServiceAccountDirectory;

    /// <summary>In this order: the named file, KUBECONFIG, the pod, ~/.kube/config.</summary>
    public Compiled<KubeSettings> Find()
    {
        if (Path is { } path)
        {
            return KubeConfig.Read([path], Context);
        }

        if (Variable("KUBECONFIG") is { } list)
        {
            return KubeConfig.Read(
                list.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), Context);
        }

        if (Context is null && Variable("KUBERNETES_SERVICE_HOST") is { } host)
        {
            return InCluster(host, Variable("KUBERNETES_SERVICE_PORT") ?? "443");
        }

        var home = System.IO.Path.Combine(Variable("HOME") ?? Variable("USERPROFILE") ?? "", ".kube", "config");
        return File.Exists(home)
            ? KubeConfig.Read([home], Context)
            : Compiled.From<KubeSettings>(null, [ConfigDiagnostics.NoConfig(home)]);
    }

    private string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) && value is not "" ? value : null;

    private Compiled<KubeSettings> InCluster(string host, string port)
    {
        var token = System.IO.Path.Combine(AccountDirectory, "token");
        var authority = System.IO.Path.Combine(AccountDirectory, "ca.crt");
        var space = System.IO.Path.Combine(AccountDirectory, "namespace");
        if (!File.Exists(token) || !File.Exists(authority))
        {
            return Compiled.From<KubeSettings>(
                null, [ConfigDiagnostics.NotInCluster($"There is no token or ca.crt in {AccountDirectory}.")]);
        }

        var name = host.Contains(':') ? $"[{host}]" : host;
        return Compiled.From(new KubeSettings
        {
            Server = new Uri($"https://{name}:{port}"),
            Namespace = File.Exists(space) ? File.ReadAllText(space).Trim() : "default",
            AuthorityPem = File.ReadAllText(authority),
            AuthorityFile = authority,
            Token = new KubeToken.File(token),
        });
    }
}
