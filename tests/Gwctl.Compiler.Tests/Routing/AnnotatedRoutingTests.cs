using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Tests.Topology;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>Goal: every diagnostic of topology and routing stands on the line of its cause. The file says which, by
/// a code
/// behind the line; nothing may be missing and nothing more.</summary>
public sealed partial class AnnotatedRoutingTests
{
    [Fact]
    public void SaysWhatTheFileSays()
    {
        var text = Text();
        var diagnostics = Diagnose(text);
        var expected = text.Split('\n')
            .SelectMany((line, index) => Mark().Matches(line)
                .Select(mark => $"{index + 1,4} {mark.Groups["code"].Value}"));
        var actual = diagnostics.Select(item => $"{item.Subject.Line,4} {item.Code}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryDiagnosticSaysWhatAndWhatToDo() => Assert.All(
        Diagnose(Text()),
        item =>
        {
            Assert.Matches("^GW2[0-9]{3}$", item.Code);
            Assert.EndsWith(".", item.Detail, StringComparison.Ordinal);
            Assert.Matches("[.?]$", item.Help);
            Assert.Contains('/', item.Object);
            Assert.DoesNotContain("  ", item.Detail + item.Help, StringComparison.Ordinal);
        });

    private static string Text()
    {
        var name = typeof(AnnotatedRoutingTests).Namespace + ".annotated.yaml";
        using var stream = typeof(AnnotatedRoutingTests).Assembly.GetManifestResourceStream(name);
        Assert.NotNull(stream);
        return new StreamReader(stream).ReadToEnd();
    }

    private static List<Diagnostic> Diagnose(string text)
    {
        var specs = SpecReader.Read([new SpecSource("annotated.yaml", text)]);
        Assert.Empty(specs.Diagnostics);
        Assert.NotNull(specs.Value);
        var topology = TopologyResolver.Resolve(specs.Value, new TopologyOptions());
        return [.. topology.Diagnostics, .. RoutingCompiler.Lower(topology.Topology()).Diagnostics];
    }

    [GeneratedRegex(@"# (?<code>GW\d{4})", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Mark();
}
