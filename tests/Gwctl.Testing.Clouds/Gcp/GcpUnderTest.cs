using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Applying;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Testing.Clouds.Gcp;

/// <summary>Google Cloud. At an endpoint <c>GOOGLE_CLOUD_PROJECT</c>, <c>GOOGLE_CLOUD_REGION</c> and the application
/// default credentials count; <c>GWCTL_TEST_GCP_TOKEN</c> is a token to use instead of these.</summary>
public sealed class GcpUnderTest : IProviderUnderTest
{
    private const string SandboxProject = "conformance-1";

    public string Name => GcpProvider.ProviderName;

    public EquatableList<HandChange> HandChanges => GcpHandChanges.All;

    public SandboxOptions Sandbox(string zone)
    {
        var roomy = TrialOptions.Of(null, null, new DataPlaneOptions());
        return roomy with
        {
            Gcp = roomy.Gcp with
            {
                ManagedZones = [new GcpZone(SandboxProject, zone.Replace('.', '-'), $"{zone}.")],
                ChecksAnswers = true,
            },
        };
    }

    public SandboxControls ControlsOf(SandboxCloud sandbox) => new(
        sandbox.Gcp.Faults, () => sandbox.Gcp.MutatingCalls, sandbox.Gcp.Snapshot, sandbox.Gcp.Reset);

    public string? MissingAt(Place place) =>
        place.IsSandbox || Project is not null ? null : "GOOGLE_CLOUD_PROJECT names no project";

    /// <summary>Endpoints of the kind that stands for addresses outside of Google Cloud: no machines need to be
    /// there.</summary>
    public string SettingsAt(Place place) => $$"""
        {project: {{ProjectAt(place)}}, region: {{Region}}, zones: [{{Region}}-a],
          networkEndpointType: NON_GCP_PRIVATE_IP_PORT}
        """.ReplaceLineEndings(" ");

    public Compiled<IProvider> Create(ProviderConfigSpec config, Place place) =>
        GcpProvider.Create(config, new GcpProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = place.Endpoint,
            Credentials = CredentialsAt(place),
            LimitsRate = place.Endpoint is null,
            Waits = place.Endpoint is null ? new GcpWaits() : new GcpWaits
            {
                PauseMin = TimeSpan.FromMilliseconds(5),
                PauseMax = TimeSpan.FromMilliseconds(50),
                EndpointsHealthyMax = TimeSpan.FromSeconds(5),
                UncheckedMax = TimeSpan.FromMilliseconds(place.IsServed ? 3_000 : 60),
                DrainedMax = TimeSpan.FromMilliseconds(place.IsServed ? 1_000 : 20),
                UnusedMax = TimeSpan.FromSeconds(5),
            },
        });

    public Task MakeForeignAsync(Place place, CancellationToken cancellationToken) =>
        GcpForeigners.MakeAsync(place, cancellationToken);

    public Task<string> ShowForeignAsync(Place place, CancellationToken cancellationToken) =>
        GcpForeigners.ShowAsync(place, cancellationToken);

    public Task DeleteForeignAsync(Place place, CancellationToken cancellationToken) =>
        GcpForeigners.DeleteAsync(place, cancellationToken);

    /// <summary>A raw client.</summary>
    public static GcpApi ApiAt(Place place) => new(new GcpApiOptions
    {
        Project = ProjectAt(place),
        Clock = TimeProvider.System,
        Random = Random.Shared.NextDouble,
        EndpointUrl = place.Endpoint,
        Credentials = CredentialsAt(place) ?? new GcpCredentialsSource.Default(),
        LimitsRate = place.Endpoint is null,
        OperationPauseMin = TimeSpan.FromMilliseconds(place.IsSandbox ? 5 : 500),
    });

    public static string ProjectAt(Place place) => place.IsSandbox ? SandboxProject : Project ?? SandboxProject;

    /// <summary>What a load balancer for HTTP and HTTPS is made of.</summary>
    public static EquatableList<ComputeCollection> Collections =>
    [
        ComputeCollection.Addresses, ComputeCollection.ForwardingRules, ComputeCollection.TargetHttpProxies,
        ComputeCollection.TargetHttpsProxies, ComputeCollection.SslCertificates, ComputeCollection.UrlMaps,
        ComputeCollection.BackendServices, ComputeCollection.HealthChecks, ComputeCollection.NetworkEndpointGroups,
    ];

    public static string Region => Environment.GetEnvironmentVariable("GOOGLE_CLOUD_REGION") ?? "us-central1";

    private static string? Project => Environment.GetEnvironmentVariable("GOOGLE_CLOUD_PROJECT");

    /// <summary>Null for the application default ones.</summary>
    private static GcpCredentialsSource? CredentialsAt(Place place)
    {
        var token = Environment.GetEnvironmentVariable("GWCTL_TEST_GCP_TOKEN");
        return place.IsSandbox ? new GcpCredentialsSource.Token(new SecretText("test"))
            : token is null ? null
            : new GcpCredentialsSource.Token(new SecretText(token));
    }
}
