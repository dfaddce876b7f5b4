using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>Lists: pages, selectors and forms.</summary>
public sealed class ListTests
{
    private const string Configs = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Pages_show_one_moment()
    {
        await using var cluster = await Cluster.StartAsync();
        foreach (var name in "abcde")
        {
            await cluster.CreateConfigAsync($"{name}");
        }

        var first = await cluster.DoAsync("GET", $"{Configs}?limit=2");
        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal("3", first["metadata"]?["remainingItemCount"]?.ToString());
        await cluster.DoAsync("DELETE", $"{Configs}/d");
        await cluster.CreateConfigAsync("c1");
        var next = Uri.EscapeDataString(first["metadata"]?["continue"]?.ToString() ?? "");
        var second = await cluster.DoAsync("GET", $"{Configs}?limit=2&continue={next}");
        Assert.Equal(["c", "d"], Names(second));
        Assert.Equal(
            first["metadata"]?["resourceVersion"]?.ToString(), second["metadata"]?["resourceVersion"]?.ToString());
        next = Uri.EscapeDataString(second["metadata"]?["continue"]?.ToString() ?? "");
        var third = await cluster.DoAsync("GET", $"{Configs}?limit=2&continue={next}");
        Assert.Equal(["e"], Names(third));
        Assert.Null(third["metadata"]?["continue"]);
        Assert.Equal(["a", "b", "c", "c1", "e"], Names(await cluster.DoAsync("GET", Configs)));
    }

    [Fact]
    public async Task A_list_whose_moment_is_forgotten_cannot_be_continued()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        await cluster.CreateConfigAsync("b");
        var first = await cluster.DoAsync("GET", $"{Configs}?limit=1");
        cluster.Api.ExpireHistory();
        var next = Uri.EscapeDataString(first["metadata"]?["continue"]?.ToString() ?? "");
        var (status, answer) = await cluster.SendAsync("GET", $"{Configs}?limit=1&continue={next}");
        Assert.Equal(410, status);
        Assert.Equal("Expired", answer["reason"]?.ToString());
    }

    [Theory]
    [InlineData("labelSelector=app%3Dweb", "a,b")]
    [InlineData("labelSelector=app==web,tier!=back", "a")]
    [InlineData("labelSelector=tier", "b")]
    [InlineData("labelSelector=!app", "c")]
    [InlineData("labelSelector=app+in+(web,shop),tier+notin+(back)", "a")]
    [InlineData("fieldSelector=metadata.name%3Db", "b")]
    [InlineData("fieldSelector=metadata.name!=b,metadata.namespace=default", "a,c")]
    public async Task Selectors_choose(string selector, string expected)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a", """ "labels":{"app":"web"} """);
        await cluster.CreateConfigAsync("b", """ "labels":{"app":"web","tier":"back"} """);
        await cluster.CreateConfigAsync("c");
        Assert.Equal(expected.Split(','), Names(await cluster.DoAsync("GET", $"{Configs}?{selector}")));
    }

    [Fact]
    public async Task Fields_of_some_kinds_can_be_selected_by()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"a"}}""");
        await cluster.DoAsync(
            "POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"t"},"type":"kubernetes.io/tls"}""");
        Assert.Equal(
            ["t"], Names(await cluster.DoAsync("GET", "/api/v1/secrets?fieldSelector=type%3Dkubernetes.io/tls")));
        var (status, answer) = await cluster.SendAsync("GET", $"{Configs}?fieldSelector=data.x%3D1");
        Assert.Equal(400, status);
        Assert.Equal("field label not supported: data.x", answer["message"]?.ToString());
    }

    [Fact]
    public async Task Metadata_alone_can_be_asked_for()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a", data: """{"x":"1"}""");
        var list = await cluster.DoAsync(
            "GET", Configs, accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        Assert.Equal("PartialObjectMetadataList", list["kind"]?.ToString());
        Assert.Equal(["a"], Names(list));
        Assert.Null(list["items"]?[0]?["data"]);
    }

    [Fact]
    public async Task Tables_have_the_columns_of_the_kind()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a", data: """{"x":"1","y":"2"}""");
        var table = await cluster.DoAsync("GET", Configs, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal(
            ["Name", "Data", "Age"],
            (table["columnDefinitions"] as JsonArray)?.Select(column => column?["name"]?.ToString()));
        Assert.Equal("a", table["rows"]?[0]?["cells"]?[0]?.ToString());
        Assert.Equal("2", table["rows"]?[0]?["cells"]?[1]?.ToString());
        Assert.Equal("a", table["rows"]?[0]?["object"]?["metadata"]?["name"]?.ToString());
    }

    [Fact]
    public async Task Items_of_native_kinds_leave_the_kind_to_the_list()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigAsync("a");
        Assert.Null((await cluster.DoAsync("GET", Configs))["items"]?[0]?["kind"]);
        var classes = "/apis/gateway.networking.k8s.io/v1/gatewayclasses";
        await cluster.DoAsync(
            "POST", classes, """{"metadata":{"name":"c"},"spec":{"controllerName":"gwctl.dev/aws"}}""");
        Assert.Equal("GatewayClass", (await cluster.DoAsync("GET", classes))["items"]?[0]?["kind"]?.ToString());
    }

    private static IEnumerable<string?> Names(JsonNode list) =>
        (list["items"] as JsonArray ?? []).Select(item => item?["metadata"]?["name"]?.ToString());
}
