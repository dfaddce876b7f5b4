namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class RewriteTests
{
    [Fact]
    public void A_hostname_is_rewritten_by_a_transform()
    {
        var projected = Rewrite("{hostname: in.example.com}", "/");

        Assert.Equal("[{regex: ^.*$, replace: in.example.com, type: host-header-rewrite}]", Transforms(projected));
    }

    [Theory]
    [InlineData("/foo", "/xyz", "^/foo(.*)$", "/xyz$1")]
    [InlineData("/foo", "/xyz/", "^/foo(.*)$", "/xyz$1")]
    [InlineData("/foo", "/", "^/foo/?(.*)$", "/$1")]
    [InlineData("/foo", "\"\"", "^/foo/?(.*)$", "/$1")]
    [InlineData("/", "/xyz", "^(.*)$", "/xyz$1")]
    [InlineData("/a.b", "/xyz", "^/a\\.b(.*)$", "/xyz$1")]
    public void Paths_are_rewritten_as_the_specification_says(string prefix, string replacement, string regex,
        string replace)
    {
        var projected = Rewrite($"{{path: {{type: ReplacePrefixMatch, replacePrefixMatch: {replacement}}}}}", prefix);

        Assert.Empty(projected.Codes);
        Assert.Equal($"[{{regex: {regex}, replace: {replace}, type: url-rewrite}}]", Transforms(projected));
    }

    [Fact]
    public void A_whole_path_is_replaced_and_the_query_kept() => Assert.Equal(
        "[{regex: ^[^?]*(.*)$, replace: /whole$1, type: url-rewrite}]",
        Transforms(Rewrite("{path: {type: ReplaceFullPath, replaceFullPath: /whole}}", "/foo")));

    [Fact]
    public void What_would_be_a_capture_is_refused()
    {
        var projected = Rewrite("{path: {type: ReplaceFullPath, replaceFullPath: \"/a$1\"}}", "/foo");

        Assert.Equal(["GW3137"], projected.Codes);
        Assert.Contains("statusCode: 500", projected.RuleTexts()[0]);
        Assert.Equal("[]", Transforms(projected));
    }

    private static string Transforms(Projected projected) =>
        Projected.Text(projected.Only(Kinds.Rule).Attributes["transforms"]);

    private static Projected Rewrite(string rewrite, string prefix) => Projected.Rules($$$"""
        - matches: [{path: {type: PathPrefix, value: {{{prefix}}} }}]
          filters: [{type: URLRewrite, urlRewrite: {{{rewrite}}} }]
          backendRefs: [{name: a, port: 80}]
        """);
}
