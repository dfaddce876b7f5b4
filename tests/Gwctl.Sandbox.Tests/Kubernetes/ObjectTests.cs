using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>One object's life: names, versions, generations, conflicts.</summary>
public sealed class ObjectTests
{
    private const string Configs = "/api/v1/namespaces/default/configmaps";
    private const string Gateways = "/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways";
    private const string Gateway = """
        {"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"web"},
        "spec":{"gatewayClassName":"cloud","listeners":[{"name":"http","port":80,"protocol":"HTTP"}]},
        "status":{"attachedListenerSets":7}}
        """;

    [Fact]
    public async Task A_new_object_gets_what_the_server_gives()
    {
        await using var cluster = await Cluster.StartAsync();
        var made = await cluster.DoAsync("POST", Gateways, Gateway);
        Assert.Equal(36, made["metadata"]?["uid"]?.ToString().Length);
        Assert.Equal("1", made["metadata"]?["generation"]?.ToString());
        Assert.Equal("default", made["metadata"]?["namespace"]?.ToString());
        Assert.EndsWith("Z", made["metadata"]?["creationTimestamp"]?.ToString());
        Assert.Equal("Same", made["spec"]?["listeners"]?[0]?["allowedRoutes"]?["namespaces"]?["from"]?.ToString());
        Assert.Null(made["status"]);
        Assert.Equal($"{cluster.Api.Version}", made["metadata"]?["resourceVersion"]?.ToString());
        Assert.True(JsonNode.DeepEquals(made, await cluster.DoAsync("GET", $"{Gateways}/web")));
    }

