using System.Text.RegularExpressions;
using Gwctl.Testing;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>What people do with kubectl.</summary>
public sealed partial class KubectlTests
{
    public static TheoryData<string> Examples => [.. Repository.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_is_applied_changed_by_nobody_and_deleted(string example)
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        var folder = Repository.PathOf("examples", example);
        await CreateNamespacesAsync(cluster, folder);
        var created = Lines(await cluster.KubectlAsync("apply", "-R", "-f", folder));
        Assert.All(created, line => Assert.Matches("(created|configured|unchanged)$", line));
        var version = cluster.Api.Version;
        await cluster.KubectlAsync("apply", "-R", "-f", folder);
        Assert.Equal(version, cluster.Api.Version);

        // Lists with one owner that got defaults differ from what is applied: that takes force, as in any cluster.
        var taken = Lines(await cluster.KubectlAsync(
            "apply", "--server-side", "--force-conflicts", "-R", "-f", folder));
        Assert.All(taken, line => Assert.EndsWith("serverside-applied", line));
        Assert.Equal(created.Count, taken.Count);
        await cluster.KubectlAsync("get", "gateways,httproutes", "-A", "-o", "wide");
        await cluster.KubectlAsync("delete", "--ignore-not-found", "-R", "-f", folder);
        Assert.Equal("", await cluster.KubectlAsync("get", "gateways,httproutes,services", "-A", "-o", "name"));
    }

