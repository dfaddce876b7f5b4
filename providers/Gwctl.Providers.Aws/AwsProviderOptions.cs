using Gwctl.Engine.Calls;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Applying;

namespace Gwctl.Providers.Aws;

/// <summary>What the host gives the provider beside the configuration.</summary>
public sealed record AwsProviderOptions : CallOptions
{
    /// <summary>Credentials to use instead of those that the configuration names (the sandbox's, a test's).</summary>
    public AwsCredentialsSource? Credentials { get; init; }

    /// <summary>Told of every attempt of every call.</summary>
    public Action<AwsCall>? Observer { get; init; }

    public AwsWaits Waits { get; init; } = new();
}
