using Gwctl.Core;

namespace Gwctl.Kubernetes.Config;

/// <summary>How to reach an API server, and as whom.</summary>
public sealed record KubeSettings
{
    /// <summary>Absolute; its path, if any, comes before every request's.</summary>
    public required Uri Server { get; init; }

    /// <summary>Of objects that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The context that was chosen; empty in a cluster.</summary>
    public string Context { get; init; } = "";

    /// <summary>PEM texts of the authorities to trust; null trusts the system's.</summary>
    public string? AuthorityPem { get; init; }

    /// <summary>A file with those authorities, read again for every connection; null where they do not
    /// change.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Takes any server certificate. Only where the kubeconfig says so.</summary>
    public bool SkipsTlsVerification { get; init; }

    /// <summary>The name to find in the server's certificate in place of the host's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Null where the client shows no certificate of its own.</summary>
    public KubeCertificate? Certificate { get; init; }

    /// <summary>Null where requests carry no token.</summary>
    public KubeToken? Token { get; init; }
}

/// <summary>A client certificate with its key, as PEM.</summary>
public sealed record KubeCertificate(string CertificatePem, SecretText KeyPem);

/// <summary>Where a bearer token comes from.</summary>
public abstract record KubeToken
{
    private KubeToken()
    {
    }

    /// <summary>As the kubeconfig has it.</summary>
    public sealed record Fixed(SecretText Text) : KubeToken;

    /// <summary>In a file that others renew: read again when it is a minute old, and when the server refuses
    /// it.</summary>
    public sealed record File(string Path) : KubeToken;

    /// <summary>A program tells it (client.authentication.k8s.io); it may give a client certificate instead.</summary>
    public sealed record Exec(ExecPlugin Plugin) : KubeToken;

    /// <summary>User name and password, as some old clusters have them.</summary>
    public sealed record Basic(string User, SecretText Password) : KubeToken;
}

/// <summary>A credential plugin of a kubeconfig.</summary>
/// <param name="Variables">Added to its environment.</param>
/// <param name="Directory">Of the kubeconfig: a command that is a relative path starts there.</param>
public sealed record ExecPlugin(
    string Command,
    EquatableList<string> Arguments,
    EquatableList<KeyValuePair<string, string>> Variables,
    string ApiVersion,
    string Directory)
{
    /// <summary>What its author says to do where it is missing.</summary>
    public string InstallHint { get; init; } = "";

    /// <summary>Tells the plugin which server it is for.</summary>
    public bool ProvidesClusterInfo { get; init; }
}
