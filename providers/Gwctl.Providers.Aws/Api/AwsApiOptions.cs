namespace Gwctl.Providers.Aws.Api;

/// <summary>Everything that the clients need from the host. Nothing else is read from the surroundings.</summary>
public sealed record AwsApiOptions
{
    /// <summary>For example <c>eu-central-1</c>. Route 53 is called at its partition's one endpoint.</summary>
    public required string Region { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Gives numbers from 0 up to, not including, 1; must be safe to call from several threads.</summary>
    public required Func<double> Random { get; init; }

    public AwsCredentialsSource Credentials { get; init; } = new AwsCredentialsSource.Default();

    /// <summary>One endpoint for every service instead of AWS's (the sandbox, LocalStack, moto).</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>The transport; null for one of our own. A given one is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Attempts of one call, the first included; at least 1.</summary>
    public int AttemptsMax { get; init; } = 6;

    /// <summary>How long one attempt may take before it counts as lost.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether calls wait for the client-side token buckets. Off only where the other side has no account to share,
    /// such as an endpoint on loopback.
    /// </summary>
    public bool LimitsRate { get; init; } = true;

    /// <summary>Told of every attempt after it ended; called on any thread, must be quick and must not throw.</summary>
    public Action<AwsCall>? Observer { get; init; }

    public string UserAgent { get; init; } = "gwctl";
}

/// <summary>One attempt of one call: what went over the wire and how it ended. Holds nothing of the contents.</summary>
public sealed record AwsCall
{
    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required CallClass Class { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long the attempt waited for the token bucket before <see cref="Duration"/> began.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>0 if no answer came.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The normalised error code; null for success.</summary>
    public required string? Code { get; init; }

    public required string? RequestId { get; init; }
}

/// <summary>The kinds of call that services count apart when they throttle.</summary>
public enum CallClass
{
    Read,
    Write,

    /// <summary>ELBv2's RegisterTargets and DeregisterTargets.</summary>
    Register,
}
