using System.Text;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Parsing;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Goal: any form in which tools hand out manifests is read, with places in the file that the user
/// has.</summary>
public sealed class ParsingTests
{
    private const string Namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ";

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF")]
    public void Counts_lines_whatever_ends_them(string lineBreak, string start)
    {
        var text = $"{start}# comment\n---\n---\n\n{Namespace}a\n---   # more\n{Namespace}b\n  bad: 1\n";

        var compiled = Fixtures.Read(text.Replace("\n", lineBreak, StringComparison.Ordinal));

        Assert.Equal(new SourceSpan("test.yaml", 14, 3), Assert.Single(compiled.Diagnostics).Subject);
        Assert.Equal(new SourceSpan("test.yaml", 5, 1), Assert.Single(compiled.Value?.Namespaces ?? []).Span);
    }

    [Fact]
    public void Reads_Helms_and_kustomizes_output()
    {
        var set = Fixtures.ReadClean($"---\n# Source: chart/templates/a.yaml\n{Namespace}a\n---\n---\n"
            + $"# Source: b\n\n---\n{Namespace}b\n...\n---\n");

        Assert.Equal(["a", "b"], set.Namespaces.Select(space => space.Name.Name));
    }

    [Fact]
    public void Reads_a_document_with_directives()
    {
        var set = Fixtures.ReadClean($"%YAML 1.1\n---\n{Namespace}a\n---\n{Namespace}b\n");

        Assert.Equal(2, set.Namespaces.Count);
    }

    /// <summary>Otherwise the fast parser's mistakes would go unnoticed, and its speed too.</summary>
    [Fact]
    public void Reads_plain_manifests_by_the_fast_parser()
    {
        const string text =
            """
            ---
            # A comment.
            apiVersion: gateway.networking.k8s.io/v1   # behind
            kind: 'HTTPRoute'
            metadata:
              name: "r"

              labels: {}
              annotations:
            spec:
              hostnames:
              - a.example.com
              - "*.example.com"
              rules:
                - matches:
                  - path:
                      value: /a:b
                    headers: []
                  backendRefs:
                  -   name: svc
                      port: 80
                - - nested
                  - list
              empty:
            """;

        var piece = DocumentText.Split(new SpecSource("f.yaml", text)).Last();
        var fast = BlockYamlParser.TryParse(piece, new TextCache());
        var full = YamlParser.Parse(piece, new TextCache(), []);

        Assert.NotNull(fast);
        Assert.Equal(Assert.Single(full), fast);
    }

    [Fact]
    public void Keeps_a_marker_inside_a_block_scalar_apart_from_indented_dashes()
    {
        var set = Fixtures.ReadClean($"{Namespace}a\n  annotations:\n    x: |\n      ---\n      - a\n---\n"
            + $"{Namespace}b\n");

        Assert.Equal("---\n- a\n", set.Namespaces[0].Meta.Annotations[0].Value);
        Assert.Equal(2, set.Namespaces.Count);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n")]
    [InlineData("apiVersion: v1\nkind: NamespaceList\nmetadata: {resourceVersion: '1'}\nitems:\n"
        + "- metadata: {name: a}\n")]
    [InlineData(
        """
        {"apiVersion":"v1", "kind":"List",
          "items":[{"apiVersion":"v1", "kind":"Namespace", "metadata":{"name":"a"}}]}
        """)]
    [InlineData("{apiVersion: v1, kind: Namespace, metadata: {name: a}}")]
    public void Reads_lists_and_flow_style(string text) =>
        Assert.Equal(new ObjectName("", "a"), Assert.Single(Fixtures.ReadClean(text).Namespaces).Name);

    [Fact]
    public void Reads_several_JSON_values()
    {
        const string first = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}""";
        const string second = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"b"}}""";

        Assert.Equal(2, Fixtures.ReadClean($"{first}\n{second}", "x.json").Namespaces.Count);
        Assert.Equal(2, Fixtures.ReadClean($"---\n{first}\n---\n{second}\n", "x.json").Namespaces.Count);
    }

