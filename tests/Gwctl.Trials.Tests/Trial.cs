using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Applying;
using Gwctl.Providers.Gcp;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;

namespace Gwctl.Trials.Tests;

/// <summary>Specs taken through all stages to a throw-away cloud, and verified there.</summary>
internal static class Trial
{
    public const string Aws = AwsProvider.ProviderName;
    public const string Gcp = GcpProvider.ProviderName;

    public static RoutingModel ModelOf(params IEnumerable<SpecSource> sources) => ModelOf(Aws, sources);

    /// <param name="provider">For which everything is compiled, whatever the specs say.</param>
    public static RoutingModel ModelOf(string provider, IEnumerable<SpecSource> sources)
    {
        var specs = SpecReader.Read([.. sources]);
        Assert.NotNull(specs.Value);
        var topology = TopologyResolver.Resolve(
            specs.Value, new TopologyOptions { ProviderConfig = Fallback(provider), Provider = provider });
        Assert.NotNull(topology.Value);
        var model = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(model.Value);
        return model.Value;
    }

    /// <summary>One that is never asked to reach anything.</summary>
    public static IProvider Provider() =>
        Make(Fallback(Aws), new Uri("http://127.0.0.1:1")).Value ?? throw new InvalidOperationException();

    public static async Task<VerificationReport> VerifyAsync(RoutingModel model, CancellationToken cancellationToken)
    {
        var started = await TrialCloud.StartAsync(model, Make, TimeProvider.System, cancellationToken);
        Assert.True(
            started.Value is not null,
            string.Join('\n', started.Diagnostics.Where(
                found => !found.Code.StartsWith("GW3", StringComparison.Ordinal))));
        await using var cloud = started.Value;
        return await RoutingVerification.RunAsync(cloud, asked: null, cancellationToken);
    }

    /// <summary>Where the specs have none for the provider.</summary>
    private static ProviderConfigSpec Fallback(string provider)
    {
        var settings = provider is Gcp
            ? "{project: trial-project, region: us-east1, zones: [us-east1-b]}"
            : "{region: us-east-1}";
        var read = SpecReader.Read([new SpecSource("fallback.yaml",
            $$"""
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: trial}
            spec: {provider: {{provider}}, owner: trial, {{provider}}: {{settings}}}
            """)]);
        return Assert.Single(read.Value?.ProviderConfigs.AsEnumerable() ?? []);
    }

    private static Compiled<IProvider> Make(ProviderConfigSpec config, Uri endpoint) => config.Provider.Value is Gcp
        ? GcpProvider.Create(config, new GcpProviderOptions
        {
            Clock = TimeProvider.System,
            Random = System.Random.Shared.NextDouble,
            EndpointUrl = endpoint,
            LimitsRate = false,
            Waits = new GcpWaits
            {
                PauseMin = TimeSpan.FromMilliseconds(25),
                UncheckedMax = TimeSpan.FromMilliseconds(500),
            },
            Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
        })
        : AwsProvider.Create(config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = static () => 0.5,
            EndpointUrl = endpoint,
            LimitsRate = false,
            Waits = new AwsWaits { PauseMin = TimeSpan.FromMilliseconds(25) },
            Credentials = new AwsCredentialsSource.Static("test", "test"),
        });
}
