using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Applying;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Testing.Clouds.Aws;

/// <summary>AWS. At an endpoint <c>AWS_REGION</c> and the default credential chain count.</summary>
public sealed class AwsUnderTest : IProviderUnderTest
{
    private static readonly AwsCredentialsSource s_testKeys = new AwsCredentialsSource.Static("test", "test");

    public string Name => AwsProvider.ProviderName;

    public EquatableList<HandChange> HandChanges => AwsHandChanges.All;

    public SandboxOptions Sandbox(string zone)
    {
        var roomy = TrialOptions.Of(null, Region, new DataPlaneOptions());
        return roomy with { Aws = roomy.Aws with { HostedZones = [zone], ChecksAnswers = true } };
    }

    public SandboxControls ControlsOf(SandboxCloud sandbox) => new(
        sandbox.Aws.Faults, () => sandbox.Aws.MutatingCalls, () => Objects(sandbox.Aws), sandbox.Aws.Reset);

    /// <summary>Deregistered targets need not drain: nobody's requests are lost with them.</summary>
    public string SettingsAt(Place place) => $$$"""
        {region: {{{Region}}}, targetGroupAttributes: {deregistration_delay.timeout_seconds: "0"}}
        """;

    public Compiled<IProvider> Create(ProviderConfigSpec config, Place place) =>
        AwsProvider.Create(config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = place.Endpoint,
            Credentials = CredentialsAt(place),
            LimitsRate = place.Endpoint is null,
            Waits = place.Endpoint is null ? new AwsWaits() : new AwsWaits
            {
                PauseMin = TimeSpan.FromMilliseconds(5),
                PauseMax = TimeSpan.FromMilliseconds(500),
                UnusedMax = TimeSpan.FromSeconds(5),
            },
        });

    public Task MakeForeignAsync(Place place, CancellationToken cancellationToken) =>
        AwsForeigners.MakeAsync(place, cancellationToken);

    public Task<string> ShowForeignAsync(Place place, CancellationToken cancellationToken) =>
        AwsForeigners.ShowAsync(place, cancellationToken);

    public Task DeleteForeignAsync(Place place, CancellationToken cancellationToken) =>
        AwsForeigners.DeleteAsync(place, cancellationToken);

    /// <summary>A raw client.</summary>
    public static AwsApi ApiAt(Place place) => new(new AwsApiOptions
    {
        Region = Region,
        Clock = TimeProvider.System,
        Random = Random.Shared.NextDouble,
        EndpointUrl = place.Endpoint,
        Credentials = CredentialsAt(place) ?? new AwsCredentialsSource.Default(),
        LimitsRate = place.Endpoint is null,
    });

    private static string Region => Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1";

    /// <summary>Null for the default chain.</summary>
    private static AwsCredentialsSource? CredentialsAt(Place place)
    {
        var hasKeys = Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is not null;
        return place.IsSandbox || (place.Endpoint is not null && !hasKeys) ? s_testKeys : null;
    }

    // The history of DNS changes only grows.
    private static string Objects(AwsCloud cloud) => string.Join('\n', cloud.Snapshot().Split('\n')
        .Where(line => !line.Split(' ')[0].EndsWith("/change", StringComparison.Ordinal)));
}
