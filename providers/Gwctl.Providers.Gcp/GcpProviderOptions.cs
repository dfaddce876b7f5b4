using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;

namespace Gwctl.Providers.Gcp;

/// <summary>What the host gives the provider beside the configuration.</summary>
public sealed record GcpProviderOptions
{
    public required TimeProvider Clock { get; init; }

    /// <summary>Gives numbers from 0 up to, not including, 1; must be safe to call from several threads.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>One endpoint for every service instead of Google's.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Credentials to use instead of those that the configuration names (the sandbox's, a test's).</summary>
    public GcpCredentialsSource? Credentials { get; init; }

    /// <summary>Where off, calls do not wait for the project's rate: for endpoints on loopback.</summary>
    public bool LimitsRate { get; init; } = true;

    public int AttemptsMax { get; init; } = 6;

    /// <summary>Told of every attempt of every call.</summary>
    public Action<GcpCall>? Observer { get; init; }

    public HttpMessageHandler? Handler { get; init; }

    public GcpWaits Waits { get; init; } = new();
}
