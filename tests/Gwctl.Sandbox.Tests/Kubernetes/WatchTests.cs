using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>Watches: from where they start, what they send and how they end.</summary>
public sealed class WatchTests
{
    private const string Configs = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task A_watch_goes_on_where_a_list_was()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        var version = cluster.Api.Version;
        await cluster.CreateConfigAsync("b");
        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={version}");
        Assert.Equal("ADDED b", await watch.NextNameAsync());
        await cluster.DoAsync("PATCH", $"{Configs}/a", """{"data":{"x":"1"}}""", Cluster.MergePatch);
        Assert.Equal("MODIFIED a", await watch.NextNameAsync());
        await cluster.DoAsync("DELETE", $"{Configs}/b");
        var deleted = await watch.NextAsync();
        Assert.Equal("DELETED", deleted?["type"]?.ToString());
        Assert.Equal($"{cluster.Api.Version}", deleted?["object"]?["metadata"]?["resourceVersion"]?.ToString());
    }

    [Fact]
    public async Task Who_starts_or_stops_to_fit_is_added_or_deleted()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        using var watch = await cluster.WatchAsync(
            $"{Configs}?watch=1&labelSelector=on&resourceVersion={cluster.Api.Version}");
        foreach (var labels in (string[])["""{"on":"1"}""", """{"on":"2"}""", """{"on":null}"""])
        {
            await cluster.DoAsync(
                "PATCH", $"{Configs}/a", $$$"""{"metadata":{"labels":{{{labels}}}}}""", Cluster.MergePatch);
        }

        Assert.Equal(
            ["ADDED a", "MODIFIED a", "DELETED a"],
            [await watch.NextNameAsync(), await watch.NextNameAsync(), await watch.NextNameAsync()]);
    }

    [Fact]
    public async Task A_version_before_the_history_is_gone()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        var version = cluster.Api.Version;
        await cluster.CreateConfigAsync("b");
        cluster.Api.ExpireHistory();
        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={version}");
        var error = await watch.NextAsync();
        Assert.Equal("ERROR", error?["type"]?.ToString());
        Assert.Equal("410", error?["object"]?["code"]?.ToString());
        Assert.Equal("Expired", error?["object"]?["reason"]?.ToString());
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task History_is_bounded()
    {
        await using var cluster = await Cluster.StartAsync(new KubernetesOptions { HistoryMax = 3 });
        var version = cluster.Api.Version;
        for (var index = 0; index < 10; index++)
        {
            await cluster.CreateConfigAsync($"c{index}");
        }

        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={version}");
        Assert.Equal("410", (await watch.NextAsync())?["object"]?["code"]?.ToString());
    }

    [Fact]
    public async Task Initial_events_end_with_a_bookmark()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        using var watch = await cluster.WatchAsync(
            $"{Configs}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", await watch.NextNameAsync());
        var end = await watch.NextAsync();
        Assert.Equal("BOOKMARK", end?["type"]?.ToString());
        Assert.Equal("true", end?["object"]?["metadata"]?["annotations"]?["k8s.io/initial-events-end"]?.ToString());
        Assert.Equal($"{cluster.Api.Version}", end?["object"]?["metadata"]?["resourceVersion"]?.ToString());
    }

    [Fact]
    public async Task A_quiet_watch_gets_bookmarks_and_ends_in_time()
    {
        await using var cluster = await Cluster.StartAsync(
            new KubernetesOptions { BookmarkInterval = TimeSpan.FromMilliseconds(50) });
        using var watch = await cluster.WatchAsync(
            $"{Configs}?watch=1&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion={cluster.Api.Version}");
        await cluster.CreateNamespaceAsync("other"); // Moves the version on, and is none of the watch's.
        var seen = new List<string?>();
        while (await watch.NextAsync() is { } next)
        {
            Assert.Equal("BOOKMARK", next["type"]?.ToString());
            seen.Add(next["object"]?["metadata"]?["resourceVersion"]?.ToString());
        }

        Assert.True(seen.Count > 2, $"{seen.Count} bookmarks");
        Assert.Equal($"{cluster.Api.Version}", seen[^1]);
    }

    [Fact]
    public async Task Watches_can_be_dropped_and_taken_up_again()
    {
        await using var cluster = await Cluster.StartAsync();
        var version = cluster.Api.Version;
        using (var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={version}"))
        {
            cluster.Api.DropWatches();
            Assert.Null(await watch.NextAsync());
        }

        await cluster.CreateConfigAsync("a");
        using var again = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion={version}");
        Assert.Equal("ADDED a", await again.NextNameAsync());
    }

    [Fact]
    public async Task A_version_that_is_not_yet_is_too_large()
    {
        await using var cluster = await Cluster.StartAsync();
        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&resourceVersion=999999");
        Assert.Equal("504", (await watch.NextAsync())?["object"]?["code"]?.ToString());
    }

    [Fact]
    public async Task One_object_can_be_watched_by_its_path()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        await cluster.CreateConfigAsync("b");
        using var watch = await cluster.WatchAsync($"{Configs}?watch=1&fieldSelector=metadata.name%3Db");
        Assert.Equal("ADDED b", await watch.NextNameAsync());
    }
}
