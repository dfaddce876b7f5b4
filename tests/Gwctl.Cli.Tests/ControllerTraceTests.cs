using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.Kubernetes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Cli.Tests;

/// <summary>A collector receives what <c>controller</c>, a process of its own, traces.</summary>
public sealed class ControllerTraceTests
{
    [Fact]
    public async Task A_reconciliation_is_a_span_with_its_Gateway_and_plan_and_the_clouds_calls_below_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill(1).");
        var stop = TestContext.Current.CancellationToken;
        await using var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                Aws = new AwsOptions { Delays = AwsDelays.None },
                Kubernetes = new KubernetesOptions { Tls = false },
            },
            stop);
        var api = cloud.Kubernetes ?? throw new InvalidOperationException("There is no API server.");
        await using var collector = await Collector.StartAsync(stop);
        using var folder = new CliRunner();
        var kubeconfig = Path.Combine(folder.Root, "kubeconfig");
        api.WriteKubeconfig(kubeconfig);
        using var client = ClientOf(api);
        await SeedAsync(client, stop);

        using var process = Start(
            "controller", "--kubeconfig", kubeconfig, $"--endpoint-url=aws={cloud.Endpoint}", "--namespace", "default",
            $"--otlp-endpoint={collector.Address}");
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var isProgrammed = await IsProgrammedAsync(client, stop);
        // The Gateway says Programmed before its reconciliation ends: a signal in between would rightly be traced as
        // stopped.
        await WaitAsync(
            () => Task.FromResult(
                collector.Text.Contains(Attribute("gwctl.result", "applied"), StringComparison.Ordinal)),
            stop);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(stop);
        Assert.True(isProgrammed, await output);
        Assert.Equal(0, process.ExitCode);

        var plan = (await output).Split('\n')
            .Where(line => line.Contains("Applying: ", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line)?["plan"])
            .Select(value => value?.GetValue<string>() ?? "")
            .First();
        var spans = Assert.Single(collector.Paths.Distinct());
        Assert.Equal("/v1/traces application/x-protobuf", spans);
        AssertHas(collector, "service.name", "gwctl-controller");
        AssertHas(collector, "gwctl.gateway", "default/web");
        AssertHas(collector, "gwctl.plan", plan);
        AssertHas(collector, "gwctl.result", "applied");
        Assert.Contains("CreateLoadBalancer", collector.Text, StringComparison.Ordinal);
    }

    private static void AssertHas(Collector collector, string name, string value) =>
        Assert.Contains(Attribute(name, value), collector.Text, StringComparison.Ordinal);

    /// <summary>An attribute in protobuf: its name, then a message that holds a text, each after its length.</summary>
    private static string Attribute(string name, string value) =>
        $"{name}\x12{(char)(value.Length + 2)}\x0a{(char)value.Length}{value}";

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "gwctl"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("gwctl did not start.");
    }

    private static KubeClient ClientOf(KubernetesCloud api) => new(
        new KubeSettings { Server = api.Endpoint, Token = new KubeToken.Fixed(new SecretText(api.Token)) },
        new KubeClientOptions
        {
            Clock = TimeProvider.System,
            Random = () => 0.5,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        });

    private static readonly KubeResource Gateways =
        new("gateway.networking.k8s.io", "v1", "gateways", "Gateway", true);

    private static async Task SeedAsync(KubeClient client, CancellationToken stop)
    {
        foreach (var (resource, text) in new (KubeResource, string)[]
        {
            (new("gwctl.dev", "v1alpha1", "providerconfigs", "ProviderConfig", false), """
            {"metadata": {"name": "cloud"},
            "spec": {"provider": "aws", "owner": "test", "aws": {"region": "us-east-1"}}}
            """),
            (Gateways with { Plural = "gatewayclasses", Kind = "GatewayClass", IsNamespaced = false }, """
            {"metadata": {"name": "cloud"}, "spec": {"controllerName": "gwctl.dev/aws",
            "parametersRef": {"group": "gwctl.dev", "kind": "ProviderConfig", "name": "cloud"}}}
            """),
            (Gateways, """
            {"metadata": {"name": "web", "namespace": "default"}, "spec": {"gatewayClassName": "cloud",
            "listeners": [{"name": "http", "protocol": "HTTP", "port": 80}]}}
            """),
        })
        {
            await client.CreateAsync(resource, Assert.IsType<JsonObject>(JsonNode.Parse(text)), stop);
        }
    }

    private static Task<bool> IsProgrammedAsync(KubeClient client, CancellationToken stop) => WaitAsync(
        async () =>
        {
            var found = await client.GetAsync(Gateways, new ObjectName("default", "web"), stop);
            return found.Status?["conditions"] is JsonArray conditions && conditions.Any(item =>
                Json.Text(item, "type") is "Programmed" && Json.Text(item, "status") is "True");
        },
        stop);

    /// <summary>Whether it came true within a minute.</summary>
    private static async Task<bool> WaitAsync(Func<Task<bool>> isTrue, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < TimeSpan.FromSeconds(60);)
        {
            if (await isTrue())
            {
                return true;
            }

            await Task.Delay(50, stop);
        }

        return false;
    }

    /// <summary>Takes what is exported to it.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _server;
        private readonly ConcurrentQueue<string> _bodies = new();

        private Collector(WebApplication server) => _server = server;

        public ConcurrentQueue<string> Paths { get; } = new();

        public string Address =>
            _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First()
            ?? "";

        /// <summary>Each byte as one character.</summary>
        public string Text => string.Concat(_bodies);

        public static async Task<Collector> StartAsync(CancellationToken stop)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
            var collector = new Collector(builder.Build());
            collector._server.Run(collector.TakeAsync);
            await collector._server.StartAsync(stop);
            return collector;
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer);
            _bodies.Enqueue(Encoding.Latin1.GetString(buffer.ToArray()));
            Paths.Enqueue($"{context.Request.Path} {context.Request.ContentType}");
            context.Response.ContentType = "application/x-protobuf";
        }
    }
}
