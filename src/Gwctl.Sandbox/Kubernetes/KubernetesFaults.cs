namespace Gwctl.Sandbox.Kubernetes;

/// <summary>A request for objects before it is run.</summary>
/// <param name="Verb">As RBAC names it.</param>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">The plural.</param>
/// <param name="Namespace">Empty for none, or all.</param>
/// <param name="Name">Empty for a collection.</param>
/// <param name="Subresource">Empty, or such as <c>status</c>.</param>
/// <param name="User">Who asks.</param>
/// <param name="Number">Counts the requests of the server, from 1.</param>
public sealed record KubernetesCall(
    string Verb, string Group, string Resource, string Namespace, string Name, string Subresource, string User,
    long Number)
{
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete" or "deletecollection";
}

/// <summary>What goes wrong with a request.</summary>
public abstract record KubernetesFault
{
    private KubernetesFault()
    {
    }

    /// <summary>429 with a Retry-After header: no effect.</summary>
    public sealed record Throttle(int RetryAfterSeconds) : KubernetesFault;

    /// <summary>401, as if the credentials had expired: no effect.</summary>
    public sealed record Unauthorized : KubernetesFault;

    /// <summary>Another error: no effect.</summary>
    public sealed record Fail(int Code, string Reason, string Message) : KubernetesFault;

    /// <summary>The request has its effect, and the connection breaks before the answer.</summary>
    public sealed record LoseConnection : KubernetesFault;

    /// <summary>The request takes this long, and is then served.</summary>
    public sealed record Delay(TimeSpan Time) : KubernetesFault;
}

/// <summary>A request that has been served.</summary>
/// <param name="Status">The HTTP status; of a watch, when it began.</param>
public sealed record KubernetesCallRecord(KubernetesCall Call, int Status);
