using System.Diagnostics;
using System.Text;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>A cluster of the size that a controller must live with.</summary>
public sealed class LoadTests
{
    private const int RouteCount = 5_000;
    private const int GatewayCount = 200;
    private const int WatcherCount = 5;
    private const string Base = "/apis/gateway.networking.k8s.io/v1/namespaces/default";

    [Fact]
    public async Task Thousands_of_routes_are_written_listed_and_watched()
    {
        await using var cluster = await Cluster.StartAsync(new KubernetesOptions { Tls = false });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var watches = new Watches();
        for (var index = 0; index < WatcherCount; index++)
        {
            watches.Add(await cluster.WatchAsync($"{Base}/httproutes?watch=1&resourceVersion={cluster.Api.Version}"));
        }

        var counting = watches.CountAsync(RouteCount);
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, GatewayCount, Cluster.Cancellation, async (index, _) =>
            await PostAsync(cluster, "gateways", Gateway(index)));
        await Parallel.ForAsync(0, RouteCount, Cluster.Cancellation, async (index, _) =>
            await PostAsync(cluster, "httproutes", Route(index)));
        Assert.All(await counting, count => Assert.Equal(RouteCount, count));
        var written = clock.Elapsed;
        clock.Restart();
        var list = await cluster.Http.GetByteArrayAsync($"{Base}/httproutes", Cluster.Cancellation);
        var listed = clock.Elapsed;
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before - list.Length) / (RouteCount + GatewayCount);
        TestContext.Current.SendDiagnosticMessage(
            $"written in {written}, listed {list.Length:N0} bytes in {listed}, {held:N0} bytes held for each object");

        // Bounds with room for a busy machine: 100 changes a second are needed, several hundred are seen.
        Assert.True(written < TimeSpan.FromSeconds(RouteCount / 100), $"written in {written}");
        Assert.True(listed < TimeSpan.FromSeconds(5), $"listed in {listed}");
        Assert.True(held < 10_000, $"{held:N0} bytes held for each object");
    }

    private static async Task PostAsync(Cluster cluster, string resource, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await cluster.Http.PostAsync($"{Base}/{resource}", content, Cluster.Cancellation);
        Assert.Equal(201, (int)response.StatusCode);
    }

    private static string Gateway(int index) =>
        $$$"""
        {"metadata":{"name":"gateway-{{{index}}}"},"spec":{"gatewayClassName":"cloud","listeners":[
        {"name":"http","port":80,"protocol":"HTTP"},
        {"name":"https","port":443,"protocol":"HTTPS","hostname":"*.shop{{{index}}}.example.com",
        "tls":{"certificateRefs":[{"name":"cert-{{{index}}}"}]}}]}}
        """;

    private static string Route(int index) =>
        $$$"""
        {"metadata":{"name":"route-{{{index}}}","labels":{"team":"team-{{{index % 20}}}"}},
        "spec":{"parentRefs":[{"name":"gateway-{{{index % GatewayCount}}}"}],"hostnames":["r{{{index}}}.example.com"],
        "rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/api"}}],
        "backendRefs":[{"name":"api-{{{index}}}","port":8080}]},
        {"backendRefs":[{"name":"web-{{{index}}}","port":80,"weight":9},
        {"name":"new-{{{index}}}","port":80,"weight":1}]}]}}
        """;

    private sealed class Watches : IDisposable
    {
        private readonly List<Watch> _all = [];

        public void Add(Watch watch) => _all.Add(watch);

        public Task<int[]> CountAsync(int wanted) => Task.WhenAll(_all.Select(async watch =>
        {
            var count = 0;
            while (count < wanted && await watch.NextAsync() is not null)
            {
                count++;
            }

            return count;
        }));

        public void Dispose() => _all.ForEach(watch => watch.Dispose());
    }
}
