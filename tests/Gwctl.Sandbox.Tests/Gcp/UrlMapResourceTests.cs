using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Which URL maps are taken, and what their tests say.</summary>
public sealed class UrlMapResourceTests
{
    private const string Matcher = """{"name":"m","defaultService":"global/backendServices/web"}""";

    [Theory]
    [InlineData("""[{"hosts":["a.test"],"pathMatcher":"other"}]""", Matcher, "does not exist")]
    [InlineData(
        """[{"hosts":["a.test"],"pathMatcher":"m"},{"hosts":["A.test"],"pathMatcher":"m"}]""", Matcher,
        "more than one")]
    [InlineData("""[{"hosts":["*a.test"],"pathMatcher":"m"}]""", Matcher, "star must be first")]
    [InlineData("""[{"hosts":["a.*"],"pathMatcher":"m"}]""", Matcher, "star must be first")]
    [InlineData("[]", Matcher, "No host rule refers")]
    [InlineData("""[{"hosts":["*"],"pathMatcher":"m"}]""", """{"name":"m"}""", "Exactly one of defaultService")]
    [InlineData(
        """[{"hosts":["*"],"pathMatcher":"m"}]""",
        """
        {"name":"m","defaultService":"global/backendServices/web","pathRules":[{"paths":["/a*"],
        "service":"global/backendServices/web"}]}
        """, "star must be last")]
    public async Task A_map_with_a_mistake_is_refused(string hostRules, string matcher, string expected)
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web");

