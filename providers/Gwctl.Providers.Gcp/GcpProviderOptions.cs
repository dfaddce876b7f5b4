using Gwctl.Engine.Calls;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;

namespace Gwctl.Providers.Gcp;

/// <summary>What the host gives the provider beside the configuration.</summary>
public sealed record GcpProviderOptions : CallOptions
{
    /// <summary>Credentials to use instead of those that the configuration names (the sandbox's, a test's).</summary>
    public GcpCredentialsSource? Credentials { get; init; }

    /// <summary>Told of every attempt of every call.</summary>
    public Action<GcpCall>? Observer { get; init; }

    public GcpWaits Waits { get; init; } = new();
}
