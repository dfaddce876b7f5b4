using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class RedirectTests
{
    private const string Https =
        "{name: s, port: 443, protocol: HTTPS, tls: {options: {gwctl.dev/certificate: own}}}";

    [Theory]
    [InlineData("301", "MOVED_PERMANENTLY_DEFAULT")]
    [InlineData("302", "FOUND")]
    [InlineData("303", "SEE_OTHER")]
    [InlineData("307", "TEMPORARY_REDIRECT")]
    [InlineData("308", "PERMANENT_REDIRECT")]
    public void Every_status_code_has_its_word(string status, string word) => Assert.Equal(
        [$"[{{prefixMatch: /}}] -> {{urlRedirect: {{httpsRedirect: true, redirectResponseCode: {word}}}}}"],
        Redirect("/", $"scheme: https, statusCode: {status}").Routes());

    [Theory]
    [InlineData("/a", "type: ReplaceFullPath, replaceFullPath: /b",
        "[{fullPathMatch: /a}, {prefixMatch: /a/}] -> {urlRedirect: {pathRedirect: /b, redirectResponseCode: FOUND}}")]
    [InlineData("/a", "type: ReplacePrefixMatch, replacePrefixMatch: /b",
        "[{fullPathMatch: /a}] -> {urlRedirect: {pathRedirect: /b, redirectResponseCode: FOUND}}",
        "[{prefixMatch: /a/}] -> {urlRedirect: {prefixRedirect: /b/, redirectResponseCode: FOUND}}")]
    [InlineData("/a", "type: ReplacePrefixMatch, replacePrefixMatch: /",
        "[{fullPathMatch: /a}] -> {urlRedirect: {pathRedirect: /, redirectResponseCode: FOUND}}",
        "[{prefixMatch: /a/}] -> {urlRedirect: {prefixRedirect: /, redirectResponseCode: FOUND}}")]
    [InlineData("/", "type: ReplacePrefixMatch, replacePrefixMatch: /b",
        "[{prefixMatch: /}] -> {urlRedirect: {prefixRedirect: /b/, redirectResponseCode: FOUND}}")]
    public void Paths_are_replaced_whole_or_by_prefix(string path, string change, params string[] expected) =>
        Assert.Equal(expected, Redirect(path, $"path: {{{change}}}").Routes());

    [Fact]
    public void A_host_is_named_in_lower_case() => Assert.Contains(
        "hostRedirect: www.example.com", Assert.Single(Redirect("/", "hostname: www.example.com").Routes()));

    [Theory]
    [InlineData("hostname: other.example.com, port: 8443")]
    [InlineData("hostname: other.example.com, scheme: https, port: 80")]
    public void A_port_that_is_not_the_schemes_own_is_refused(string redirect)
    {
        var projected = Redirect("/", redirect);

        Assert.Equal(["GW3232"], projected.Codes);
        Assert.Contains("httpStatus: 500", Assert.Single(projected.Routes()));
    }

    [Fact]
    public void A_port_that_goes_without_saying_is_taken() =>
        Assert.Empty(Redirect("/", "hostname: other.example.com, scheme: https, port: 443").Codes);

    [Fact]
    public void Https_is_never_left_for_http()
    {
        var projected = Projected.All($$"""
            {{SpecText.Gateway(Https)}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r, namespace: shop}
            spec:
              parentRefs: [{name: web}]
              rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: http} } ] } ]
            """);

        Assert.Equal(["GW3232"], projected.Codes);
    }

    [Fact]
    public void A_redirect_to_itself_is_refused_or_said()
    {
        Assert.Equal(["GW3232"], Redirect("/", "statusCode: 301").Codes);
        Assert.Equal(["GW3233"], Redirect("/", "hostname: shop.example.com").Codes);
    }

    private static Projected Redirect(string path, string redirect) => Projected.Rules($$"""
        - matches: [{path: {value: {{path}} } }]
          filters: [{type: RequestRedirect, requestRedirect: { {{redirect}} } }]
        """);
}
