using System.Text.Json;
using Gwctl.Sandbox.Gcp.UrlMaps;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>What a URL map decides, by Google's documentation of URL maps.</summary>
public sealed class UrlMapDecisionTests
{
    [Theory]
    [InlineData("a.example.com", "exact")]
    [InlineData("A.Example.COM:8443", "exact")]
    [InlineData("b.example.com", "example")]
    [InlineData("c.b.example.com", "deep")]
    [InlineData("example.com", "any")]
    [InlineData("example.org", "any")]
    [InlineData("web-1.test", "dash")]
    [InlineData("[2001:db8::1]:80", "any")]
    public void The_most_specific_host_rule_wins(string host, string expected)
    {
        var hosts = new Dictionary<string, string>
        {
            ["*"] = "any",
            ["*.example.com"] = "example",
            ["*.b.example.com"] = "deep",
            ["a.example.com"] = "exact",
            ["*-1.test"] = "dash",
        };
        var rules = hosts.Select(one => $$"""{"hosts":["{{one.Key}}"],"pathMatcher":"{{one.Value}}"}""");
        var matchers = hosts.Values.Select(name => $$"""{"name":"{{name}}","defaultService":"{{name}}"}""");
        var map = $$"""
            {"defaultService":"none","hostRules":[{{string.Join(',', rules)}}],
            "pathMatchers":[{{string.Join(',', matchers)}}]}
            """;

        Assert.Equal(expected, Service(Decide(map, host, "/")));
    }

    [Fact]
    public void A_host_without_a_rule_goes_to_the_maps_default()
    {
        const string Map = """
            {"defaultService":"d","hostRules":[{"hosts":["a.test"],"pathMatcher":"m"}],
            "pathMatchers":[{"name":"m","defaultService":"m"}]}
            """;

        Assert.Equal("d", Service(Decide(Map, "b.test", "/")));
        Assert.Equal("m", Service(Decide(Map, "a.test", "/")));
    }

    [Theory]
    [InlineData("/video", "exact")]
    [InlineData("/video/", "under")]
    [InlineData("/video/hd", "hd")]
    [InlineData("/video/hd/1", "under-hd")]
    [InlineData("/video/sd", "under")]
    [InlineData("/videos", "default")]
    [InlineData("/Video", "default")]
    public void The_longest_path_rule_wins_in_whatever_order(string path, string expected)
    {
        const string Map = """
            {"defaultService":"d","hostRules":[{"hosts":["*"],"pathMatcher":"m"}],"pathMatchers":[{"name":"m",
            "defaultService":"default","pathRules":[
            {"paths":["/video/*"],"service":"under"},{"paths":["/video"],"service":"exact"},
            {"paths":["/video/hd/*"],"service":"under-hd"},{"paths":["/video/hd"],"service":"hd"}]}]}
            """;

        Assert.Equal(expected, Service(Decide(Map, "x.test", path)));
    }

    [Fact]
    public void Route_rules_are_asked_by_priority_and_not_by_place()
    {
        var map = Routes(
            """{"priority":20,"matchRules":[{"prefixMatch":"/"}],"service":"late"}""",
            """{"priority":3,"matchRules":[{"prefixMatch":"/a"}],"service":"early"}""");

        Assert.Equal("early", Service(Decide(map, "h", "/ab")));
        Assert.Equal("pathMatchers[0].routeRules[1]", Decide(map, "h", "/ab").Rule);
        Assert.Equal("late", Service(Decide(map, "h", "/b")));
    }

    [Theory]
    [InlineData("""{"prefixMatch":"/foo"}""", "/foobar", true)]
    [InlineData("""{"prefixMatch":"/foo/"}""", "/foo", false)]
    [InlineData("""{"prefixMatch":"/foo"}""", "/FOO", false)]
    [InlineData("""{"prefixMatch":"/foo","ignoreCase":true}""", "/FOObar", true)]
    [InlineData("""{"fullPathMatch":"/foo"}""", "/foo?x=1", true)]
    [InlineData("""{"fullPathMatch":"/foo"}""", "/foo/", false)]
    [InlineData("""{"regexMatch":"/v[0-9]+"}""", "/v12", true)]
    [InlineData("""{"regexMatch":"/v[0-9]+"}""", "/v12/x", false)]
    [InlineData("""{"pathTemplateMatch":"/a/*/c"}""", "/a/b/c", true)]
    [InlineData("""{"pathTemplateMatch":"/a/*/c"}""", "/a/b/b/c", false)]
    [InlineData("""{"pathTemplateMatch":"/a/*/c"}""", "/a//c", false)]
    [InlineData("""{"pathTemplateMatch":"/a/**"}""", "/a/b/c", true)]
    [InlineData("""{"pathTemplateMatch":"/a/**"}""", "/a/", true)]
    [InlineData("""{"pathTemplateMatch":"/a/**"}""", "/a", false)]
    [InlineData("""{"pathTemplateMatch":"/**.mpd"}""", "/x/y.mpd", true)]
    [InlineData("""{"pathTemplateMatch":"/{x=news/*}/z"}""", "/news/1/z", true)]
    [InlineData("""{"pathTemplateMatch":"/{x=news/*}/z"}""", "/old/1/z", false)]
    public void Paths_are_matched(string rule, string target, bool isMatch)
    {
        var map = Routes($$"""{"priority":1,"matchRules":[{{rule}}],"service":"hit"}""");

        Assert.Equal(isMatch ? "hit" : "miss", Service(Decide(map, "h", target)));
    }