        var message = (await gcp.Compute(
            "POST", "global/urlMaps",
            $$"""
            {"name":"map","defaultService":"global/backendServices/web","hostRules":{{hostRules}},
            "pathMatchers":[{{matcher}}]}
            """)).Fails(400, "invalid");

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("urlMaps", gcp.Cloud.Gcp.Snapshot(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"priority":1,"matchRules":[{"prefixMatch":"a"}],"service":"S"}""", "Must start with '/'")]
    [InlineData(
        """{"priority":1,"matchRules":[{"prefixMatch":"/","fullPathMatch":"/"}],"service":"S"}""", "Exactly one")]
    [InlineData("""{"priority":1,"matchRules":[{"prefixMatch":"/"}]}""", "Exactly one of service")]
    [InlineData(
        """{"priority":1,"matchRules":[{"prefixMatch":"/"}],"service":"S","urlRedirect":{"httpsRedirect":true}}""",
        "Exactly one of service")]
    [InlineData(
        """{"priority":1,"matchRules":[{"regexMatch":"/a.*"}],"service":"S"}""", "Regex isn't allowed")]
    [InlineData(
        """
        {"priority":1,"matchRules":[{"prefixMatch":"/"}],"routeAction":{"weightedBackendServices":
        [{"backendService":"S","weight":0}]}}
        """, "greater than 0")]
    [InlineData(
        """
        {"priority":1,"matchRules":[{"pathTemplateMatch":"/{a}"}],"service":"S","routeAction":{"urlRewrite":
        {"pathTemplateRewrite":"/{b}"}}}
        """, "only variables")]
    [InlineData(
        """{"priority":1,"matchRules":[{"pathTemplateMatch":"/**/x/*"}],"service":"S"}""", "last operator")]
    [InlineData(
        """{"priority":1,"matchRules":[{"prefixMatch":"/","headerMatches":[{"headerName":"a"}]}],"service":"S"}""",
        "Exactly one of exactMatch")]
    public async Task A_route_rule_with_a_mistake_is_refused(string rule, string expected)
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web");

        var message = (await gcp.Compute("POST", "global/urlMaps", Routes(rule))).Fails(400, "invalid");

        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Priorities_are_unique_within_a_path_matcher()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web");
        const string Rule = """{"priority":7,"matchRules":[{"prefixMatch":"/"}],"service":"S"}""";

        var message = (await gcp.Compute("POST", "global/urlMaps", Routes(Rule, Rule))).Fails(400, "invalid");

        Assert.Contains("unique", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_regional_map_takes_regular_expressions_of_paths()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert("regions/us-central1/backendServices", """{"name":"web"}""");
        var rule = """{"priority":1,"matchRules":[{"regexMatch":"/a.*"}],"service":"S"}""";

        var map = await gcp.Insert(
            "regions/us-central1/urlMaps", Routes(rule).Replace("global/", "regions/us-central1/"));

        Assert.Equal(
            "https://www.googleapis.com/compute/v1/projects/proj-1/regions/us-central1", map["region"]?.ToString());
    }

    [Fact]
    public async Task Tests_that_fail_keep_the_map_out_and_tests_that_pass_let_it_in()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web", "api");
        const string Rule = """
            {"priority":1,"matchRules":[{"prefixMatch":"/api"}],"service":"global/backendServices/api"}
            """;
        const string Good = """{"host":"a.test","path":"/api/1?x","service":"global/backendServices/api"}""";
        const string Bad = """{"host":"a.test","path":"/other","service":"global/backendServices/api"}""";

        (await gcp.Compute("POST", "global/urlMaps", WithTests(Rule, Good, Bad))).Fails(400, "invalid");
        (await gcp.Compute("POST", "global/urlMaps", WithTests(Rule, Good))).Ok();

        var map = (await gcp.Compute("GET", "global/urlMaps/map")).Ok();
        map["tests"] = new JsonArray(JsonNode.Parse(Bad));
        (await gcp.Compute("PUT", "global/urlMaps/map", map.ToJsonString())).Fails(400, "invalid");
    }

    [Fact]
    public async Task Validate_says_what_a_test_would_have_got_and_keeps_nothing()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web", "api");
        const string Rule = """
            {"priority":1,"matchRules":[{"prefixMatch":"/old"}],
            "urlRedirect":{"pathRedirect":"/new","redirectResponseCode":"FOUND"}}
            """;
        const string Test = """
            {"host":"a.test","path":"/old","expectedRedirectResponseCode":301,"expectedOutputUrl":"http://a.test/x"}
            """;
        var before = gcp.Cloud.Gcp.Snapshot();
        var calls = gcp.Cloud.Gcp.MutatingCalls;

        var result = (await gcp.Compute(
            "POST", "global/urlMaps/map/validate", $$"""{"resource":{{WithTests(Rule, Test)}}}""")).Ok()["result"];

        Assert.Equal(("true", "false"), (Text(result, "loadSucceeded"), Text(result, "testPassed")));
        var failure = result?["testFailures"]?[0];
        Assert.Equal("302", Text(failure, "actualRedirectResponseCode"));
        Assert.Equal("301", Text(failure, "expectedRedirectResponseCode"));
        Assert.Equal("http://a.test/new", Text(failure, "actualOutputUrl"));
        Assert.Equal(before, gcp.Cloud.Gcp.Snapshot());
        Assert.Equal(calls, gcp.Cloud.Gcp.MutatingCalls);
    }

    [Fact]
    public async Task Validate_lists_everything_that_keeps_a_map_from_loading()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var result = (await gcp.Compute(
            "POST", "global/urlMaps/map/validate",
            """
            {"resource":{"name":"map","defaultService":"global/backendServices/gone",
            "hostRules":[{"hosts":["*x"],"pathMatcher":"none"}]}}
            """)).Ok()["result"];

        Assert.Equal("false", Text(result, "loadSucceeded"));
        Assert.Equal(3, (result?["loadErrors"] as JsonArray)?.Count);
    }

    [Fact]
    public async Task A_map_is_limited_in_size()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await Services.Insert(gcp, "web");
        var hosts = Enumerable.Range(0, 4000).Select(number => $"\"host-{number}.example.com\"");

        var message = (await gcp.Compute(
            "POST", "global/urlMaps",
            $$"""
            {"name":"map","defaultService":"global/backendServices/web","pathMatchers":[{{Matcher}}],
            "hostRules":[{"pathMatcher":"m","hosts":[{{string.Join(',', hosts)}}]}]}
            """)).Fails(400, "invalid");

        Assert.Contains("too large", message, StringComparison.Ordinal);
    }

    private static string Routes(params string[] rules) => WithTests(string.Join(',', rules));

    private static string WithTests(string rules, params string[] tests) =>
        $$"""
        {"name":"map","defaultService":"S","hostRules":[{"hosts":["*"],"pathMatcher":"m"}],
        "pathMatchers":[{"name":"m","defaultService":"S","routeRules":[{{rules}}]}],
        "tests":[{{string.Join(',', tests)}}]}
        """.Replace("\"S\"", "\"global/backendServices/web\"", StringComparison.Ordinal);

    private static string Text(JsonNode? node, string name) => node?[name]?.ToString() ?? "";
}
