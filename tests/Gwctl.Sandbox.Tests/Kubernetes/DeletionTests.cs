namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>Deletion: finalizers, dependents and namespaces.</summary>
public sealed class DeletionTests
{
    private const string Configs = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task An_object_with_a_finalizer_stays_until_it_is_taken_off()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a", """ "finalizers":["gwctl.dev/cloud"] """);
        var deleting = await cluster.DoAsync("DELETE", $"{Configs}/a");
        Assert.Equal("ConfigMap", deleting["kind"]?.ToString());
        Assert.NotNull(deleting["metadata"]?["deletionTimestamp"]);
        var version = cluster.Api.Version;
        await cluster.DoAsync("DELETE", $"{Configs}/a");
        Assert.Equal(version, cluster.Api.Version);
        var (status, _) = await cluster.SendAsync(
            "PATCH", $"{Configs}/a", """{"metadata":{"finalizers":["gwctl.dev/cloud","other.dev/x"]}}""",
            Cluster.MergePatch);
        Assert.Equal(422, status);
        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={version}");
        await cluster.DoAsync("PATCH", $"{Configs}/a", """{"metadata":{"finalizers":null}}""", Cluster.MergePatch);
        Assert.Equal("DELETED a", await watch.NextNameAsync());
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/a")).Status);
    }

    [Fact]
    public async Task Dependents_go_with_their_last_owner()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await UidAsync(cluster, "first");
        var second = await UidAsync(cluster, "second");
        await cluster.CreateConfigAsync("one", Owners(("first", first)));
        await cluster.CreateConfigAsync("both", Owners(("first", first), ("second", second)));
        await cluster.DoAsync("DELETE", $"{Configs}/first");
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/one")).Status);
        var kept = await cluster.DoAsync("GET", $"{Configs}/both");
        Assert.Equal("second", kept["metadata"]?["ownerReferences"]?[0]?["name"]?.ToString());
        await cluster.DoAsync("DELETE", $"{Configs}/second");
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/both")).Status);
    }

    [Fact]
    public async Task A_foreground_deletion_waits_for_the_dependents()
    {
        await using var cluster = await Cluster.StartAsync();
        var owner = await UidAsync(cluster, "owner");
        await cluster.CreateConfigAsync("held", $"{Owners(("owner", owner))},\"finalizers\":[\"x.dev/y\"]");
        await cluster.DoAsync("DELETE", $"{Configs}/owner?propagationPolicy=Foreground");
        Assert.NotNull((await cluster.DoAsync("GET", $"{Configs}/owner"))["metadata"]?["deletionTimestamp"]);
        await cluster.DoAsync("PATCH", $"{Configs}/held", """{"metadata":{"finalizers":[]}}""", Cluster.MergePatch);
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/held")).Status);
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/owner")).Status);
    }

    [Fact]
    public async Task Orphans_stay()
    {
        await using var cluster = await Cluster.StartAsync();
        var owner = await UidAsync(cluster, "owner");
        await cluster.CreateConfigAsync("child", Owners(("owner", owner)));
        await cluster.DoAsync("DELETE", $"{Configs}/owner", """{"propagationPolicy":"Orphan"}""");
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/owner")).Status);
        var child = await cluster.DoAsync("GET", $"{Configs}/child");
        Assert.Equal("[]", child["metadata"]?["ownerReferences"]?.ToJsonString() ?? "[]");
    }

    [Fact]
    public async Task A_namespace_goes_with_the_last_object_in_it()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateNamespaceAsync("shop");
        var path = "/api/v1/namespaces/shop/configmaps";
        await cluster.DoAsync("POST", path, """{"metadata":{"name":"a"}}""");
        await cluster.DoAsync("POST", path, """{"metadata":{"name":"held","finalizers":["x.dev/y"]}}""");
        var going = await cluster.DoAsync("DELETE", "/api/v1/namespaces/shop");
        Assert.Equal("Terminating", going["status"]?["phase"]?.ToString());
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{path}/a")).Status);
        var (status, answer) = await cluster.SendAsync("POST", path, """{"metadata":{"name":"b"}}""");
        Assert.Equal(403, status);
        Assert.Contains("because it is being terminated", answer["message"]?.ToString());
        await cluster.DoAsync("PATCH", $"{path}/held", """{"metadata":{"finalizers":null}}""", Cluster.MergePatch);
        Assert.Equal(404, (await cluster.SendAsync("GET", "/api/v1/namespaces/shop")).Status);
    }

    [Fact]
    public async Task Preconditions_must_hold()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        var (status, _) = await cluster.SendAsync(
            "DELETE", $"{Configs}/a", """{"preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}""");
        Assert.Equal(409, status);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_selector()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a", """ "labels":{"on":"1"} """);
        await cluster.CreateConfigAsync("b");
        await cluster.DoAsync("DELETE", $"{Configs}?labelSelector=on");
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/a")).Status);
        Assert.Equal(200, (await cluster.SendAsync("GET", $"{Configs}/b")).Status);
    }

    private static async Task<string> UidAsync(Cluster cluster, string name) =>
        (await cluster.CreateConfigAsync(name))["metadata"]?["uid"]?.ToString() ?? "";

    private static string Owners(params IEnumerable<(string Name, string Uid)> owners)
    {
        var items = owners.Select(owner =>
            $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"{{owner.Name}}","uid":"{{owner.Uid}}"}""");
        return $"\"ownerReferences\":[{string.Join(',', items)}]";
    }
}