    [Theory]
    [InlineData("""{"headerName":"X-A","exactMatch":"b"}""", "b", true)]
    [InlineData("""{"headerName":"x-a","exactMatch":"b"}""", "B", false)]
    [InlineData("""{"headerName":"x-a","exactMatch":"b"}""", null, false)]
    [InlineData("""{"headerName":"x-a","exactMatch":"b","invertMatch":true}""", "c", true)]
    [InlineData("""{"headerName":"x-a","exactMatch":"b","invertMatch":true}""", null, true)]
    [InlineData("""{"headerName":"x-a","prefixMatch":"b"}""", "bc", true)]
    [InlineData("""{"headerName":"x-a","suffixMatch":"c"}""", "bc", true)]
    [InlineData("""{"headerName":"x-a","suffixMatch":"c"}""", "cb", false)]
    [InlineData("""{"headerName":"x-a","presentMatch":true}""", "", true)]
    [InlineData("""{"headerName":"x-a","presentMatch":true}""", null, false)]
    [InlineData("""{"headerName":"x-a","regexMatch":"b+"}""", "bb", true)]
    [InlineData("""{"headerName":"x-a","regexMatch":"b+"}""", "bbc", false)]
    [InlineData("""{"headerName":"x-a","rangeMatch":{"rangeStart":"1","rangeEnd":"5"}}""", "1", true)]
    [InlineData("""{"headerName":"x-a","rangeMatch":{"rangeStart":"1","rangeEnd":"5"}}""", "5", false)]
    [InlineData("""{"headerName":":method","exactMatch":"POST"}""", null, true)]
    [InlineData("""{"headerName":":authority","exactMatch":"h"}""", null, true)]
    public void Headers_are_matched(string match, string? value, bool isMatch)
    {
        var map = Routes(
            $$"""
            {"priority":1,"matchRules":[{"prefixMatch":"/","headerMatches":[{{match}}]}],"service":"hit"}
            """);
        var headers = value is null ? [] : new Dictionary<string, string> { ["x-a"] = value };

        var decision = Compile(map).Decide(new UrlRequest("http", "h", "/", "POST", headers));

        Assert.Equal(isMatch ? "hit" : "miss", Service(decision));
    }

    [Theory]
    [InlineData("""{"name":"q","exactMatch":"1"}""", "/?q=1", true)]
    [InlineData("""{"name":"q","exactMatch":"1"}""", "/?q=2&q=1", false)]
    [InlineData("""{"name":"q","exactMatch":"1"}""", "/", false)]
    [InlineData("""{"name":"q","presentMatch":true}""", "/?a=1&q", true)]
    [InlineData("""{"name":"q","regexMatch":"[0-9]+"}""", "/?q=12", true)]
    public void Query_parameters_are_matched(string match, string target, bool isMatch)
    {
        var map = Routes(
            $$"""
            {"priority":1,"matchRules":[{"prefixMatch":"/","queryParameterMatches":[{{match}}]}],"service":"hit"}
            """);

        Assert.Equal(isMatch ? "hit" : "miss", Service(Decide(map, "h", target)));
    }

    [Theory]
    [InlineData("""{"prefixMatch":"/foo/"}""", """{"pathPrefixRewrite":"/bar/"}""", "/foo/a?q=1", "h/bar/a?q=1")]
    [InlineData("""{"fullPathMatch":"/foo"}""", """{"pathPrefixRewrite":"/bar"}""", "/foo", "h/bar")]
    [InlineData("""{"prefixMatch":"/foo"}""", """{"pathPrefixRewrite":"/"}""", "/foobar", "h/bar")]
    [InlineData("""{"prefixMatch":"/"}""", """{"hostRewrite":"in.test"}""", "/a", "in.test/a")]
    [InlineData(
        """{"pathTemplateMatch":"/u/{id}/{r=**}"}""", """{"pathTemplateRewrite":"/{r}/of/{id}"}""", "/u/7/x/y?z",
        "h/x/y/of/7?z")]
    public void Urls_are_rewritten(string rule, string rewrite, string target, string expected)
    {
        var map = Routes(
            $$"""
            {"priority":1,"matchRules":[{{rule}}],"service":"s","routeAction":{"urlRewrite":{{rewrite}} } }
            """);

        var forward = Assert.IsType<RouteDecision.Forward>(Decide(map, "h", target));

        Assert.Equal(expected, forward.Host + forward.Target);
    }

