using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Goal: what a decoder asks for is what it gets, with a place, and everything else is said.</summary>
public sealed class NodeReaderTests
{
    private static readonly SourceSpan Place = new("f.yaml", 1, 1);

    [Fact]
    public void Reads_each_type_with_its_place()
    {
        var (node, problems) = Mapping(
            ("text", "a", false), ("number", "8080", false), ("flag", "true", false), ("time", "1m30s", false));

        var read = NodeReader.Read(node, problems, "spec", reader => (
            Text: reader.RequiredText("text"),
            Number: reader.Int("number", 1, 65_535),
            Flag: reader.Bool("flag"),
            Time: reader.Duration("time")));

        Assert.Empty(problems.Diagnostics);
        Assert.Equal(new Located<string>("a", At(1)), read.Text);
        Assert.Equal(new Located<int>(8080, At(2)), read.Number);
        Assert.Equal(new Located<bool>(true, At(3)), read.Flag);
        Assert.Equal(new Located<TimeSpan>(TimeSpan.FromSeconds(90), At(4)), read.Time);
    }

    [Fact]
    public void Gives_null_for_what_is_absent_or_null()
    {
        var (node, problems) = Mapping(("text", "~", false), ("number", "", false));

        NodeReader.Read(node, problems, "", reader =>
        {
            Assert.Null(reader.Text("text"));
            Assert.Null(reader.Int("number"));
            Assert.Null(reader.Bool("flag"));
            Assert.Null(reader.Duration("time"));
            Assert.Null(reader.Choice("choice", "a"));
            Assert.Null(reader.NumberOrText("either"));
            Assert.Null(reader.Section("section", _ => ""));
            Assert.Empty(reader.Texts("texts"));
            Assert.Empty(reader.Map("map"));
            return reader.List("list", _ => "").Count;
        });

        Assert.Empty(problems.Diagnostics);
    }

    [Fact]
    public void Reports_every_problem_and_goes_on()
    {
        var (node, problems) = Mapping(("text", "1", false), ("number", "x", false), ("extra", "x", false));

        NodeReader.Read(node, problems, "spec.aws", reader =>
        {
            Assert.Equal("", reader.RequiredText("text").Value);
            Assert.Equal(5, reader.RequiredInt("number", 5, 9).Value);
            Assert.Equal("a", reader.RequiredChoice("choice", "a", "b").Value);
            return 0;
        });

        Assert.True(problems.HasErrors);
        Assert.Equal(
            ["GW1103", "GW1103", "GW1102", "GW1101"], problems.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.StartsWith("spec.aws.extra ", problems.Diagnostics[3].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hostName", "hostname")]
    [InlineData("hostnam", "hostname")]
    [InlineData("prot", "port")]
    [InlineData("completelyDifferent", null)]
    public void Says_which_name_was_probably_meant(string written, string? meant)
    {
        var (node, problems) = Mapping((written, "x", true));

        NodeReader.Read(
            node, problems, "", reader => (reader.Text("hostname"), reader.Int("port"), reader.Text("name")));

        var diagnostic = Assert.Single(problems.Diagnostics);
        Assert.Equal("GW1101", diagnostic.Code);
        Assert.Equal(meant is null, !diagnostic.Help.StartsWith("Did you mean", StringComparison.Ordinal));
        Assert.Contains(meant ?? "Remove", diagnostic.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_proposes_a_name_that_is_already_given()
    {
        var (node, problems) = Mapping(("port", "80", false), ("prot", "80", false));

        NodeReader.Read(node, problems, "", reader => reader.Int("port"));

        Assert.DoesNotContain("port", Assert.Single(problems.Diagnostics).Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_nested_fields_by_their_path()
    {
        var inner = new SpecNode.Mapping([new SpecField("bad", At(3), new SpecNode.Scalar("x", true, At(3)))], At(3));
        var list = new SpecNode.Sequence([inner, inner], At(2));
        var node = new SpecNode.Mapping([new SpecField("rules", At(1), list)], At(1));
        var problems = new NodeProblems("Kind/ns/name");

        var read = NodeReader.Read(node, problems, "spec", reader => reader.List("rules", rule => rule.Path));

        Assert.Equal(["spec.rules[0]", "spec.rules[1]"], read);
        Assert.StartsWith("spec.rules[1].bad ", problems.Diagnostics[1].Detail, StringComparison.Ordinal);
        Assert.All(problems.Diagnostics, diagnostic => Assert.Equal("Kind/ns/name", diagnostic.Object));
    }

    [Fact]
    public void Finds_unread_fields_of_large_mappings()
    {
        var fields = Enumerable.Range(0, 100).Select(number => ($"f{number}", "1", false)).ToArray();
        var (node, problems) = Mapping(fields);

        NodeReader.Read(node, problems, "", reader =>
        {
            reader.Ignore([.. fields.Select(field => field.Item1).Where(name => name is not ("f3" or "f80"))]);
            return 0;
        });

        Assert.Equal([At(4), At(81)], problems.Diagnostics.Select(diagnostic => diagnostic.Subject));
    }

    [Fact]
    public void Sorts_maps_and_takes_null_for_empty()
    {
        var map = new SpecNode.Mapping(
            [
                new SpecField("b", At(2), new SpecNode.Scalar("", false, At(2))),
                new SpecField("a", At(3), new SpecNode.Scalar("x", false, At(3))),
            ],
            At(1));
        var problems = new NodeProblems();

        var read = NodeReader.Read(
            new SpecNode.Mapping([new SpecField("map", At(1), map)], At(1)), problems, "", reader => reader.Map("map"));

        Assert.Equal([new Label("a", "x", At(3)), new Label("b", "", At(2))], read);
        Assert.Empty(problems.Diagnostics);
    }

    [Theory]
    [InlineData("0", "GW1104")]
    [InlineData("11", "GW1104")]
    [InlineData("99999999999999999999", "GW1103")]
    [InlineData("1.5", "GW1103")]
    public void Bounds_numbers(string text, string code)
    {
        var (node, problems) = Mapping(("n", text, false));

        NodeReader.Read(node, problems, "", reader => reader.Int("n", 1, 10));

        Assert.Equal(code, Assert.Single(problems.Diagnostics).Code);
    }

    private static SourceSpan At(int line) => Place with { Line = line };

    private static (SpecNode.Mapping Node, NodeProblems Problems) Mapping(
        params (string Name, string Text, bool Quoted)[] fields)
    {
        var line = 0;
        var nodes = fields.Select(field =>
        {
            line++;
            return new SpecField(field.Name, At(line), new SpecNode.Scalar(field.Text, field.Quoted, At(line)));
        });
        return (new SpecNode.Mapping([.. nodes], Place), new NodeProblems());
    }
}
