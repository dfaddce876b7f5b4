using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class FilterTests
{
    [Fact]
    public void A_hostname_is_rewritten() => Assert.Contains(
        "routeAction: {urlRewrite: {hostRewrite: in.example.com}}, service: <backend-service shop/a:80>",
        Route("{type: URLRewrite, urlRewrite: {hostname: in.example.com}}"));

    [Theory]
    [InlineData("{value: /a}", "type: ReplacePrefixMatch, replacePrefixMatch: /b",
        "[{fullPathMatch: /a}] -> {routeAction: {urlRewrite: {pathPrefixRewrite: /b}}",
        "[{prefixMatch: /a/}] -> {routeAction: {urlRewrite: {pathPrefixRewrite: /b/}}")]
    [InlineData("{value: /a}", "type: ReplacePrefixMatch, replacePrefixMatch: /",
        "[{fullPathMatch: /a}] -> {routeAction: {urlRewrite: {pathPrefixRewrite: /}}",
        "[{prefixMatch: /a/}] -> {routeAction: {urlRewrite: {pathPrefixRewrite: /}}")]
    [InlineData("{value: /a}", "type: ReplaceFullPath, replaceFullPath: /b",
        "[{fullPathMatch: /a}] -> {routeAction: {urlRewrite: {pathPrefixRewrite: /b}}",
        "[{pathTemplateMatch: /a/{rest=**}}] -> {routeAction: {urlRewrite: {pathTemplateRewrite: /b}}")]
    [InlineData("{type: Exact, value: /a}", "type: ReplaceFullPath, replaceFullPath: /b",
        "[{fullPathMatch: /a}] -> {routeAction: {urlRewrite: {pathPrefixRewrite: /b}}")]
    public void Paths_are_rewritten_by_prefix_or_template(string path, string change, params string[] expected)
    {
        var projected = Projected.Rules($$"""
            - matches: [{path: {{path}} }]
              filters: [{type: URLRewrite, urlRewrite: {path: { {{change}} } } }]
              backendRefs: [{name: a, port: 80}]
            """);

        Assert.Equal(
            expected.Select(text => $"{text}, service: <backend-service shop/a:80>}}"), projected.Routes());
        Assert.Empty(projected.Diagnostics);
    }

    public static TheoryData<string> NoTemplates => ["/a*", $"/{new string('a', 250)}"];

    [Theory]
    [MemberData(nameof(NoTemplates))]
    public void A_template_cannot_hold_its_own_signs_and_is_not_long(string path)
    {
        var projected = Projected.Rules("""
            - matches: [{path: {value: "PATH"}}]
              filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /b}}}]
              backendRefs: [{name: a, port: 80}]
            """.Replace("PATH", path));

        Assert.Equal(["GW3234"], projected.Codes);
        Assert.Contains("httpStatus: 500", Assert.Single(projected.Routes()));
    }

    [Fact]
    public void Headers_are_set_added_and_removed() => Assert.Contains(
        "headerAction: {requestHeadersToAdd: [{headerName: a, headerValue: 2, replace: false}, "
            + "{headerName: s, headerValue: 1, replace: true}], requestHeadersToRemove: [r], "
            + "responseHeadersToRemove: [q]}",
        Route("{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: s, value: '1'}], "
            + "add: [{name: a, value: '2'}], remove: [r]}}, "
            + "{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [q]}}"));

    [Fact]
    public void A_backends_headers_come_after_the_rules()
    {
        var projected = Projected.Rules("""
            - filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x, value: rule}]}}]
              backendRefs:
                - name: a
                  port: 80
                  filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X, value: own}]}}]
                - {name: b, port: 80}
            """);

        var route = Assert.Single(projected.Routes());
        Assert.Contains(
            "{backendService: <backend-service shop/a:80>, headerAction: {requestHeadersToAdd: "
                + "[{headerName: X, headerValue: own, replace: true}]}, weight: 1}",
            route);
        Assert.Contains("{headerName: x, headerValue: rule, replace: true}]}, weight: 1}]", route);
        Assert.Empty(projected.Codes);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("X-Goog-Thing")]
    [InlineData("Transfer-Encoding")]
    public void Headers_of_googles_own_are_refused(string name) => Assert.Equal(
        ["GW3231"],
        Rule("{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: " + name + ", value: x}]}}").Codes);

    [Fact]
    public void A_value_that_google_would_fill_in_is_said() => Assert.Equal(
        ["GW3240"],
        Rule("{type: RequestHeaderModifier, requestHeaderModifier: "
            + "{set: [{name: x, value: '{client_region}'}]}}").Codes);

    [Theory]
    [InlineData("{type: ExternalAuth, externalAuth: {protocol: HTTP, http: {}, backendRef: {name: b, port: 80}}}")]
    [InlineData("{type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}}, "
        + "{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}}}")]
    public void What_a_url_map_cannot_do_is_an_error_and_answers_500(string filters)
    {
        var projected = Rule(filters);

        Assert.Contains(projected.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Contains("httpStatus: 500, percentage: 100", Assert.Single(projected.Routes()));
    }

    [Fact]
    public void Requests_are_mirrored_to_one_backend_and_the_host_is_said()
    {
        var projected = Rule("{type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}, percent: 25}}");

        Assert.Equal(["GW3236"], projected.Codes);
        Assert.Contains(
            "requestMirrorPolicy: {backendService: <backend-service shop/b:80>, mirrorPercent: 25}",
            Assert.Single(projected.Routes()));
    }

    [Fact]
    public void Cors_origins_are_names_or_expressions()
    {
        Assert.Contains(
            "corsPolicy: {allowMethods: [GET], allowOrigins: [https://x.example.com], maxAge: 5}",
            Route("{type: CORS, cors: {allowOrigins: ['https://x.example.com'], allowMethods: [GET]}}"));
        const string wildcard = "{type: CORS, cors: {allowOrigins: ['https://*.example.com']}}";
        Assert.Equal(["GW3231"], Rule(wildcard).Codes);
        Assert.Contains(
            @"allowOriginRegexes: [https://.*\.example\.com]",
            Assert.Single(Rule(wildcard, Projected.Regional).Routes()));
    }

    [Theory]
    [InlineData("timeouts: {request: 5s}", "timeout: {seconds: 5}", "")]
    [InlineData("timeouts: {request: 1500ms}", "timeout: {nanos: 500000000, seconds: 1}", "")]
    [InlineData("timeouts: {request: 5s, backendRequest: 2s}", "timeout: {seconds: 2}", "")]
    [InlineData("timeouts: {request: 0s}", "timeout: {seconds: 86400}", "GW3239")]
    [InlineData("timeouts: {request: 5s, backendRequest: 2s}\n  retry: {attempts: 3, codes: [502, 503, 504]}",
        "retryPolicy: {numRetries: 3, perTryTimeout: {seconds: 2}, retryConditions: [connect-failure, gateway-error]}, "
            + "timeout: {seconds: 5}", "")]
    public void Timeouts_are_of_all_tries_or_of_one(string fields, string expected, string code)
    {
        var projected = Projected.Rules($"- {fields}\n  backendRefs: [{{name: a, port: 80}}]");

        Assert.Contains(expected, Assert.Single(projected.Routes()));
        Assert.Equal(code is "" ? [] : [code], projected.Codes);
    }

    [Theory]
    [InlineData("codes: [503]", "[connect-failure, gateway-error]", "GW3237")]
    [InlineData("codes: [500]", "[5xx, connect-failure]", "GW3237")]
    [InlineData("codes: [502, 503, 504]", "[connect-failure, gateway-error]", "")]
    [InlineData("attempts: 2", "[connect-failure]", "")]
    [InlineData("codes: [502, 503, 504], backoff: 1s", "[connect-failure, gateway-error]", "GW3238")]
    public void Retries_are_by_condition_and_more_is_said(string retry, string conditions, string code)
    {
        var projected = Projected.Rules($"- retry: {{{retry}}}\n  backendRefs: [{{name: a, port: 80}}]");

        Assert.Contains($"retryConditions: {conditions}", Assert.Single(projected.Routes()));
        Assert.Equal(code is "" ? [] : [code], projected.Codes);
    }

    private static Projected Rule(string filters, string gcp = "") => Projected.Rules($$"""
        - filters: [{{filters}}]
          backendRefs: [{name: a, port: 80}]
        """, gcp: gcp);

    private static string Route(string filters)
    {
        var projected = Rule(filters);
        Assert.Empty(projected.Diagnostics);
        return Assert.Single(projected.Routes());
    }
}
