using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>The three older patches.</summary>
public sealed class PatchTests
{
    private const string Services = "/api/v1/namespaces/default/services";
    private const string Service = """
        {"metadata":{"name":"web","labels":{"a":"1","b":"2"}},
        "spec":{"ports":[{"name":"http","port":80},{"name":"https","port":443}]}}
        """;

    [Fact]
    public async Task A_merge_patch_replaces_lists_and_removes_nulls()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Services, Service);
        var patched = await cluster.DoAsync(
            "PATCH", $"{Services}/web",
            """{"metadata":{"labels":{"a":null,"c":"3"}},"spec":{"ports":[{"name":"alt","port":8080}]}}""",
            Cluster.MergePatch);
        Assert.Equal("""{"b":"2","c":"3"}""", patched["metadata"]?["labels"]?.ToJsonString());
        Assert.Equal(
            """[{"name":"alt","port":8080,"protocol":"TCP","targetPort":8080}]""",
            patched["spec"]?["ports"]?.ToJsonString());
    }

    [Fact]
    public async Task A_strategic_patch_merges_lists_by_key()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Services, Service);
        var patched = await cluster.DoAsync(
            "PATCH", $"{Services}/web",
            """
            {"spec":{"$setElementOrder/ports":[{"port":8080},{"port":443}],
            "ports":[{"port":443,"targetPort":8443},{"port":80,"$patch":"delete"},{"port":8080,"name":"alt"}]}}
            """,
            Cluster.StrategicPatch);
        Assert.Equal(
            """[{"port":8080,"name":"alt","protocol":"TCP","targetPort":8080},"""
            + """{"name":"https","port":443,"protocol":"TCP","targetPort":8443}]""",
            patched["spec"]?["ports"]?.ToJsonString());
    }

    [Fact]
    public async Task A_json_patch_tests_and_changes()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Services, Service);
        var patched = await cluster.DoAsync(
            "PATCH", $"{Services}/web",
            """
            [{"op":"test","path":"/spec/ports/0/name","value":"http"},{"op":"remove","path":"/spec/ports/1"},
            {"op":"add","path":"/metadata/labels/x~1y","value":"z"},
            {"op":"replace","path":"/spec/type","value":"NodePort"}]
            """,
            Cluster.JsonPatch);
        Assert.Equal("z", patched["metadata"]?["labels"]?["x/y"]?.ToString());
        Assert.Equal("NodePort", patched["spec"]?["type"]?.ToString());
        Assert.Equal("http", Assert.Single(patched["spec"]?["ports"] as JsonArray ?? [])?["name"]?.ToString());
        var (status, answer) = await cluster.SendAsync(
            "PATCH", $"{Services}/web", """[{"op":"test","path":"/spec/type","value":"ClusterIP"}]""",
            Cluster.JsonPatch);
        Assert.Equal(422, status);
        Assert.Contains("testing path /spec/type value failed", answer["message"]?.ToString());
    }

    [Fact]
    public async Task A_version_in_the_patch_must_be_the_live_one()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Services, Service);
        var (status, _) = await cluster.SendAsync(
            "PATCH", $"{Services}/web", """{"metadata":{"resourceVersion":"1","labels":{"x":"y"}}}""",
            Cluster.MergePatch);
        Assert.Equal(409, status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(Cluster.StrategicPatch)]
    public async Task Custom_kinds_take_no_other_patch(string type)
    {
        await using var cluster = await Cluster.StartAsync();
        var classes = "/apis/gateway.networking.k8s.io/v1/gatewayclasses";
        await cluster.DoAsync(
            "POST", classes, """{"metadata":{"name":"c"},"spec":{"controllerName":"gwctl.dev/aws"}}""");
        Assert.Equal(415, (await cluster.SendAsync("PATCH", $"{classes}/c", "{}", type)).Status);
    }
}