    [Theory]
    [InlineData("""{"httpsRedirect":true}""", "/a?b", 301, "https://h:8080/a?b")]
    [InlineData("""{"pathRedirect":"/n","redirectResponseCode":"FOUND"}""", "/a?b", 302, "http://h:8080/n?b")]
    [InlineData(
        """{"prefixRedirect":"/n","stripQuery":true,"redirectResponseCode":"PERMANENT_REDIRECT"}""", "/a/c?b", 308,
        "http://h:8080/n/c")]
    [InlineData(
        """{"hostRedirect":"o.test","redirectResponseCode":"SEE_OTHER"}""", "/a", 303, "http://o.test/a")]
    [InlineData(
        """{"hostRedirect":"o.test","redirectResponseCode":"TEMPORARY_REDIRECT"}""", "/a", 307, "http://o.test/a")]
    public void Redirects_name_the_whole_url(string redirect, string target, int status, string location)
    {
        var map = Routes(
            $$"""
            {"priority":1,"matchRules":[{"prefixMatch":"/a"}],"urlRedirect":{{redirect}}}
            """);

        var decision = Assert.IsType<RouteDecision.Redirect>(Decide(map, "h:8080", target));

        Assert.Equal((status, location), (decision.Status, decision.Location));
    }

    [Fact]
    public void Header_actions_go_from_the_service_out_to_the_map()
    {
        const string Map = """
            {"defaultService":"d","headerAction":{"requestHeadersToRemove":["x-map"]},
            "hostRules":[{"hosts":["*"],"pathMatcher":"m"}],"pathMatchers":[{"name":"m","defaultService":"d",
            "headerAction":{"requestHeadersToAdd":[{"headerName":"x-matcher","headerValue":"1","replace":false}]},
            "routeRules":[{"priority":1,"matchRules":[{"prefixMatch":"/"}],
            "headerAction":{"responseHeadersToAdd":[{"headerName":"x-rule","headerValue":"2"}]},
            "routeAction":{"weightedBackendServices":[{"backendService":"s","weight":1,"headerAction":
            {"requestHeadersToAdd":[{"headerName":"x-service","headerValue":"3","replace":true}]}}]}}]}]}
            """;

        var forward = Assert.IsType<RouteDecision.Forward>(Decide(Map, "h", "/"));
        var edits = Assert.Single(forward.Services).Edits;

        Assert.Equal(
            ["Set x-service", "", "Append x-matcher", "Remove x-map"],
            edits.Select(one => string.Join(',', one.Request.Select(edit => $"{edit.Kind} {edit.Name}"))));
        Assert.Equal(HeaderEditKind.Set, Assert.Single(edits[1].Response).Kind);
    }

    [Fact]
    public void A_route_carries_its_policies()
    {
        var map = Routes(
            """
            {"priority":1,"matchRules":[{"prefixMatch":"/"}],"service":"s","routeAction":{
            "timeout":{"seconds":"2","nanos":500000000},"requestMirrorPolicy":{"backendService":"m","mirrorPercent":25},
            "retryPolicy":{"retryConditions":["5xx"],"numRetries":3,"perTryTimeout":{"seconds":"1"}},
            "corsPolicy":{"allowOrigins":["https://a.test"],"maxAge":60},
            "faultInjectionPolicy":{"abort":{"httpStatus":503,"percentage":12.5}}}}
            """);

        var policies = Assert.IsType<RouteDecision.Forward>(Decide(map, "h", "/")).Policies;

        Assert.Equal(TimeSpan.FromSeconds(2.5), policies.Timeout);
        Assert.Equal(new MirrorPolicy("m", 25), policies.Mirror);
        Assert.Equal((3, TimeSpan.FromSeconds(1)), (policies.Retry?.Retries, policies.Retry?.PerTryTimeout));
        Assert.Equal(new FaultPolicy(503, 12.5, null, 0), policies.Fault);
        Assert.Equal(["https://a.test"], policies.Cors?.Origins);
    }

    private static string Routes(params string[] rules) => $$"""
        {"defaultService":"d","hostRules":[{"hosts":["*"],"pathMatcher":"m"}],
        "pathMatchers":[{"name":"m","defaultService":"miss","routeRules":[{{string.Join(',', rules)}}]}]}
        """;

    private static RouteDecision Decide(string map, string host, string target) =>
        Compile(map).Decide(new UrlRequest("http", host, target, "GET", new Dictionary<string, string>()));

    private static UrlMapProgram Compile(string map)
    {
        using var document = JsonDocument.Parse(map);
        return UrlMapProgram.Compile(ValueJson.ReadStruct(document.RootElement));
    }

    private static string Service(RouteDecision decision) =>
        Assert.Single(Assert.IsType<RouteDecision.Forward>(decision).Services).Link;
}
