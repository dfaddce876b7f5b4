namespace Gwctl.Engine.Calls;

/// <summary>What the host gives every provider, and a provider its clients, for calls to the cloud.</summary>
public abstract record CallOptions
{
    public required TimeProvider Clock { get; init; }

    /// <summary>Gives numbers from 0 up to, not including, 1; must be safe to call from several threads.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>One endpoint for every service instead of the cloud's (the sandbox, an emulator).</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>The transport; null for one of our own. A given one is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Attempts of one call, the first included; at least 1.</summary>
    public int AttemptsMax { get; init; } = 6;

    /// <summary>Whether calls wait for the client-side token buckets. Off only where the other side has no account to
    /// share, such as an endpoint on loopback.</summary>
    public bool LimitsRate { get; init; } = true;
}

/// <summary>What the clients of any cloud need beside that.</summary>
public abstract record ClientOptions : CallOptions
{
    /// <summary>How long one attempt may take before it counts as lost.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public string UserAgent { get; init; } = "gwctl";
}

/// <summary>One attempt of one call: what went over the wire and how it ended. Holds nothing of the contents.</summary>
public abstract record CloudCall
{
    public required string Service { get; init; }

    /// <summary>As the cloud names it.</summary>
    public required string Operation { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long the attempt waited for the token bucket before <see cref="Duration"/> began.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>0 if no answer came.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The normalised error code or reason; null for success.</summary>
    public required string? Code { get; init; }
}
