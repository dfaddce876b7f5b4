using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Providers.Conformance.Aws;

/// <summary>Where the AWS suite runs: the sandbox in this process, or the endpoint that
/// <c>GWCTL_TEST_AWS_ENDPOINT</c> names (a real account's is <c>aws</c>). There <c>AWS_REGION</c> and the default
/// credential chain count, and <c>GWCTL_TEST_AWS_ZONE</c> names a hosted zone that the suite may write to.</summary>
internal sealed class AwsTarget : IAsyncDisposable
{
    private const string RealAws = "aws";

    private readonly SandboxCloud? _sandbox;

    private AwsTarget(
        SandboxCloud? sandbox, Uri? endpoint, string region, string? zone, AwsCredentialsSource? credentials)
    {
        (_sandbox, Endpoint, Region, Zone, Credentials) = (sandbox, endpoint, region, zone, credentials);
        Api = new AwsApi(new AwsApiOptions
        {
            Region = region,
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = endpoint,
            Credentials = credentials ?? new AwsCredentialsSource.Default(),
            LimitsRate = endpoint is null,
        });
    }

    public Uri? Endpoint { get; }

    public string Region { get; }

    /// <summary>A hosted zone's name; null where none may be written to.</summary>
    public string? Zone { get; }

    public AwsCredentialsSource? Credentials { get; }

    public AwsApi Api { get; }

    public static async Task<AwsTarget> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("GWCTL_TEST_AWS_ENDPOINT") is { Length: > 0 } endpoint)
        {
            var region = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1";
            var hasKeys = endpoint is RealAws || Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is not null;
            return new AwsTarget(
                null,
                endpoint is RealAws ? null : new Uri(endpoint),
                region,
                Environment.GetEnvironmentVariable("GWCTL_TEST_AWS_ZONE"),
                hasKeys ? null : new AwsCredentialsSource.Static("test", "test"));
        }

        var options = new AwsOptions { Delays = AwsDelays.None, HostedZones = ["conformance.example.com"] };
        var sandbox =
            await SandboxCloud.StartAsync(new SandboxOptions { Aws = options }, TestContext.Current.CancellationToken);
        return new AwsTarget(
            sandbox,
            sandbox.Endpoint,
            options.Region,
            options.HostedZones[0],
            new AwsCredentialsSource.Static("test", "test"));
    }

    /// <summary>An endpoint that somebody started for the suite.</summary>
    public static AwsTarget At(Uri endpoint, string zone) =>
        new(null, endpoint, "us-east-1", zone, new AwsCredentialsSource.Static("test", "test"));

    public string Config => $$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: conformance}
        spec:
          provider: aws
          owner: gwctl-conformance
          {{(Zone is null ? "" : $"dns: {{zones: [{{name: {Zone}}}]}}")}}
          aws: {region: {{Region}}}
        """;

    public Compiled<IProvider> NewProvider(ProviderConfigSpec config) =>
        AwsProvider.Create(config, new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = Endpoint,
            Credentials = Credentials,
            LimitsRate = Endpoint is null,
            Waits = Endpoint is null
            ? new()
            : new() { PauseMin = TimeSpan.FromMilliseconds(10), PauseMax = TimeSpan.FromMilliseconds(500) },
        });

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }
}