    [Fact]
    public async Task Generation_counts_changes_of_the_spec_and_of_nothing_else()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Gateways, Gateway);
        var labelled = await cluster.DoAsync(
            "PATCH", $"{Gateways}/web", """{"metadata":{"labels":{"a":"b"}}}""", Cluster.MergePatch);
        var reported = await cluster.DoAsync(
            "PATCH", $"{Gateways}/web/status",
            """{"spec":{"gatewayClassName":"x"},"status":{"attachedListenerSets":1}}""",
            Cluster.MergePatch);
        var changed = await cluster.DoAsync(
            "PATCH", $"{Gateways}/web", """{"spec":{"gatewayClassName":"other"},"status":{"attachedListenerSets":2}}""",
            Cluster.MergePatch);
        Assert.Equal("1", labelled["metadata"]?["generation"]?.ToString());
        Assert.Equal("1", reported["metadata"]?["generation"]?.ToString());
        Assert.Equal("cloud", reported["spec"]?["gatewayClassName"]?.ToString());
        Assert.Equal("2", changed["metadata"]?["generation"]?.ToString());
        Assert.Equal("1", changed["status"]?["attachedListenerSets"]?.ToString());
    }

    [Fact]
    public async Task An_older_version_conflicts()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await cluster.CreateConfigAsync("a");
        await cluster.DoAsync("PATCH", $"{Configs}/a", """{"data":{"x":"1"}}""", Cluster.MergePatch);
        var (status, answer) = await cluster.SendAsync("PUT", $"{Configs}/a", first.ToJsonString());
        Assert.Equal(409, status);
        Assert.Equal("Conflict", answer["reason"]?.ToString());
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your "
            + "changes to the latest version and try again",
            answer["message"]?.ToString());
        Assert.Equal("configmaps", answer["details"]?["kind"]?.ToString());
    }

    [Fact]
    public async Task A_write_that_changes_nothing_is_no_write()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Gateways, Gateway);
        var before = cluster.Api.Version;
        await cluster.DoAsync(
            "PATCH", $"{Gateways}/web", """{"spec":{"gatewayClassName":"cloud"}}""", Cluster.MergePatch);
        Assert.Equal(before, cluster.Api.Version);
    }

    [Theory]
    [InlineData("POST", Configs, """{"metadata":{"name":"a"}}""", 409, "AlreadyExists",
        "configmaps \"a\" already exists")]
    [InlineData("GET", $"{Configs}/b", null, 404, "NotFound", "configmaps \"b\" not found")]
    [InlineData("DELETE", $"{Configs}/b", null, 404, "NotFound", "configmaps \"b\" not found")]
    [InlineData("POST", "/api/v1/namespaces/none/configmaps", """{"metadata":{"name":"a"}}""", 404, "NotFound",
        "namespaces \"none\" not found")]
    [InlineData("POST", Configs, """{"metadata":{"name":"A_b"}}""", 422, "Invalid", "metadata.name: Invalid value")]
    [InlineData("POST", Configs, """{"metadata":{}}""", 422, "Invalid", "name or generateName is required")]
    [InlineData("POST", Configs, """{"metadata":{"name":"c"},"data":{"x":1}}""", 422, "Invalid",
        "data.x in body must be of type string")]
    [InlineData("POST", Configs, """{"kind":"Secret","metadata":{"name":"c"}}""", 400, "BadRequest",
        "Secret in version \"v1\" cannot be handled as a ConfigMap")]
    [InlineData("POST", Configs, """{"metadata":{"name":"c","name":"d"}}""", 400, "BadRequest", "name")]
    [InlineData("POST", $"{Configs}?fieldValidation=Strict", """{"metadata":{"name":"c"},"dat":{}}""", 400,
        "BadRequest", "unknown field \"dat\"")]
    [InlineData("GET", "/apis/none/v1/things", null, 404, "NotFound", "could not find the requested resource")]
    [InlineData("POST", $"{Configs}/a", "{}", 405, "MethodNotAllowed", "does not allow this method")]
    public async Task What_is_wrong_is_said(
        string method, string path, string? body, int status, string reason, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        var (code, answer) = await cluster.SendAsync(method, path, body);
        Assert.Equal(status, code);
        Assert.Equal("Status", answer["kind"]?.ToString());
        Assert.Equal(reason, answer["reason"]?.ToString());
        Assert.Contains(message, answer["message"]?.ToString());
    }

    [Fact]
    public async Task Unknown_fields_are_warned_of_and_dropped()
    {
        await using var cluster = await Cluster.StartAsync();
        using var body = new StringContent(
            """{"metadata":{"name":"a"},"dat":{}}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await cluster.Http.PostAsync(Configs, body, Cluster.Cancellation);
        Assert.Equal(["299 - \"unknown field \\\"dat\\\"\""], response.Headers.GetValues("Warning"));
        Assert.Null((await cluster.DoAsync("GET", $"{Configs}/a"))["dat"]);
    }

    [Fact]
    public async Task Generated_names_differ()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await cluster.DoAsync("POST", Configs, """{"metadata":{"generateName":"a-"}}""");
        var second = await cluster.DoAsync("POST", Configs, """{"metadata":{"generateName":"a-"}}""");
        Assert.Matches("^a-[a-z0-9]{5}$", first["metadata"]?["name"]?.ToString());
        Assert.NotEqual(first["metadata"]?["name"]?.ToString(), second["metadata"]?["name"]?.ToString());
    }

    [Fact]
    public async Task A_dry_run_has_no_effect()
    {
        await using var cluster = await Cluster.StartAsync();
        var before = cluster.Api.Version;
        await cluster.DoAsync("POST", $"{Configs}?dryRun=All", """{"metadata":{"name":"a"}}""");
        Assert.Equal(before, cluster.Api.Version);
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Configs}/a")).Status);
    }

    [Fact]
    public async Task Every_served_version_shows_the_same_object()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Gateways, Gateway);
        var older = Gateways.Replace("/v1/", "/v1beta1/", StringComparison.Ordinal);
        var old = await cluster.DoAsync("GET", $"{older}/web");
        Assert.Equal("gateway.networking.k8s.io/v1beta1", old["apiVersion"]?.ToString());
        Assert.Equal("cloud", old["spec"]?["gatewayClassName"]?.ToString());
    }

    [Fact]
    public async Task Texts_of_a_Secret_are_encoded()
    {
        await using var cluster = await Cluster.StartAsync();
        var secret = await cluster.DoAsync(
            "POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"s"},"stringData":{"a":"text"}}""");
        Assert.Equal("dGV4dA==", secret["data"]?["a"]?.ToString());
        Assert.Null(secret["stringData"]);
        Assert.Equal("Opaque", secret["type"]?.ToString());
    }

    [Fact]
    public async Task Both_groups_of_events_serve_the_same_ones()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync(
            "POST", "/apis/events.k8s.io/v1/namespaces/default/events",
            """
            {"metadata":{"name":"e"},"regarding":{"kind":"Gateway","name":"web"},"note":"said","reason":"R",
            "type":"Normal","reportingController":"gwctl.dev/controller"}
            """);
        var core = await cluster.DoAsync(
            "GET", "/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dweb");
        Assert.Equal("said", core["items"]?[0]?["message"]?.ToString());
        Assert.Equal("gwctl.dev/controller", core["items"]?[0]?["reportingComponent"]?.ToString());
        Assert.Null(core["items"]?[0]?["note"]);
        var events = await cluster.DoAsync("GET", "/apis/events.k8s.io/v1/events");
        Assert.Equal("said", events["items"]?[0]?["note"]?.ToString());
        Assert.Equal("web", events["items"]?[0]?["regarding"]?["name"]?.ToString());
        Assert.Null(events["items"]?[0]?["message"]);
    }
}
