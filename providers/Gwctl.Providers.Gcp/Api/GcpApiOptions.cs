using Gwctl.Core;
using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Everything that the clients need from the host. Nothing else is read from the surroundings, but for what
/// Google's own credential chain reads.</summary>
public sealed record GcpApiOptions : ClientOptions
{
    /// <summary>The project's id, as <c>shop-prod-7</c>.</summary>
    public required string Project { get; init; }

    public GcpCredentialsSource Credentials { get; init; } = new GcpCredentialsSource.Default();

    /// <summary>How long an operation may run before we stop waiting for it.</summary>
    public TimeSpan OperationMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>First pause between two looks at an operation; each is twice as long as the one before.</summary>
    public TimeSpan OperationPauseMin { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan OperationPauseMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told of every attempt after it ended; called on any thread, must be quick and must not throw.</summary>
    public Action<GcpCall>? Observer { get; init; }
}

/// <summary>Where credentials come from.</summary>
public abstract record GcpCredentialsSource
{
    private GcpCredentialsSource()
    {
    }

    /// <summary>Application default credentials: the file that GOOGLE_APPLICATION_CREDENTIALS names (a service
    /// account's key, or a workload identity federation's configuration), gcloud's, or the metadata server's.</summary>
    public sealed record Default : GcpCredentialsSource;

    /// <summary>A credential file: a service account's key, a workload identity federation's configuration, or an
    /// impersonated or authorized user's.</summary>
    public sealed record File(string Path) : GcpCredentialsSource;

    /// <summary>A service account's short-lived tokens, asked for with another source's.</summary>
    public sealed record Impersonation(GcpCredentialsSource Source, string ServiceAccount) : GcpCredentialsSource
    {
        /// <summary>The chain of service accounts between the source and the target; mostly empty.</summary>
        public EquatableList<string> Delegates { get; init; } = [];
    }

    /// <summary>A token as it is: the sandbox's, or one that another tool made.</summary>
    public sealed record Token(SecretText Value) : GcpCredentialsSource;
}

/// <summary>One attempt of one call: what went over the wire and how it ended. Holds nothing of the contents.</summary>
public sealed record GcpCall : CloudCall
{
    public required bool Writes { get; init; }
}
