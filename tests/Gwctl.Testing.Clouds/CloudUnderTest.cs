using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Testing.Clouds;

/// <summary>A cloud that a test works in: the provider's sandbox, or the endpoint of the environment.</summary>
public sealed class CloudUnderTest : IAsyncDisposable
{
    private CloudUnderTest(IProviderUnderTest provider, Place place, SandboxCloud? sandbox)
    {
        (Provider, Place, Sandbox) = (provider, place, sandbox);
        Controls = sandbox is null ? null : provider.ControlsOf(sandbox);
    }

    public IProviderUnderTest Provider { get; }

    public Place Place { get; }

    /// <summary>Null at an endpoint.</summary>
    public SandboxCloud? Sandbox { get; }

    /// <summary>Null at an endpoint.</summary>
    public SandboxControls? Controls { get; }

    /// <summary>A ProviderConfig for this place.</summary>
    public string Config => $$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: {{Place.Owner}}}
        spec:
          provider: {{Provider.Name}}
          owner: {{Place.Owner}}
          {{(Place.Zone is null ? "" : $"dns: {{zones: [{{name: {Place.Zone}}}]}}")}}
          {{Provider.Name}}: {{Provider.SettingsAt(Place)}}
        """;

    /// <summary>The endpoint where the environment names one, and a sandbox otherwise.</summary>
    public static async Task<CloudUnderTest> StartAsync(
        IProviderUnderTest provider, string owner, string zone, DataPlaneOptions? dataPlane,
        CancellationToken cancellationToken) =>
        Place.OfEnvironment(provider.Name, owner) is { } place
            ? new CloudUnderTest(provider, place, null)
            : await StartSandboxAsync(provider, owner, zone, dataPlane, cancellationToken);

    /// <summary>An endpoint that somebody started.</summary>
    public static CloudUnderTest At(IProviderUnderTest provider, Place place) => new(provider, place, null);

    public static async Task<CloudUnderTest> StartSandboxAsync(
        IProviderUnderTest provider, string owner, string zone, DataPlaneOptions? dataPlane,
        CancellationToken cancellationToken)
    {
        var options = provider.Sandbox(zone) with { DataPlane = dataPlane };
        var sandbox = await SandboxCloud.StartAsync(options, cancellationToken);
        var place = new Place(owner, sandbox.Endpoint, zone, IsSandbox: true) { IsServed = dataPlane is not null };
        return new CloudUnderTest(provider, place, sandbox);
    }

    public Compiled<IProvider> Create(ProviderConfigSpec config) => Provider.Create(config, Place);

    public ValueTask DisposeAsync() => Sandbox?.DisposeAsync() ?? ValueTask.CompletedTask;
}
