using System.Net;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Gcp;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;

namespace Gwctl.Cli;

/// <summary>How to reach a provider's cloud, beside what its ProviderConfig says.</summary>
public sealed record ProviderConnection
{
    /// <summary>Another endpoint for all of the provider's services; null for the real ones.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>True for the embedded cloud: its own fixed credentials instead of the environment's.</summary>
    public bool Sandbox { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Numbers from 0 up to, not including, 1; from any thread.</summary>
    public required Func<double> Random { get; init; }
}

/// <summary>Makes a provider for a configuration.</summary>
public delegate Compiled<IProvider> ProviderMaker(ProviderConfigSpec config, ProviderConnection connection);

/// <summary>A provider that gwctl has.</summary>
/// <param name="Name">As ProviderConfigs and <c>--provider</c> name it.</param>
public sealed record ProviderEntry(string Name, ProviderMaker Make)
{
    /// <summary>How far each feature of the Gateway API goes there; empty where nothing is said.</summary>
    public EquatableList<FeatureSupport> Capabilities { get; init; } = [];

    /// <summary>The <c>spec</c> section of the ProviderConfig that <c>--sandbox</c> uses where the specs name none:
    /// YAML, indented as there.</summary>
    public string SandboxSettings { get; init; } = "";

    /// <summary>Says what the provider reads of its section in a ProviderConfig; null where it does not say.</summary>
    public Func<SectionShape>? Settings { get; init; }
}

/// <summary>How to start the embedded cloud.</summary>
public sealed record SandboxStart
{
    /// <summary>Absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>What it must fit: accounts, regions and projects are the sandbox's own where no configuration names
    /// them.</summary>
    public EquatableList<ProviderConfigSpec> Configs { get; init; } = [];

    /// <summary>DNS zones that must exist.</summary>
    public EquatableList<string> Zones { get; init; } = [];

    /// <summary>Its load balancers really listen and forward.</summary>
    public bool DataPlane { get; init; }

    /// <summary>The port of a Kubernetes API, 0 for any free one; null: none is served.</summary>
    public int? KubernetesPort { get; init; }

    /// <summary>The loopback port that its zones are served at by DNS; 0 takes any free one, null serves them
    /// nowhere.</summary>
    public int? DnsPort { get; init; }

    public required TimeProvider Clock { get; init; }
}

/// <summary>An embedded cloud that serves.</summary>
public interface IRunningSandbox : IAsyncDisposable
{
    Uri Endpoint { get; }

    /// <summary>Where its Kubernetes API is served; null where there is none.</summary>
    Uri? KubernetesEndpoint { get; }

    /// <summary>Writes a file by which kubectl finds the Kubernetes API, for its owner alone to read.</summary>
    void WriteKubeconfig(string path);

    /// <summary>Where its zones are served by DNS; null where they are not.</summary>
    IPEndPoint? Dns { get; }

    /// <summary>Tells where its load balancers listen: now, and again whenever that changes, from any thread.</summary>
    void Watch(Action<EquatableList<SandboxListener>> told);
}

/// <summary>Starts the embedded cloud.</summary>
/// <exception cref="IOException">The directory is in use, or the port is taken.</exception>
public delegate Task<IRunningSandbox> SandboxStarter(SandboxStart start, CancellationToken cancellationToken);

/// <summary>Everything exchangeable that the program is made of: the one list of providers, and the embedded
/// cloud.</summary>
public sealed record Composition(IReadOnlyList<ProviderEntry> Providers, SandboxStarter Sandbox)
{
    public static readonly Composition Default =
        new(
            [
                new(AwsProvider.ProviderName, MakeAws)
                {
                    Capabilities = Gwctl.Providers.Aws.Capabilities.OfSuite,
                    Settings = Gwctl.Providers.Aws.SettingsDecoder.Explore,
                    SandboxSettings =
                        """
                          aws:
                            region: us-east-1
                        """,
                },
                new(GcpProvider.ProviderName, MakeGcp)
                {
                    Capabilities = Gwctl.Providers.Gcp.Capabilities.OfSuite,
                    Settings = Gwctl.Providers.Gcp.SettingsDecoder.Explore,
                    SandboxSettings =
                        $"""
                          gcp:
                            project: {EmbeddedCloud.Project}
                            region: us-central1
                            zones: [us-central1-a]
                            networkEndpointType: NON_GCP_PRIVATE_IP_PORT
                        """,
                },
            ],
            EmbeddedCloud.StartAsync);

    /// <summary>The provider that the configuration names; where there is no such, an error that names those that there
    /// are.</summary>
    /// <param name="connect">How to reach the provider of this name.</param>
    public Compiled<IProvider> Make(ProviderConfigSpec config, Func<string, ProviderConnection> connect) =>
        Providers.FirstOrDefault(provider => provider.Name == config.Provider.Value) is { } entry
            ? entry.Make(config, connect(entry.Name))
            : Compiled.From<IProvider>(
                null, [CliDiagnostics.ProviderUnknown(config.Provider, Providers.Select(provider => provider.Name))]);

    private static Compiled<IProvider> MakeAws(ProviderConfigSpec config, ProviderConnection connection) =>
        AwsProvider.Create(config, new AwsProviderOptions
        {
            Clock = connection.Clock,
            Random = connection.Random,
            EndpointUrl = connection.Endpoint,
            LimitsRate = connection.Endpoint is not { IsLoopback: true },
            Credentials = connection.Sandbox
                ? new AwsCredentialsSource.Static(EmbeddedCloud.AccessKeyId, EmbeddedCloud.SecretAccessKey)
                : null,
        });

    private static Compiled<IProvider> MakeGcp(ProviderConfigSpec config, ProviderConnection connection) =>
        GcpProvider.Create(config, new GcpProviderOptions
        {
            Clock = connection.Clock,
            Random = connection.Random,
            EndpointUrl = connection.Endpoint,
            LimitsRate = connection.Endpoint is not { IsLoopback: true },
            Credentials = connection.Sandbox
                ? new GcpCredentialsSource.Token(new SecretText(EmbeddedCloud.AccessToken))
                : null,

            // The sandbox checks health at once, or not at all.
            Waits = connection.Sandbox ? new GcpWaits { UncheckedMax = TimeSpan.FromSeconds(2) } : new GcpWaits(),
        });
}
