using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Everything that the clients need from the host. Nothing else is read from the surroundings, but for what
/// Google's own credential chain reads.</summary>
public sealed record GcpApiOptions
{
    /// <summary>The project's id, as <c>shop-prod-7</c>.</summary>
    public required string Project { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Gives numbers from 0 up to, not including, 1; must be safe to call from several threads.</summary>
    public required Func<double> Random { get; init; }

    public GcpCredentialsSource Credentials { get; init; } = new GcpCredentialsSource.Default();

    /// <summary>One endpoint for every service instead of Google's (the sandbox).</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>The transport; null for one of our own. A given one is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Attempts of one call, the first included; at least 1.</summary>
    public int AttemptsMax { get; init; } = 6;

    /// <summary>How long one attempt may take before it counts as lost.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an operation may run before we stop waiting for it.</summary>
    public TimeSpan OperationMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>First pause between two looks at an operation; each is twice as long as the one before.</summary>
    public TimeSpan OperationPauseMin { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan OperationPauseMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether calls wait for the client-side token buckets. Off only where the other side has no project to
    /// share, such as an endpoint on loopback.</summary>
    public bool LimitsRate { get; init; } = true;

    /// <summary>Told of every attempt after it ended; called on any thread, must be quick and must not throw.</summary>
    public Action<GcpCall>? Observer { get; init; }

    public string UserAgent { get; init; } = "gwctl";
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
public sealed record GcpCall
{
    /// <summary><c>compute</c>, <c>dns</c> or <c>certificatemanager</c>.</summary>
    public required string Service { get; init; }

    /// <summary>As Google names it: <c>urlMaps.insert</c>.</summary>
    public required string Operation { get; init; }

    public required bool Writes { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long the attempt waited for the token bucket before <see cref="Duration"/> began.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>0 if no answer came.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The error's reason; null for success.</summary>
    public required string? Reason { get; init; }
}