    [Theory]
    [InlineData(
        "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Namespace\",\n  \"metadata\": {\"name\": 5}\n}", "GW1103", 4, 24)]
    [InlineData("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Namespace\",\n"
        + "  \"metadata\": {\"näme\": \"x\", \"name\": \"é\"}\n}", "GW1101", 4, 16)]
    [InlineData("{\n  \"apiVersion\": \"v1\",\n  \"kind\": }", "GW1012", 3, 11)]
    [InlineData("{\"a\": 1, \"a\": 2}", "GW1013", 1, 10)]
    [InlineData("{\"a\": \"\\ud800\"}", "GW1012", 1, 7)]
    public void Places_JSON_problems(string text, string code, int line, int column)
    {
        var diagnostics = Fixtures.Read(text, "x.json").Diagnostics;

        Assert.Contains((code, new SourceSpan("x.json", line, column)), diagnostics.Select(d => (d.Code, d.Subject)));
    }

    [Fact]
    public void Does_not_quote_the_text_behind_a_JSON_mistake()
    {
        var diagnostic = Fixtures.Single("{\"data\": fromFile, \"tls.key\": \"c2VjcmV0\"}", "x.json");

        Assert.Equal(("GW1012", "x.json:1:11"), (diagnostic.Code, diagnostic.Subject.ToString()));
        Assert.DoesNotContain("c2VjcmV0", diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_the_YAML_mistake_where_text_only_looks_like_JSON() =>
        Assert.Equal("GW1010", Fixtures.Single("{apiVersion: v1, kind: [}").Code);

    [Fact]
    public void Merges_and_follows_aliases()
    {
        var set = Fixtures.ReadClean(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: a
              labels: &labels {x: "1", y: "2"}
              annotations: {<<: *labels, y: "3"}
            """);

        Assert.Equal(["x=1", "y=3"], set.Namespaces[0].Meta.Annotations.Select(label => $"{label.Name}={label.Value}"));
    }

    [Fact]
    public void Takes_a_tag_for_quotes()
    {
        var set = Fixtures.ReadClean($"{Namespace}!!str 8080\n");

        Assert.Equal("8080", set.Namespaces[0].Name.Name);
    }

    [Fact]
    public void Refuses_control_characters_before_they_confuse_a_parser()
    {
        var diagnostic = Fixtures.Single($"{Namespace}a\0b\n");

        Assert.Equal(("GW1015", new SourceSpan("test.yaml", 4, 10)), (diagnostic.Code, diagnostic.Subject));
    }

    [Fact]
    public void Refuses_depth()
    {
        Assert.Equal("GW1021", Fixtures.Single(new string('[', 100_000)).Code);
        Assert.Equal("GW1021", Fixtures.Single("a: " + new string('[', 100_000)).Code);
        Assert.Equal("GW1021", Fixtures.Single(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), "x.json").Code);
        Assert.Equal("GW1021", Fixtures.Single(
            string.Join('\n', Enumerable.Range(0, 200).Select(n => new string(' ', n) + "a:"))).Code);
    }

    [Fact]
    public void Refuses_many_laughs()
    {
        var text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var level = 1; level < 12; level++)
        {
            var above = $"*a{level - 1}";
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat(above, 10))}]\n");
        }

        Assert.Equal("GW1023", Fixtures.Single(text.ToString()).Code);
    }

    [Fact]
    public void Refuses_depth_by_aliases()
    {
        var text = new StringBuilder("a0: &a0 [[[[[[[[[[x]]]]]]]]]]\n");
        for (var level = 1; level < 12; level++)
        {
            text.Append($"a{level}: &a{level} [[[[[[[[[[*a{level - 1}]]]]]]]]]]\n");
        }

        Assert.Equal("GW1021", Fixtures.Single(text.ToString()).Code);
    }

    [Fact]
    public void Refuses_an_anchor_inside_itself() =>
        Assert.Contains(
            "GW1018", Fixtures.Read($"{Namespace}a\n  labels: &l\n    x: *l\n").Diagnostics.Select(d => d.Code));

    [Fact]
    public void Refuses_too_many_values_and_too_much_text()
    {
        var values = "[" + string.Concat(Enumerable.Repeat("1,", SpecLimits.NodesMax)) + "1]";
        var text = new string('#', SpecLimits.DocumentCharactersMax + 1);

        Assert.Equal("GW1022", Fixtures.Single(values, "x.json").Code);
        Assert.Equal("GW1020", Fixtures.Single(text).Code);
    }
}
