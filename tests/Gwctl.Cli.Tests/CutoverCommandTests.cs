using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Core;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Cli.Tests;

// Goal: the whole way on the command line, each command a process of its own.
public sealed class CutoverCommandTests : IDisposable
{
    private const string Specs = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          gatewayClassName: cloud
          listeners: [{name: http, protocol: HTTP, port: 80, hostname: shop.example.com}]
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: Cutover
        metadata: {name: shop, namespace: shop}
        spec:
          hostnames: [shop.example.com]
          to: {gatewayRef: {name: web}}
          steps: [{weight: 10, pause: 24h}, {weight: 20, pause: }, {weight: 100, allowJump: true}]
        """;

    private const string Project = "gwctl-sandbox";

    private readonly CliRunner _runner = new();

    private string Cloud => Path.Combine(_runner.Root, "cloud");

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData("aws", "A gwctl-old 90 203.0.113.10 TTL 60")]
    [InlineData("gcp", "A 90 203.0.113.10 TTL 60")]
    public async Task From_apply_to_rollback(string provider, string member)
    {
        _runner.Write("specs.yaml", Specs.Replace("gwctl.dev/aws", $"gwctl.dev/{provider}", StringComparison.Ordinal));
        await (provider is "aws" ? CreateRecordAsync() : CreateRecordSetAsync());
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", "--auto-approve")).Exit);

        var plan = await RunAsync("cutover", "plan");
        Assert.True(plan.Exit is ExitCode.Done, plan.Error);
        Assert.Contains("step 1: 10 percent to the new side", plan.Output, StringComparison.Ordinal);
        Assert.Contains("a person ('gwctl cutover resume')", plan.Output, StringComparison.Ordinal);
        Assert.Contains(member, plan.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Error, (await RunAsync("cutover", "step")).Exit);
        Assert.Equal(ExitCode.Done, (await RunAsync("cutover", "start")).Exit);
        var step = await RunAsync("cutover", "step", "-o", "markdown");
        Assert.Equal(ExitCode.Done, step.Exit);
        Assert.StartsWith("## gwctl cutover\n", step.Output, StringComparison.Ordinal);
        Assert.Contains("| 10% |", step.Output, StringComparison.Ordinal);

        var status = JsonDocument.Parse((await RunAsync("cutover", "status", "-o", "json")).Output).RootElement;
        var name = status.GetProperty("cutovers")[0].GetProperty("hostnames")[0];
        Assert.Equal("waiting", name.GetProperty("outcome").GetString());
        Assert.Equal(10, name.GetProperty("progress").GetProperty("weight").GetInt32());

        Assert.Equal(ExitCode.Done, (await RunAsync("cutover", "rollback")).Exit);
        var halted = await RunAsync("cutover", "step");
        Assert.Equal(ExitCode.CutoverHalted, halted.Exit);
        Assert.Contains("GW8022", halted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_on_metrics_that_nobody_reads_is_refused_before_anything_is_written()
    {
        _runner.Write(
            "specs.yaml",
            Specs.Replace("gwctl.dev/aws", "gwctl.dev/gcp", StringComparison.Ordinal)
            + "\n  gates: [{name: errors, metrics: {errorPercentMax: 2}}]\n");
        await CreateRecordSetAsync();
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", "--auto-approve")).Exit);

        var plan = await RunAsync("cutover", "plan");
        var start = await RunAsync("cutover", "start");

        Assert.Equal((ExitCode.Error, ExitCode.Error), (plan.Exit, start.Exit));
        Assert.Contains("GW8010", plan.Output + plan.Error, StringComparison.Ordinal);
        Assert.Contains("GW8010", start.Output + start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_cutover_it_says_so()
    {
        _runner.Write("specs.yaml", Specs);

        var run = await RunAsync("cutover", "status", "--name", "other");

        Assert.Equal(ExitCode.Error, run.Exit);
        Assert.Contains("GW7500", run.Error, StringComparison.Ordinal);
        Assert.Contains("shop/shop", run.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> RunAsync(params string[] arguments) => _runner.RunAsync(
        [.. arguments, "-f", Path.Combine(_runner.Root, "specs.yaml"), $"--sandbox={Cloud}", "--no-color"]);

    private async Task CreateRecordSetAsync()
    {
        await using var sandbox = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                StateDirectory = Cloud,
                Gcp = new GcpOptions { ManagedZones = [new GcpZone(Project, "example-com", "example.com.")] },
            },
            TestContext.Current.CancellationToken);
        using var api = new GcpApi(new GcpApiOptions
        {
            Project = Project,
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = sandbox.Endpoint,
            Credentials = new GcpCredentialsSource.Token(new SecretText("test")),
            LimitsRate = false,
        });
        await api.Dns.CreateChangeAsync(
            "example-com",
            new JsonObject
            {
                ["additions"] = new JsonArray(new JsonObject
                {
                    ["name"] = "shop.example.com.",
                    ["type"] = "A",
                    ["ttl"] = 60,
                    ["rrdatas"] = new JsonArray("203.0.113.10"),
                }),
            },
            TestContext.Current.CancellationToken);
    }

    private async Task CreateRecordAsync()
    {
        await using var sandbox = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                StateDirectory = Cloud,
                Aws = new AwsOptions
                {
                    HostedZones = ["example.com"],
                    Credentials = [new AwsCredential(EmbeddedCloud.AccessKeyId, EmbeddedCloud.SecretAccessKey)],
                },
            },
            TestContext.Current.CancellationToken);
        using var api = new AwsApi(new AwsApiOptions
        {
            Region = "us-east-1",
            Clock = TimeProvider.System,
            Random = () => 0,
            EndpointUrl = sandbox.Endpoint,
            Credentials = new AwsCredentialsSource.Static(EmbeddedCloud.AccessKeyId, EmbeddedCloud.SecretAccessKey),
            LimitsRate = false,
        });
        var zones = await api.Route53.ListHostedZonesAsync(new(), TestContext.Current.CancellationToken);
        await api.Route53.ChangeResourceRecordSetsAsync(
            new()
            {
                HostedZoneId = zones.HostedZones.Single().Id,
                ChangeBatch = new ChangeBatch
                {
                    Changes =
                    [
                        new Change
                        {
                            Action = ChangeAction.CREATE,
                            ResourceRecordSet = new ResourceRecordSet
                            {
                                Name = "shop.example.com",
                                Type = RRType.A,
                                TTL = 60,
                                ResourceRecords = [new ResourceRecord { Value = "203.0.113.10" }],
                            },
                        },
                    ],
                },
            },
            TestContext.Current.CancellationToken);
    }
}
