using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Aws.Api;

/// <summary>Everything that the clients need from the host. Nothing else is read from the surroundings.</summary>
public sealed record AwsApiOptions : ClientOptions
{
    /// <summary>For example <c>eu-central-1</c>. Route 53 is called at its partition's one endpoint.</summary>
    public required string Region { get; init; }

    public AwsCredentialsSource Credentials { get; init; } = new AwsCredentialsSource.Default();

    /// <summary>Told of every attempt after it ended; called on any thread, must be quick and must not throw.</summary>
    public Action<AwsCall>? Observer { get; init; }
}

/// <summary>One attempt of one call: what went over the wire and how it ended. Holds nothing of the contents.</summary>
public sealed record AwsCall : CloudCall
{
    public required CallClass Class { get; init; }

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
