using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class MatchTests
{
    [Theory]
    [InlineData("{type: Exact, value: /a}", "[{fullPathMatch: /a}]")]
    [InlineData("{type: PathPrefix, value: /a}", "[{fullPathMatch: /a}, {prefixMatch: /a/}]")]
    [InlineData("{type: PathPrefix, value: /a/}", "[{fullPathMatch: /a}, {prefixMatch: /a/}]")]
    [InlineData("{type: PathPrefix, value: /}", "[{prefixMatch: /}]")]
    public void A_prefix_is_of_whole_path_elements(string path, string expected)
    {
        var projected = Projected.Rules($$"""
            - matches: [{path: {{path}} }]
              backendRefs: [{name: a, port: 80}]
            """);

        Assert.Equal([$"{expected} -> {{service: <backend-service shop/a:80>}}"], projected.Routes());
        Assert.Empty(projected.Diagnostics);
    }

    [Fact]
    public void All_terms_of_a_match_stand_in_each_match_rule()
    {
        var projected = Projected.Rules("""
            - matches:
                - path: {value: /a}
                  method: POST
                  headers: [{name: X-Beta, value: "1"}]
                  queryParams: [{name: q, value: v}]
              backendRefs: [{name: a, port: 80}]
            """);

        const string terms =
            "headerMatches: [{exactMatch: 1, headerName: X-Beta}, {exactMatch: POST, headerName: :method}]";
        const string query = "queryParameterMatches: [{exactMatch: v, name: q}]";
        Assert.Equal(
            [$"[{{fullPathMatch: /a, {terms}, {query}}}, {{{terms}, prefixMatch: /a/, {query}}}]"
                + " -> {service: <backend-service shop/a:80>}"],
            projected.Routes());
    }

    [Theory]
    [InlineData("path: {type: RegularExpression, value: '/a+'}", "regexMatch: /a+")]
    [InlineData("headers: [{type: RegularExpression, name: x, value: 'a+'}]", "{headerName: x, regexMatch: a+}")]
    [InlineData("queryParams: [{type: RegularExpression, name: x, value: 'a+'}]", "{name: x, regexMatch: a+}")]
    public void Expressions_need_a_regional_load_balancer(string match, string regional)
    {
        var rules = $$"""
            - matches: [{ {{match}} }]
              backendRefs: [{name: a, port: 80}]
            """;
        var projected = Projected.Rules(rules);
        Assert.Equal(["GW3230"], projected.Codes);
        Assert.Contains("Only regional", Assert.Single(projected.Diagnostics).Detail);
        Assert.Empty(projected.Routes());

        var inRegion = Projected.Rules(rules, gcp: Projected.Regional);

        // Queries are compared as they were sent, and what an expression takes may be sent encoded.
        string[] expected = match.StartsWith("query", StringComparison.Ordinal) ? ["GW3245"] : [];
        Assert.Equal(expected, inRegion.Codes);
        Assert.Contains(regional, Assert.Single(inRegion.Routes()));
    }

    [Fact]
    public void A_long_expression_is_refused_and_so_are_many()
    {
        var rule = $$"""
            - matches: [{path: {type: RegularExpression, value: '/{{new string('a', 260)}}' } }]
              backendRefs: [{name: a, port: 80}]
            """;
        Assert.Equal(["GW3230"], Projected.Rules(rule, gcp: Projected.Regional).Codes);
        var many = string.Join('\n', Enumerable.Range(0, 6).Select(index => $$"""
            - matches: [{path: {type: RegularExpression, value: '/{{index}}+' } }]
              backendRefs: [{name: a, port: 80}]
            """));
        Assert.Equal(["GW3218"], Projected.Rules(many, gcp: Projected.Regional).Codes);
    }

    [Fact]
    public void A_url_map_has_tests_for_what_its_rules_get()
    {
        var projected = Projected.Rules("""
            - matches: [{path: {type: Exact, value: /exact}}, {path: {value: /pre}, headers: [{name: x, value: "1"}]}]
              backendRefs: [{name: a, port: 80}]
            - matches: [{path: {value: /pre}, method: GET}]
              backendRefs: [{name: b, port: 80}]
            - backendRefs: [{name: a, port: 80}, {name: b, port: 80}]
            """);

        var tests = Projected.Maps(projected.Only(Kinds.UrlMap).Attributes["tests"])
            .Select(test => SpecText.Of(new Engine.Resources.AttributeValue.Map(test)));
        Assert.Equal(
            [
                "{description: shop/r rule 0 match 0, host: shop.example.com, path: /exact, "
                    + "service: <backend-service shop/a:80>}",
            ],
            tests.Take(1));
    }

    [Fact]
    public void No_test_is_made_for_a_rule_that_another_may_take_from()
    {
        var projected = Projected.Rules("""
            - matches: [{path: {value: /pre}, method: GET}]
              backendRefs: [{name: b, port: 80}]
            - matches: [{path: {value: /pre}}]
              backendRefs: [{name: a, port: 80}]
            """);

        Assert.Empty(Projected.Maps(projected.Only(Kinds.UrlMap).Attributes["tests"]));
    }
}
