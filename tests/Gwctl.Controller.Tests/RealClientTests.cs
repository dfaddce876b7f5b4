using System.Diagnostics;
using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Kubernetes.Config;
using Gwctl.Testing;

namespace Gwctl.Controller.Tests;

/// <summary>With what people use: kubectl, and a cluster of their own.</summary>
public sealed class RealClientTests
{
    private const string Sandbox =
        """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: fallback}
        spec: {provider: aws, owner: test, aws: {region: us-east-1}}
        """;

    [Fact]
    public async Task Kubectl_applies_an_example_waits_for_it_and_deletes_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl"), "kubectl is not installed");
        // kubectl sends its token over TLS only.
        await using var world = await ClusterWorld.StartAsync(dataPlane: true, tls: true);
        var config = Path.Combine(Directory.CreateTempSubdirectory("gwctl-kubectl-").FullName, "config");
        world.Kubernetes.WriteKubeconfig(config);
        var fallback = Assert.Single(
            SpecReader.Read([new SpecSource("test", Sandbox)]).Value?.ProviderConfigs ?? []);
        world.Run(change: options => options with { ProviderConfig = fallback });
        await world.DeleteAsync("GatewayClass", "cloud");

        await KubectlAsync(config, "apply", "-f", Repository.PathOf("examples", "quickstart"));
        await KubectlAsync(
            config, "wait", "--for=condition=Programmed", "gateway/web", "-n", "shop", "--timeout=60s");
        var address = await KubectlAsync(
            config, "get", "gateway", "web", "-n", "shop", "-o", "jsonpath={.status.addresses[0].value}");
        await world.DataPlane.SettleAsync(TestContext.Current.CancellationToken);
        var endpoint = Assert.Single(world.DataPlane.Endpoints);
        Assert.Equal(address, endpoint.DnsName);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{endpoint.Address}/api/x"));
        request.Headers.Host = "shop.example.com";
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);

        await KubectlAsync(config, "delete", "gateway", "web", "-n", "shop", "--timeout=60s");
        Assert.Equal(0, world.CloudObjects);
    }

    /// <summary>A cluster to throw away, with the Gateway API's and gwctl's definitions, and the embedded
    /// cloud.</summary>
    [Fact]
    public async Task A_real_cluster_is_served_from_creation_to_deletion()
    {
        var path = Environment.GetEnvironmentVariable("GWCTL_TEST_KUBECONFIG");
        Assert.SkipWhen(string.IsNullOrEmpty(path), "GWCTL_TEST_KUBECONFIG names no cluster");
        var settings = KubeConfig.Read([path], context: null);
        Assert.True(settings.Succeeded, string.Join(' ', settings.Diagnostics));
        await using var world = await ClusterWorld.StartAsync(cluster: settings.Value);
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        world.Run();
        var gateway = await world.ProgrammedAsync(patience: TimeSpan.FromMinutes(2));
        Assert.NotNull(gateway?.Status?["addresses"]?[0]);
        await world.UntilAsync("HTTPRoute", "store", found => found?.Status?["parents"] is JsonArray { Count: 1 });
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null, TimeSpan.FromMinutes(2));
        Assert.Equal(0, world.CloudObjects);
        await world.DeleteAsync("HTTPRoute", "store");
        await world.DeleteAsync("GatewayClass", "cloud");
    }

    private static async Task<string> KubectlAsync(string config, params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KUBECONFIG"] = config },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("kubectl did not start.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode is 0, $"kubectl {string.Join(' ', arguments)}: {await output} {await error}");
        return await output;
    }
}
