using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

/// <summary>Goal: what users write in RouteTests Google checks with every update, and nothing that Google's tests
/// cannot say is asked of them.</summary>
public sealed class CaseTests
{
    private const string Rules = """
        - matches: [{path: {type: Exact, value: /sale}}]
          filters:
            - type: RequestRedirect
              requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /offers}, statusCode: 302}
        - matches: [{path: {value: /api}}]
          filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1}}}]
          backendRefs: [{name: a, port: 80}]
        - matches: [{path: {value: /find}, queryParams: [{name: q, value: "1"}]}]
          backendRefs: [{name: b, port: 80}]
        - matches: [{path: {value: /find}, headers: [{name: x-canary, value: always}]}]
          backendRefs: [{name: b, port: 80}]
        - matches: [{path: {value: /write}, method: POST}]
          backendRefs: [{name: b, port: 80}]
        - matches: [{path: {value: /split}}]
          backendRefs: [{name: a, port: 80}, {name: b, port: 80}]
        - backendRefs: [{name: a, port: 80}]
        """;

    [Theory]
    [InlineData("{url: 'http://shop.example.com/find?q=1'}", "backend: {name: b}", "path: /find?q=1",
        "service: <backend-service shop/b:80>")]
    [InlineData("{url: 'http://SHOP.example.com/find?q=2'}", "backend: {name: a, port: 80}",
        "host: shop.example.com", "service: <backend-service shop/a:80>")]
    [InlineData("{url: 'http://shop.example.com/find', headers: [{name: X-Canary, value: always}]}",
        "backend: {name: b}", "headers: [{name: X-Canary, value: always}]", "service: <backend-service shop/b:80>")]
    [InlineData("{url: 'http://shop.example.com/api/orders?page=2'}", "rewrite: {path: /v1/orders}",
        "expectedOutputUrl: http://shop.example.com/v1/orders?page=2", "service: <backend-service shop/a:80>")]
    [InlineData("{url: 'http://shop.example.com/sale'}",
        "redirect: {location: 'http://shop.example.com/offers', status: 302}",
        "expectedOutputUrl: http://shop.example.com/offers", "expectedRedirectResponseCode: 302")]
    [InlineData("{method: DELETE, url: 'http://shop.example.com/else'}", "backend: {name: a}",
        "path: /else", "service: <backend-service shop/a:80>")]
    public void A_case_is_a_test_of_the_map(string request, string expect, params string[] parts)
    {
        var projected = Project(request, expect);

        Assert.Empty(projected.Diagnostics);
        var test = FirstTest(projected);
        Assert.StartsWith("{description: RouteTest shop/t: c, ", test, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, test, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{url: 'http://shop.example.com/split'}", "backends: [{name: a, share: 50}, {name: b, share: 50}]",
        "it expects shares")]
    [InlineData("{url: 'http://shop.example.com/split'}", "backend: {name: a}", "has several backends")]
    [InlineData("{url: 'http://other.example.com/'}", "status: 404", "it expects a status")]
    [InlineData("{url: 'http://shop.example.com/write'}", "backend: {name: a}", "looks at methods")]
    [InlineData("{url: 'http://shop.example.com/find?q=%31'}", "backend: {name: b}", "looks at methods")]
    [InlineData("{url: 'http://shop.example.com/', headers: [{name: Host, value: x}]}", "backend: {name: a}",
        "a header of HTTP's own")]
    [InlineData("{url: 'http://shop.example.com/'}", "requestHeaders: {x: z}", "it expects headers")]
    [InlineData("{url: 'http://shop.example.com:80/sale'}", "redirect: {location: 'http://shop.example.com/offers'}",
        "its URL names a port")]
    [InlineData("{url: 'http://shop.example.com/', port: 8080}", "backend: {name: a}", "port 8080 has no URL map")]
    public void A_case_that_a_test_cannot_express_is_left_out_and_said(string request, string expect, string why)
    {
        var projected = Project(request, expect);

        var note = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3282", Severity.Note), (note.Code, note.Severity));
        Assert.Contains(why, note.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("RouteTest", FirstTest(projected), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{url: 'http://shop.example.com/else'}", "backend: {name: b}", "sends it to shop/a:80")]
    [InlineData("{url: 'http://shop.example.com/else'}", "backend: {name: a, port: 81}", "sends it to shop/a:80")]
    [InlineData("{url: 'http://other.example.com/'}", "backend: {name: a}", "no rule takes the request")]
    [InlineData("{url: 'http://shop.example.com/sale'}", "backend: {name: a}", "answers with a redirect")]
    [InlineData("{url: 'http://shop.example.com/sale'}", "redirect: {status: 301}", "status is 302")]
    [InlineData("{url: 'http://shop.example.com/else'}", "redirect: {status: 301}", "sends it to a backend")]
    public void A_case_that_certainly_fails_is_an_error_at_what_it_expects(string request, string expect, string why)
    {
        var error = Assert.Single(Project(request, expect).Diagnostics);

        Assert.Equal(("GW3281", Severity.Error), (error.Code, error.Severity));
        Assert.Contains(why, error.Detail, StringComparison.Ordinal);
        Assert.True(error.Subject.Line > 1);
    }

    [Fact]
    public void A_map_takes_a_hundred_tests_and_the_users_come_first()
    {
        var cases = string.Join('\n', Enumerable.Range(0, 103).Select(index =>
            $"    - {{name: c{index}, request: {{url: 'http://shop.example.com/{index}'}}, "
            + "expect: {backend: {name: a}}}"));
        var projected = Projected.Rules(Rules, more: RouteTest(cases));

        var tests = Tests(projected);
        Assert.Equal(100, tests.Count);
        Assert.All(tests, test => Assert.StartsWith("{description: RouteTest", test, StringComparison.Ordinal));
        Assert.Contains(
            "3 of the 103 cases", Assert.Single(projected.Diagnostics).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_of_another_gateway_is_not_this_ones()
    {
        const string wrong =
            "    - {name: c, request: {url: 'http://shop.example.com/'}, expect: {backend: {name: b}}}";
        var more = RouteTest(wrong)
            .Replace("spec:", "spec:\n  targetRef: {name: other}", StringComparison.Ordinal);

        Assert.Empty(Projected.Rules(Rules, more: more).Diagnostics);
    }

    private static Projected Project(string request, string expect) => Projected.Rules(
        Rules, more: RouteTest($"    - {{name: c, request: {request}, expect: {{{expect}}}}}"));

    private static string RouteTest(string cases) =>
        "---\napiVersion: gwctl.dev/v1alpha1\nkind: RouteTest\nmetadata: {name: t, namespace: shop}\nspec:\n"
        + $"  cases:\n{cases}";

    private static string FirstTest(Projected projected) => Tests(projected)[0];

    private static List<string> Tests(Projected projected) =>
        [.. Projected.Maps(projected.Only(Kinds.UrlMap).Attributes["tests"])
            .Select(test => SpecText.Of(new AttributeValue.Map(test)))];
}
