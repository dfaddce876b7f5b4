using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Applying;

namespace Gwctl.Providers.Aws;

/// <summary>What the host gives the provider beside the configuration.</summary>
public sealed record AwsProviderOptions
{
    public required TimeProvider Clock { get; init; }

    /// <summary>Gives numbers from 0 up to, not including, 1; must be safe to call from several threads.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>One endpoint for every service instead of AWS's.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Credentials to use instead of those that the configuration names (the sandbox's, a test's).</summary>
    public AwsCredentialsSource? Credentials { get; init; }

    /// <summary>Where off, calls do not wait for the account's rate: for endpoints on loopback.</summary>
    public bool LimitsRate { get; init; } = true;

    public int AttemptsMax { get; init; } = 6;

    /// <summary>Told of every attempt of every call.</summary>
    public Action<AwsCall>? Observer { get; init; }

    public HttpMessageHandler? Handler { get; init; }

    public AwsWaits Waits { get; init; } = new();
}
