using Gwctl.Core;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class FilterTests
{
    [Theory]
    [InlineData("filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}]}}]")]
    [InlineData("filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: a, value: b}]}}]")]
    [InlineData("filters: [{type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}}]")]
    [InlineData("filters: [{type: CORS, cors: {allowOrigins: ['https://x.example.com']}}]")]
    [InlineData("timeouts: {request: 5s}")]
    [InlineData("timeouts: {backendRequest: 5s}")]
    [InlineData("retry: {attempts: 2}")]
    public void What_a_rule_cannot_do_is_an_error_and_answers_500(string field)
    {
        var projected = Projected.Rules($$"""
            - {{field}}
              backendRefs: [{name: a, port: 80}]
            """);

        var error = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3133", Severity.Error, "UnsupportedValue"), (error.Code, error.Severity, error.Reason));
        Assert.Equal("HTTPRoute/shop/r", error.Object);
        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
    }

    [Theory]
    [InlineData("request: 0s")]
    [InlineData("request: 0s, backendRequest: 0s")]
    public void A_timeout_of_zero_is_none(string timeouts) => Assert.Empty(Projected.Rules($$"""
        - timeouts: {{{timeouts}}}
          backendRefs: [{name: a, port: 80}]
        """).Codes);

    [Fact]
    public void A_backends_own_filter_is_an_error_too()
    {
        var projected = Projected.Rules("""
            - backendRefs:
                - name: a
                  port: 80
                  filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}]}}]
            """);

        Assert.Equal(["GW3133"], projected.Codes);
        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
    }
}
