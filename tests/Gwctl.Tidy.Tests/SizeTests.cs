using System.Text.RegularExpressions;

namespace Gwctl.Tidy.Tests;

/// <summary>Methods that fit a screen, files that fit a sitting.</summary>
public sealed partial class SizeTests
{
    private const int ColumnsMax = 120;
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 70;

    [Fact]
    public void Lines_fit_the_page() =>
        SourceTree.AssertNone(SourceTree.CSharp.SelectMany(file => file.Lines
            .Select((line, index) => (line, index))
            .Where(found => found.line.Length > ColumnsMax && !IsLongLiteral(found.line))
            .Select(found => new Finding(
                file.Path, found.index + 1, $"{found.line.Length} columns, at most {ColumnsMax}"))));

    [Fact]
    public void Files_fit_a_sitting() =>
        SourceTree.AssertNone(SourceTree.CSharp
            .Where(file => file.Lines.Count > FileLinesMax)
            .Select(file => new Finding(file.Path, 1, $"{file.Lines.Count} lines, at most {FileLinesMax}")));

    [Fact]
    public void Methods_fit_a_screen() => SourceTree.AssertNone(SourceTree.CSharp.SelectMany(LongMethods));

    // The formatter puts a member's braces on lines of their own at the member's indentation: that is enough to find
    // bodies.
    private static IEnumerable<Finding> LongMethods(SourceFile file)
    {
        for (var index = 1; index < file.Lines.Count; index++)
        {
            if (!BodyOpensPattern().IsMatch(file.Lines[index]) || IsTypeHeader(file, index))
            {
                continue;
            }

            var closing = file.Lines[index].Replace('{', '}');
            var end = index + 1;
            while (end < file.Lines.Count && !file.Lines[end].StartsWith(closing, StringComparison.Ordinal))
            {
                end++;
            }

            if (end - index > MethodLinesMax)
            {
                yield return new Finding(file.Path, index, $"{end - index} lines in a body, at most {MethodLinesMax}");
            }
        }
    }

    private static bool IsTypeHeader(SourceFile file, int brace)
    {
        // A header may span lines; it starts at the brace's own indentation.
        var indent = file.Lines[brace].Length - 1;
        var start = brace - 1;
        while (start > 0 && (file.Lines[start].Length <= indent || file.Lines[start][indent] is ' ' or '}'))
        {
            start--;
        }

        return TypeHeaderPattern().IsMatch(file.Lines[start]);
    }

    // Data in a test (a token, a wire message) is not reading matter.
    private static bool IsLongLiteral(string line) => LongLiteralPattern().IsMatch(line);

    [GeneratedRegex(@"^( {4}| {8}){$")]
    private static partial Regex BodyOpensPattern();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|namespace|extension)\b")]
    private static partial Regex TypeHeaderPattern();

    [GeneratedRegex(@"https?://|""[^""\s]{60,}""")]
    private static partial Regex LongLiteralPattern();
}
