using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>Kinds that CustomResourceDefinitions bring.</summary>
public sealed class DefinitionTests
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Things = "/apis/test.dev/v1/namespaces/default/things";
    private const string Thing = """
        {"metadata":{"name":"things.test.dev"},"spec":{"group":"test.dev","scope":"Namespaced",
        "names":{"plural":"things","kind":"Thing","shortNames":["th"]},
        "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
        "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"},
        {"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"}],
        "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["size"],
        "properties":{"size":{"type":"integer","minimum":1,"maximum":9},"color":{"type":"string","default":"red",
        "enum":["red","blue"]},"code":{"type":"string","pattern":"^[a-z]+$","maxLength":3},
        "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
        "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}
        """;

    [Fact]
    public async Task A_definition_is_served_at_once()
    {
        await using var cluster = await Cluster.StartAsync();
        Assert.Equal(404, (await cluster.SendAsync("GET", Things)).Status);
        var definition = await cluster.DoAsync("POST", Definitions, Thing);
        Assert.Equal("Established", definition["status"]?["conditions"]?[1]?["type"]?.ToString());
        var group = await cluster.DoAsync("GET", "/apis/test.dev/v1");
        Assert.Equal(
            ["things", "things/status"],
            (group["resources"] as JsonArray)?.Select(resource => resource?["name"]?.ToString()));
        var made = await cluster.DoAsync(
            "POST", Things,
            """
            {"metadata":{"name":"a"},"spec":{"size":3,"unknown":1,"free":{"any":{"thing":[1]}}},"status":{"x":1}}
            """);
        Assert.Equal("""{"size":3,"free":{"any":{"thing":[1]}},"color":"red"}""", made["spec"]?.ToJsonString());
        Assert.Equal("test.dev/v1", made["apiVersion"]?.ToString());
    }

    [Theory]
    [InlineData("{}", "spec.size: Required value")]
    [InlineData("""{"size":0}""", "spec.size in body should be greater than or equal to 1")]
    [InlineData("""{"size":10}""", "spec.size in body should be less than or equal to 9")]
    [InlineData("""{"size":"3"}""", "spec.size in body must be of type integer")]
    [InlineData("""{"size":1.5}""", "spec.size in body must be of type integer")]
    [InlineData("""{"size":1,"color":"green"}""", "supported values: \"red\", \"blue\"")]
    [InlineData("""{"size":1,"code":"A"}""", "spec.code in body should match '^[a-z]+$'")]
    [InlineData("""{"size":1,"code":"abcd"}""", "must have at most 3")]
    public async Task Its_schema_is_kept(string spec, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Definitions, Thing);
        var (status, answer) = await cluster.SendAsync(
            "POST", Things, $$"""{"metadata":{"name":"a"},"spec":{{spec}}}""");
        Assert.Equal(422, status);
        Assert.StartsWith("Thing.test.dev \"a\" is invalid: ", answer["message"]?.ToString());
        Assert.Contains(message, answer["message"]?.ToString());
    }

    [Fact]
    public async Task Its_columns_are_shown()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Definitions, Thing);
        await cluster.DoAsync("POST", Things, """{"metadata":{"name":"a"},"spec":{"size":3}}""");
        await cluster.DoAsync(
            "PATCH", $"{Things}/a/status", """{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""",
            Cluster.MergePatch);
        var table = await cluster.DoAsync("GET", Things, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal("""["a",3,"True"]""", table["rows"]?[0]?["cells"]?.ToJsonString());
    }

    [Fact]
    public async Task Its_objects_go_with_it()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.DoAsync("POST", Definitions, Thing);
        await cluster.DoAsync("POST", Things, """{"metadata":{"name":"a"},"spec":{"size":3}}""");
        await cluster.DoAsync("DELETE", $"{Definitions}/things.test.dev");
        Assert.Equal(404, (await cluster.SendAsync("GET", Things)).Status);
        await cluster.DoAsync("POST", Definitions, Thing);
        Assert.Equal("[]", (await cluster.DoAsync("GET", Things))["items"]?.ToJsonString());
    }

    [Fact]
    public async Task One_that_cannot_be_is_refused()
    {
        await using var cluster = await Cluster.StartAsync();
        var (status, answer) = await cluster.SendAsync(
            "POST", Definitions,
            Thing.Replace("\"name\":\"things.test.dev\"", "\"name\":\"x.test.dev\"", StringComparison.Ordinal));
        Assert.Equal(422, status);
        Assert.Contains("must be spec.names.plural+\".\"+spec.group", answer["message"]?.ToString());
    }

    [Fact]
    public async Task The_Gateway_API_is_there_from_the_start()
    {
        await using var cluster = await Cluster.StartAsync();
        var list = await cluster.DoAsync("GET", Definitions);
        var names = (list["items"] as JsonArray ?? []).Select(item => item?["metadata"]?["name"]?.ToString()).ToList();
        foreach (var plural in (string[])[
            "gatewayclasses", "gateways", "httproutes", "grpcroutes", "tlsroutes", "tcproutes", "udproutes",
            "listenersets", "referencegrants", "backendtlspolicies"])
        {
            Assert.Contains($"{plural}.gateway.networking.k8s.io", names);
        }

        var gateways = await cluster.DoAsync("GET", $"{Definitions}/gateways.gateway.networking.k8s.io");
        Assert.Equal(
            "v1.6.1",
            gateways["metadata"]?["annotations"]?["gateway.networking.k8s.io/bundle-version"]?.ToString());
    }
}
