using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>Who is let in, what is denied, and what goes wrong on purpose.</summary>
public sealed class AccessTests
{
    private const string Configs = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Nobody_gets_in_without_a_token()
    {
        await using var cluster = await Cluster.StartAsync();
        using var stranger = cluster.ClientOf("wrong");
        using var refused = await stranger.GetAsync(Configs, Cluster.Cancellation);
        Assert.Equal(401, (int)refused.StatusCode);
        using var healthy = await stranger.GetAsync("/readyz", Cluster.Cancellation);
        Assert.Equal("ok", await healthy.Content.ReadAsStringAsync(Cluster.Cancellation));
    }

    [Fact]
    public async Task A_denied_request_is_told_who_what_and_where()
    {
        var user = new KubernetesUser("system:serviceaccount:gwctl:controller", "t0ken", []);
        await using var cluster = await Cluster.StartAsync(new KubernetesOptions
        {
            Users = [user],
            Denials = [new KubernetesDenial("patch", "gateway.networking.k8s.io", "gateways/status", User: user.Name)],
        });
        using var client = cluster.ClientOf(user.Token);
        using var body = new StringContent("{}", null, Cluster.MergePatch);
        using var denied = await client.PatchAsync(
            "/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/web/status", body, Cluster.Cancellation);
        Assert.Equal(403, (int)denied.StatusCode);
        Assert.Contains(
            "User \\\"system:serviceaccount:gwctl:controller\\\" cannot patch resource "
            + "\\\"gateways/status\\\" in API group \\\"gateway.networking.k8s.io\\\" in the namespace \\\"default\\\"",
            await denied.Content.ReadAsStringAsync(Cluster.Cancellation));
        using var allowed = await client.GetAsync(Configs, Cluster.Cancellation);
        Assert.Equal(200, (int)allowed.StatusCode);
    }

    [Fact]
    public async Task Reviews_tell_who_one_is_and_what_one_may_do()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Api.Deny(new KubernetesDenial("delete", "", "secrets"));
        var review = await cluster.DoAsync(
            "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """{"spec":{"resourceAttributes":{"verb":"delete","resource":"secrets","namespace":"default"}}}""");
        Assert.Equal("false", review["status"]?["allowed"]?.ToString());
        var token = await cluster.DoAsync(
            "POST", "/apis/authentication.k8s.io/v1/tokenreviews",
            $$$"""{"spec":{"token":"{{{cluster.Api.Token}}}"}}""");
        Assert.Equal(KubernetesCloud.Administrator, token["status"]?["user"]?["username"]?.ToString());
    }

    [Fact]
    public async Task Faults_come_as_planned()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Api.Faults = call => call.Verb is "list" ? new KubernetesFault.Throttle(3) : null;
        using (var throttled = await cluster.Http.GetAsync(Configs, Cluster.Cancellation))
        {
            Assert.Equal(429, (int)throttled.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(3), throttled.Headers.RetryAfter?.Delta);
        }

        cluster.Api.Faults = call => call.IsWrite ? new KubernetesFault.LoseConnection() : null;
        await Assert.ThrowsAsync<HttpRequestException>(() => cluster.CreateConfigAsync("a"));
        Assert.Equal(200, (await cluster.SendAsync("GET", $"{Configs}/a")).Status);
        cluster.Api.Faults = _ => new KubernetesFault.Unauthorized();
        Assert.Equal(401, (await cluster.SendAsync("GET", $"{Configs}/a")).Status);
    }

    [Fact]
    public async Task Expired_tokens_are_refused_until_they_are_renewed()
    {
        await using var cluster = await Cluster.StartAsync(
            new KubernetesOptions { Users = [new KubernetesUser("ci", "old", [])] });
        cluster.Api.SetUsers(new KubernetesUser("ci", "new", []));
        using var late = cluster.ClientOf("old");
        using var current = cluster.ClientOf("new");
        Assert.Equal(401, (int)(await late.GetAsync(Configs, Cluster.Cancellation)).StatusCode);
        Assert.Equal(200, (int)(await current.GetAsync(Configs, Cluster.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_restart_keeps_the_objects_and_the_place()
    {
        await using var cluster = await Cluster.StartAsync(new KubernetesOptions { Tls = false });
        await cluster.CreateConfigAsync("a");
        var endpoint = cluster.Api.Endpoint;
        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={cluster.Api.Version}");
        await cluster.Api.RestartAsync(TimeSpan.FromMilliseconds(100), Cluster.Cancellation);
        Assert.Null(await watch.NextAsync());
        Assert.Equal(endpoint, cluster.Api.Endpoint);
        Assert.Equal(200, (await cluster.SendAsync("GET", $"{Configs}/a")).Status);
    }

    [Fact]
    public async Task Everything_outlives_the_process()
    {
        var directory = Directory.CreateTempSubdirectory("gwctl-kubernetes-");
        try
        {
            string uid, token;
            long version;
            await using (var first = await Cluster.StartAsync(directory: directory.FullName))
            {
                var made = await first.CreateConfigAsync("a", data: """{"x":"\u00e4"}""");
                uid = made["metadata"]?["uid"]?.ToString() ?? "";
                (version, token) = (first.Api.Version, first.Api.Token);
            }

            await using var second = await Cluster.StartAsync(directory: directory.FullName);
            var kept = await second.DoAsync("GET", $"{Configs}/a");
            Assert.Equal(uid, kept["metadata"]?["uid"]?.ToString());
            Assert.Equal("ä", kept["data"]?["x"]?.ToString());
            Assert.Equal(token, second.Api.Token);
            Assert.Equal(version, second.Api.Version);
            if (!OperatingSystem.IsWindows())
            {
                var folder = Path.Combine(directory.FullName, "kubernetes");
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    File.GetUnixFileMode(folder));
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(second.KubeconfigPath));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