    [Fact]
    public async Task What_can_be_had_is_listed_and_explained()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        var resources = await cluster.KubectlAsync("api-resources");
        Assert.Matches(@"gateways +gtw +gateway\.networking\.k8s\.io/v1 +true +Gateway", resources);
        Assert.Matches(@"leases +coordination\.k8s\.io/v1 +true +Lease", resources);
        Assert.Contains("discovery.k8s.io/v1", Lines(await cluster.KubectlAsync("api-versions")));
        Assert.Contains("v1.33", await cluster.KubectlAsync("version"));
        Assert.Contains("listeners\t<[]Object> -required-", await cluster.KubectlAsync("explain", "gateway.spec"));
        Assert.Contains("holderIdentity", await cluster.KubectlAsync("explain", "lease.spec"));
        Assert.Contains("yes", await cluster.KubectlAsync("auth", "can-i", "delete", "gateways"));
    }

    [Fact]
    public async Task Objects_are_created_labelled_annotated_patched_and_edited()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        await cluster.KubectlAsync("create", "namespace", "shop");
        await cluster.KubectlAsync("create", "configmap", "a", "-n", "shop", "--from-literal=x=1");
        await cluster.KubectlAsync("create", "secret", "generic", "s", "-n", "shop", "--from-literal=x=1");
        await cluster.KubectlAsync("label", "configmap", "a", "-n", "shop", "team=web");
        await cluster.KubectlAsync("annotate", "configmap", "a", "-n", "shop", "note=here");
        await cluster.KubectlAsync("patch", "configmap", "a", "-n", "shop", "-p", """{"data":{"y":"2"}}""");
        cluster.WriteScript("editor.sh", "sed -i 's/x: \"1\"/x: \"3\"/' \"$1\"");
        Assert.Contains("edited", await cluster.KubectlAsync("edit", "configmap", "a", "-n", "shop"));
        var shown = await cluster.KubectlAsync(
            "get", "configmap", "-n", "shop", "-l", "team=web", "-o",
            "jsonpath={.items[0].data.x}{.items[0].data.y}{.items[0].metadata.annotations.note}");
        Assert.Equal("32here", shown);
        var secret = await cluster.KubectlAsync("get", "secret", "s", "-n", "shop", "-o", "jsonpath={.data.x}");
        Assert.Equal("MQ==", secret);
        await cluster.KubectlAsync("delete", "namespace", "shop");
        var (exit, _, error) = await cluster.TryKubectlAsync("get", "configmap", "a", "-n", "shop");
        Assert.Equal(1, exit);
        Assert.Matches("^Error from server \\(NotFound\\): .* not found$", error.Trim());
    }

    [Fact]
    public async Task Typos_are_refused_before_they_are_kept()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        var file = cluster.Write("gateway.yaml", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: web}
            spec:
              gatewayClassName: cloud
              listeners:
              - {name: http, port: 80, protocol: HTTP, hostnam: a.example.com}
            """);
        var (exit, _, error) = await cluster.TryKubectlAsync("apply", "-f", file);
        Assert.Equal(1, exit);
        Assert.Contains("strict decoding error: unknown field \"spec.listeners[0].hostnam\"", error);
    }

    [Fact]
    public async Task Conditions_and_deletions_are_waited_for()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        await cluster.KubectlAsync("create", "namespace", "shop");
        await cluster.KubectlAsync("apply", "-R", "-f", Repository.PathOf("examples", "quickstart"));
        var (exit, _, _) = await cluster.TryKubectlAsync(
            "wait", "--for=condition=Programmed", "gateway/web", "-n", "shop", "--timeout=1s");
        Assert.Equal(1, exit);
        var waiting = cluster.KubectlAsync(
            "wait", "--for=condition=Programmed", "gateway/web", "-n", "shop", "--timeout=30s");
        await cluster.KubectlAsync(
            "patch", "gateway", "web", "-n", "shop", "--subresource=status", "--type=merge", "-p",
            """
            {"status":{"addresses":[{"type":"Hostname","value":"lb.example.com"}],"conditions":[{"type":"Programmed",
            "status":"True","reason":"Programmed","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
            """);
        Assert.Contains("condition met", await waiting);
        Assert.Matches(@"web +cloud +lb\.example\.com +True", await cluster.KubectlAsync("get", "gtw", "-n", "shop"));
        await cluster.KubectlAsync(
            "patch", "gateway", "web", "-n", "shop", "--type=merge", "-p",
            """{"metadata":{"finalizers":["gwctl.dev/x"]}}""");
        var gone = cluster.KubectlAsync("delete", "gateway", "web", "-n", "shop");
        await cluster.KubectlAsync(
            "wait", "--for=jsonpath={.metadata.deletionGracePeriodSeconds}=0", "gateway/web", "-n", "shop");
        await cluster.KubectlAsync(
            "patch", "gateway", "web", "-n", "shop", "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");
        Assert.Contains("deleted", await gone);
    }

    [Fact]
    public async Task Changes_are_watched()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        using var process = cluster.StartKubectl("get", "configmaps", "--watch", "-o", "name");
        try
        {
            await cluster.CreateConfigAsync("a");
            Assert.Equal("configmap/a", await process.StandardOutput.ReadLineAsync(Cluster.Cancellation));
            cluster.Api.DropWatches();
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cluster.Cancellation);
        }
    }

    [Fact]
    public async Task A_conflict_of_owners_is_shown_and_can_be_forced()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        var file = cluster.Write(
            "config.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1'}}");
        await cluster.KubectlAsync("apply", "--server-side", "--field-manager=ci", "-f", file);
        File.WriteAllText(file, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '2'}}");
        var (exit, _, error) = await cluster.TryKubectlAsync("apply", "--server-side", "-f", file);
        Assert.Equal(1, exit);
        Assert.Contains("Apply failed with 1 conflict: conflict with \"ci\" using v1: .data.x", error);
        await cluster.KubectlAsync("apply", "--server-side", "--force-conflicts", "-f", file);
        Assert.Equal("2", await cluster.KubectlAsync("get", "configmap", "a", "-o", "jsonpath={.data.x}"));
    }

    private static async Task CreateNamespacesAsync(Cluster cluster, string folder)
    {
        var names = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .SelectMany(file => NamespaceForm().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            await cluster.CreateNamespaceAsync(name);
        }
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"namespace: (?<name>[a-z0-9-]+)")]
    private static partial Regex NamespaceForm();
}
