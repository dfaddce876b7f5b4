using Gwctl.Core;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class MatchTests
{
    private const string To = "\n  backendRefs: [{name: a, port: 80}]";

    [Theory]
    [InlineData("{type: PathPrefix, value: /foo}", "{field: path-pattern, values: [/foo, /foo/*]}")]
    [InlineData("{type: PathPrefix, value: /foo/}", "{field: path-pattern, values: [/foo, /foo/*]}")]
    [InlineData("{type: Exact, value: /foo}", "{field: path-pattern, values: [/foo]}")]
    [InlineData("{type: Exact, value: /a*b}", "{field: path-pattern, regexValues: [^/a\\*b$]}")]
    [InlineData("{type: PathPrefix, value: \"/a(1)\"}", "{field: path-pattern, regexValues: [^/a\\(1\\)(/.*)?$]}")]
    [InlineData("{type: Exact, value: \"/a%20b\"}", "{field: path-pattern, regexValues: [^/a%20b$]}")]
    public void Paths_match_by_whole_elements_and_literally(string path, string condition)
    {
        var projected = Projected.Rules($"- matches: [{{path: {path}}}]{To}");

        Assert.Empty(projected.Codes);
        Assert.Contains(condition, Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void A_rule_for_everything_has_a_condition_all_the_same()
    {
        var projected = Projected.Rules($"- backendRefs: [{{name: a, port: 80}}]", hostnames: "[]");

        Assert.Equal(
            "[{field: path-pattern, values: [/*]}] -> "
                + "[{targetGroups: [{targetGroup: <target-group shop/a:80>}], type: forward}]",
            Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void A_prefix_becomes_one_expression_where_two_values_are_too_many()
    {
        var projected = Projected.Rules($"""
            - matches:
                - path: {"{type: PathPrefix, value: /foo}"}
                  method: GET
                  headers: {"[{name: x-a, value: \"1\"}, {name: x-b, value: \"2\"}]"}{To.Replace("\n", "\n")}
            """);

        Assert.Empty(projected.Codes);
        Assert.Contains("{field: path-pattern, regexValues: [^/foo(/.*)?$]}", Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void Header_values_are_compared_without_case_and_that_is_said()
    {
        var projected = Projected.Rules($"""
            - matches: [{"{headers: [{name: X-Channel, value: beta}]}"}]{To}
            - matches: [{"{headers: [{name: x-n, value: \"1*\"}]}"}]{To}
            """);

        var warning = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3131", Severity.Warning, "HTTPRoute/shop/r"),
            (warning.Code, warning.Severity, warning.Object));
        Assert.Contains("x-channel", projected.RuleTexts()[0]);
        Assert.Contains("regexValues: [^1\\*$]", projected.RuleTexts()[1]);
    }

    [Fact]
    public void Query_parameters_are_compared_without_case_and_that_is_said()
    {
        var projected = Projected.Rules("- matches: "
            + $"[{{queryParams: [{{name: \"1\", value: \"2?\"}}, {{name: v, value: x}}]}}]{To}");

        Assert.Equal(["GW3131", "GW3132"], projected.Codes);
        Assert.Contains("{key: 1, value: 2\\?}", Assert.Single(projected.RuleTexts()));
    }

    [Theory]
    [InlineData("/a|/b", "^(/a|/b)$")]
    [InlineData("^/a.*$", "^/a.*$")]
    [InlineData("/a.*", "^/a.*$")]
    public void Regular_expressions_are_anchored_and_judged(string written, string anchored)
    {
        var projected = Projected.Rules("- matches: "
            + $"[{{path: {{type: RegularExpression, value: \"{written}\"}}}}]{To}");

        Assert.Empty(projected.Codes);
        Assert.Contains($"regexValues: [{anchored}]", Assert.Single(projected.RuleTexts()));
    }

    [Theory]
    [InlineData("{path: {type: RegularExpression, value: '/(?=a)b'}}")]
    [InlineData("{path: {type: RegularExpression, value: '/(a)\\1'}}")]
    [InlineData("{path: {type: RegularExpression, value: '/\\p{L}'}}")]
    [InlineData("{path: {type: RegularExpression, value: '/a++'}}")]
    [InlineData("{path: {type: RegularExpression, value: '/(?>a)'}}")]
    [InlineData("{queryParams: [{name: q, value: 'a.*', type: RegularExpression}]}")]
    [InlineData("{headers: [{name: host, value: '1'}]}")]
    [InlineData("{headers: [{name: x-0123456789012345678901234567890123456789, value: '1'}]}")]
    [InlineData("{method: GET, headers: [{name: a, value: '1'}, {name: b, value: '1'}, {name: c, value: '1'}, "
        + "{name: d, value: '1'}]}")]
    public void What_no_condition_can_say_is_refused(string match)
    {
        var projected = Projected.Rules($"""
            - matches: [{match}, {"{path: {type: Exact, value: /fine}}"}]{To}
            """);

        var error = Assert.Single(projected.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Equal(("GW3130", "UnsupportedValue"), (error.Code, error.Reason));
        Assert.NotEqual(SourceSpan.None, error.Subject);

        // The route's other match still compiles.
        Assert.Contains("/fine", Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void Matches_of_one_rule_share_a_rule_where_nothing_stands_between()
    {
        var projected = Projected.Rules(
            $"""
            - matches:
                - path: {"{type: PathPrefix, value: /catalog}"}
                - path: {"{type: PathPrefix, value: /search}"}{To}
            """,
            hostnames: "[a.example.com, b.example.com]");

        Assert.Equal(
            "[{field: host-header, values: [a.example.com, b.example.com]}, "
                + "{field: path-pattern, regexValues: [^/catalog(/.*)?$, ^/search(/.*)?$]}]"
                + " -> [{targetGroups: [{targetGroup: <target-group shop/a:80>}], type: forward}]",
            Assert.Single(projected.RuleTexts()));
    }
}
