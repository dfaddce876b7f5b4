namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class RedirectTests
{
    [Theory]
    [InlineData("{scheme: https}", "host: #{host}, path: /#{path}, port: 443, protocol: HTTPS")]
    [InlineData(
        "{scheme: http, hostname: x.example.com}",
        "host: x.example.com, path: /#{path}, port: #{port}, protocol: #{protocol}")]
    [InlineData(
        "{hostname: x.example.com}", "host: x.example.com, path: /#{path}, port: #{port}, protocol: #{protocol}")]
    [InlineData("{port: 8080}", "host: #{host}, path: /#{path}, port: 8080, protocol: #{protocol}")]
    [InlineData("{scheme: https, port: 8443}", "host: #{host}, path: /#{path}, port: 8443, protocol: HTTPS")]
    public void Ports_follow_the_specification(string redirect, string action)
    {
        var projected = Redirect(redirect, "/");

        Assert.Empty(projected.Codes);
        Assert.Contains($"{{{action}, query: #{{query}}, statusCode: HTTP_302, type: redirect}}",
            projected.RuleTexts()[0]);
    }

    [Theory]
    [InlineData("/foo", "/v2/foo", "/v2/#{path}")]
    [InlineData("/", "/v2", "/v2/#{path}")]
    [InlineData("/foo", "/bar", null)]
    [InlineData("/foo", "/", null)]
    public void A_prefix_is_replaced_only_where_the_rest_needs_no_cutting(string prefix, string replacement,
        string? path)
    {
        var projected = Redirect($"{{path: {{type: ReplacePrefixMatch, replacePrefixMatch: {replacement}}}}}", prefix);

        Assert.Equal(path is null ? ["GW3135"] : [], projected.Codes);
        Assert.Contains(path is null ? "statusCode: 500" : $"path: {path}, ", projected.RuleTexts()[0]);
    }

    [Theory]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public void Other_status_codes_are_refused(int status)
    {
        var projected = Redirect($"{{hostname: x.example.com, statusCode: {status}}}", "/");

        Assert.Equal(["GW3135"], projected.Codes);
        Assert.Contains("statusCode: 500", projected.RuleTexts()[0]);
    }

    [Fact]
    public void A_redirect_that_changes_nothing_is_refused_and_a_circle_is_named()
    {
        Assert.Equal(["GW3135"], Redirect("{scheme: http}", "/").Codes);
        Assert.Equal(["GW3136"], Redirect("{hostname: shop.example.com}", "/").Codes);
    }

    [Fact]
    public void Https_is_never_left_for_http()
    {
        var projected = Projected.All($$$"""
            {{{Projected.Gateway("{name: https, port: 443, protocol: HTTPS, hostname: shop.example.com, "
                + "tls: {options: {gwctl.dev/certificate: discover}}}")}}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r, namespace: shop}
            spec:
              parentRefs: [{name: web}]
              rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: http}}]}]
            """);

        Assert.Equal(["GW3135"], projected.Codes);
    }

    private static Projected Redirect(string redirect, string prefix) => Projected.Rules($$$"""
        - matches: [{path: {type: PathPrefix, value: {{{prefix}}} }}]
          filters: [{type: RequestRedirect, requestRedirect: {{{redirect}}} }]
        """);
}
