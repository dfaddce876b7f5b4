using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>Server-side apply: who owns what, and who is told of it.</summary>
public sealed class ApplyTests
{
    private const string Config = "/api/v1/namespaces/default/configmaps/a";
    private const string Gateway = "/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/web";

    [Fact]
    public async Task What_is_applied_no_more_goes_and_what_others_own_stays()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, Config, "one", Data("""{"x":"1","y":"1"}"""));
        await ApplyAsync(cluster, Config, "two", Data("""{"y":"1","z":"1"}"""));
        var left = await ApplyAsync(cluster, Config, "one", Data("""{"w":"1"}"""));
        Assert.Equal("w=1 y=1 z=1", Show(left["data"]));
    }

    [Fact]
    public async Task Another_value_of_anothers_field_is_a_conflict_unless_forced()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, Config, "one", Data("""{"x":"1","y":"1"}"""));
        var (status, answer) = await cluster.SendAsync(
            "PATCH", $"{Config}?fieldManager=two", Data("""{"x":"2"}"""), Cluster.ApplyPatch);
        Assert.Equal(409, status);
        Assert.Equal("FieldManagerConflict", answer["details"]?["causes"]?[0]?["reason"]?.ToString());
        Assert.Equal(".data.x", answer["details"]?["causes"]?[0]?["field"]?.ToString());
        Assert.Equal(
            "Apply failed with 1 conflict: conflict with \"one\" using v1: .data.x", answer["message"]?.ToString());
        var forced = await ApplyAsync(cluster, Config, "two", Data("""{"x":"2"}"""), force: true);
        Assert.Equal("x=2 y=1", Show(forced["data"]));
        var left = await ApplyAsync(cluster, Config, "one", Data("""{"y":"1"}"""));
        Assert.Equal("x=2 y=1", Show(left["data"]));
    }

    [Fact]
    public async Task An_update_takes_ownership_of_what_it_changes()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, Config, "one", Data("""{"x":"1","y":"1"}"""));
        var updated = await cluster.DoAsync(
            "PATCH", $"{Config}?fieldManager=editor", """{"data":{"x":"2"}}""", Cluster.MergePatch);
        var fields = updated["metadata"]?["managedFields"] as JsonArray ?? [];
        Assert.Equal(
            ["one Apply {\"f:data\":{\"f:y\":{}}}", "editor Update {\"f:data\":{\"f:x\":{}}}"],
            fields.Select(entry =>
                $"{entry?["manager"]} {entry?["operation"]} {entry?["fieldsV1"]?.ToJsonString()}"));
        var (status, _) = await cluster.SendAsync(
            "PATCH", $"{Config}?fieldManager=one", Data("""{"x":"1","y":"1"}"""), Cluster.ApplyPatch);
        Assert.Equal(409, status);
    }

    [Fact]
    public async Task Applying_the_same_again_writes_nothing()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, Config, "one", Data("""{"x":"1"}"""));
        var before = cluster.Api.Version;
        await ApplyAsync(cluster, Config, "one", Data("""{"x":"1"}"""));
        Assert.Equal(before, cluster.Api.Version);
    }

    [Fact]
    public async Task Listeners_are_owned_by_their_names()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, Gateway, "one", Listeners(("http", 80), ("alt", 8080)));
        await ApplyAsync(cluster, Gateway, "two", Listeners(("https", 443)));
        var left = await ApplyAsync(cluster, Gateway, "one", Listeners(("http", 81)));
        var listeners = left["spec"]?["listeners"] as JsonArray ?? [];
        Assert.Equal(["http 81", "https 443"], listeners.Select(item => $"{item?["name"]} {item?["port"]}"));
    }

    [Fact]
    public async Task Conditions_of_two_controllers_stand_side_by_side()
    {
        await using var cluster = await Cluster.StartAsync();
        await ApplyAsync(cluster, Gateway, "user", Listeners(("http", 80)));
        await ApplyAsync(cluster, $"{Gateway}/status", "one", Status("Accepted"));
        var both = await ApplyAsync(cluster, $"{Gateway}/status", "two", Status("Programmed"));
        var conditions = both["status"]?["conditions"] as JsonArray ?? [];
        Assert.Equal(["Accepted", "Programmed"], conditions.Select(item => item?["type"]?.ToString()));
        Assert.Equal("http", both["spec"]?["listeners"]?[0]?["name"]?.ToString());
        Assert.Equal(
            "status", (both["metadata"]?["managedFields"] as JsonArray)?[^1]?["subresource"]?.ToString());
        var left = await ApplyAsync(cluster, $"{Gateway}/status", "two", """{"status":{}}""");
        Assert.Equal("Accepted", Assert.Single(left["status"]?["conditions"] as JsonArray ?? [])?["type"]?.ToString());
    }

    [Fact]
    public async Task Status_of_what_is_not_there_is_not_made()
    {
        await using var cluster = await Cluster.StartAsync();
        var (status, _) = await cluster.SendAsync(
            "PATCH", $"{Gateway}/status?fieldManager=one", Status("Accepted"), Cluster.ApplyPatch);
        Assert.Equal(404, status);
    }

    [Fact]
    public async Task A_list_with_one_owner_is_replaced_whole()
    {
        await using var cluster = await Cluster.StartAsync();
        var route = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/r";
        await ApplyAsync(cluster, route, "one", """{"spec":{"hostnames":["a.example.com","b.example.com"]}}""");
        var left = await ApplyAsync(cluster, route, "one", """{"spec":{"hostnames":["c.example.com"]}}""");
        Assert.Equal("""["c.example.com"]""", left["spec"]?["hostnames"]?.ToJsonString());
    }

    [Fact]
    public async Task Yaml_is_applied_too()
    {
        await using var cluster = await Cluster.StartAsync();
        var made = await ApplyAsync(cluster, Config, "one", "data:\n  on: 'yes'\n  number: \"1\"\n");
        Assert.Equal("number=1 on=yes", Show(made["data"]));
    }

    private static Task<JsonNode> ApplyAsync(
        Cluster cluster, string path, string manager, string body, bool force = false) => cluster.DoAsync(
        "PATCH", $"{path}?fieldManager={manager}{(force ? "&force=true" : "")}", body, Cluster.ApplyPatch);

    private static string Data(string data) => $$"""{"apiVersion":"v1","kind":"ConfigMap","data":{{data}}}""";

    private static string Listeners(params IEnumerable<(string Name, int Port)> listeners)
    {
        var items = listeners.Select(item =>
            $$"""{"name":"{{item.Name}}","port":{{item.Port}},"protocol":"HTTP"}""");
        return $$$"""{"spec":{"gatewayClassName":"cloud","listeners":[{{{string.Join(',', items)}}}]}}""";
    }

    private static string Status(string condition) =>
        $$$"""
        {"spec":{"gatewayClassName":"ignored"},"status":{"conditions":[{"type":"{{{condition}}}","status":"True",
        "reason":"R","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
        """;

    private static string Show(JsonNode? data) => string.Join(
        ' ', (data as JsonObject ?? []).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"));
}
