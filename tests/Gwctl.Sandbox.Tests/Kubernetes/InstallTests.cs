using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes;
using Gwctl.Testing;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>What <c>examples/in-cluster</c> installs.</summary>
public sealed class InstallTests
{
    private const string Account = "system:serviceaccount:gwctl-system:gwctl-controller";

    private static readonly string Folder = Repository.PathOf("examples", "in-cluster");

    public static TheoryData<string> Overlays =>
    [
        "base",
        .. Directory.EnumerateDirectories(Path.Combine(Folder, "overlays"))
            .Select(path => $"overlays/{Path.GetFileName(path)}").Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Components =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Folder, "components"))
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task It_is_built_and_applied_twice(string overlay)
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        var built = cluster.Write("built.yaml", await cluster.KubectlAsync("kustomize", Path.Combine(Folder, overlay)));
        await cluster.KubectlAsync("apply", "--server-side", "--force-conflicts", "-f", built);
        var version = cluster.Api.Version;
        var again = await cluster.KubectlAsync("apply", "--server-side", "-f", built);
        Assert.Equal(version, cluster.Api.Version);
        Assert.Contains("deployment.apps/gwctl-controller serverside-applied", again);
        await AssertHardenedAsync(cluster);
    }

    [Theory]
    [MemberData(nameof(Components))]
    public async Task Every_component_can_be_added(string component)
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();

        // kustomize reads only what is below the folder that it builds, or named relatively to it.
        var from = Path.GetRelativePath(cluster.Folder, Folder);
        cluster.Write("kustomization.yaml", $"""
            resources: ["{from}/base"]
            components: ["{from}/components/{component}"]
            """);
        var built = cluster.Write("built", await cluster.KubectlAsync("kustomize", cluster.Folder));
        await cluster.KubectlAsync("apply", "--server-side", "--force-conflicts", "-f", built);
        await AssertHardenedAsync(cluster);
    }

    [Theory]
    [InlineData("patch", "gateway.networking.k8s.io", "gateways/status", "", true)]
    [InlineData("patch", "gateway.networking.k8s.io", "gateways", "", true)]
    [InlineData("patch", "gateway.networking.k8s.io", "httproutes/status", "", true)]
    [InlineData("patch", "gateway.networking.k8s.io", "httproutes", "", false)]
    [InlineData("delete", "gateway.networking.k8s.io", "gateways", "", false)]
    [InlineData("watch", "discovery.k8s.io", "endpointslices", "", true)]
    [InlineData("update", "", "services", "", false)]
    [InlineData("get", "", "secrets", "", false)]
    [InlineData("list", "", "secrets", "shop", false)]
    [InlineData("list", "", "secrets", "certificates", true)]
    [InlineData("update", "coordination.k8s.io", "leases", "gwctl-system", true)]
    [InlineData("update", "coordination.k8s.io", "leases", "kube-system", false)]
    [InlineData("create", "events.k8s.io", "events", "shop", true)]
    [InlineData("create", "", "pods", "gwctl-system", false)]
    public async Task The_controllers_account_may_do_its_work_and_no_more(
        string verb, string group, string resource, string ns, bool allowed)
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync(new KubernetesOptions
        {
            EnforcesRbac = true, Users = [new KubernetesUser(Account, "t0ken", [])],
        });
        await cluster.CreateNamespaceAsync("certificates");
        await cluster.KubectlAsync("apply", "--server-side", "--force-conflicts", "-k", Path.Combine(Folder, "base"));
        await cluster.KubectlAsync(
            "create", "rolebinding", "gwctl", "-n", "certificates", "--clusterrole=gwctl-certificates",
            "--serviceaccount=gwctl-system:gwctl-controller");
        var parts = resource.Split('/');
        var review = await cluster.DoAsync(
            "POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            $$"""
            {"spec":{"user":"{{Account}}","resourceAttributes":{"verb":"{{verb}}","group":"{{group}}",
            "resource":"{{parts[0]}}","subresource":"{{(parts.Length > 1 ? parts[1] : "")}}","namespace":"{{ns}}"} } }
            """);
        Assert.Equal(allowed ? "true" : "false", review["status"]?["allowed"]?.ToString());
    }

    [Fact]
    public async Task Without_a_role_the_account_is_told_what_it_lacks()
    {
        await using var cluster = await Cluster.StartAsync(new KubernetesOptions
        {
            EnforcesRbac = true, Users = [new KubernetesUser(Account, "t0ken", [])],
        });
        using var client = cluster.ClientOf("t0ken");
        using var answer = await client.GetAsync("/api/v1/namespaces/shop/secrets", Cluster.Cancellation);
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Contains(
            $"User \\\"{Account}\\\" cannot list resource \\\"secrets\\\" in API group \\\"\\\" in the namespace "
            + "\\\"shop\\\"",
            await answer.Content.ReadAsStringAsync(Cluster.Cancellation));
    }

    private static async Task AssertHardenedAsync(Cluster cluster)
    {
        var deployment = await cluster.DoAsync(
            "GET", "/apis/apps/v1/namespaces/gwctl-system/deployments/gwctl-controller");
        var pod = deployment["spec"]?["template"]?["spec"];
        Assert.Equal("true", pod?["securityContext"]?["runAsNonRoot"]?.ToString());
        var container = Assert.Single(pod?["containers"] as JsonArray ?? []);
        Assert.Equal("true", container?["securityContext"]?["readOnlyRootFilesystem"]?.ToString());
        Assert.Equal("false", container?["securityContext"]?["allowPrivilegeEscalation"]?.ToString());
        Assert.Equal("""["ALL"]""", container?["securityContext"]?["capabilities"]?["drop"]?.ToJsonString());
        Assert.Equal("/readyz", container?["readinessProbe"]?["httpGet"]?["path"]?.ToString());
        Assert.Equal("/healthz", container?["livenessProbe"]?["httpGet"]?["path"]?.ToString());
        var selector = deployment["spec"]?["selector"]?["matchLabels"];
        Assert.True(JsonNode.DeepEquals(selector, deployment["spec"]?["template"]?["metadata"]?["labels"]));
        var budget = await cluster.DoAsync(
            "GET", "/apis/policy/v1/namespaces/gwctl-system/poddisruptionbudgets/gwctl-controller");
        Assert.True(JsonNode.DeepEquals(selector, budget["spec"]?["selector"]?["matchLabels"]));
    }
}
