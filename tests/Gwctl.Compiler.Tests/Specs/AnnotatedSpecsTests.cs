using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>
/// Goal: every diagnostic of the reader stands where its cause stands. A file under <c>annotated/</c> says so itself: a
/// comment
/// <c># error[GW1101]</c> (or warning, note; several separated by commas) behind a line is for that line; on a line of
/// its own it is for the line above; <c># file: note[GW1035]</c> is for what has no line. Nothing may be missing and
/// nothing more.
/// </summary>
public sealed partial class AnnotatedSpecsTests
{
    private const int MalformedMin = 60;

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Fixtures.Folder("annotated"), "*.yaml")
            .Select(file => Path.GetFileName(file) ?? "").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Says_what_the_file_says(string file)
    {
        var text = File.ReadAllText(Path.Combine(Fixtures.Folder("annotated"), file));

        var compiled = SpecReader.Read([new SpecSource(file, text)]);

        var expected = Expected(text).Order(StringComparer.Ordinal);
        var actual = compiled.Diagnostics.Select(Describe).Order(StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', expected), string.Join('\n', actual));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Helps(string file)
    {
        var text = File.ReadAllText(Path.Combine(Fixtures.Folder("annotated"), file));

        var compiled = SpecReader.Read([new SpecSource(file, text)]);

        Assert.All(compiled.Diagnostics, diagnostic =>
        {
            Assert.EndsWith(".", diagnostic.Detail, StringComparison.Ordinal);
            Assert.Matches("[.?]$", diagnostic.Help);
            Assert.DoesNotContain("\n", diagnostic.Detail, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Covers_at_least_sixty_malformed_specs()
    {
        var errors = Files().Sum(
            file => Expected(File.ReadAllText(Path.Combine(Fixtures.Folder("annotated"), file.Data)))
            .Count(line => line.Contains("error", StringComparison.Ordinal)));

        Assert.True(errors >= MalformedMin, $"only {errors} errors are annotated");
    }

    private static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic.Subject.Line,4} {diagnostic.Severity.ToString().ToLowerInvariant()}[{diagnostic.Code}]";

    private static List<string> Expected(string text)
    {
        var expected = new List<string>();
        var line = 0;
        var subject = 0;
        foreach (var content in text.Split('\n'))
        {
            line++;
            var mark = Annotation().Match(content);
            var isAlone = mark.Success && content[..mark.Index].Trim().Length is 0;
            subject = isAlone ? subject : line;
            var place = mark.Groups["file"].Success ? 0 : subject;
            expected.AddRange(mark.Groups["what"].Captures.Select(what => $"{place,4} {what.Value}"));
        }

        return expected;
    }

    [GeneratedRegex(@"#\s(?<file>file:\s)?(?<what>(error|warning|note)\[GW\d{4}\])(,\s(?<what>(error|warning|note)\[GW\d{4}\]))*\s*$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Annotation();
}
