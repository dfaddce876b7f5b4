using System.Text.RegularExpressions;

namespace Gwctl.Tidy.Tests;

/// <summary>Calls and habits that the project does without.</summary>
public sealed partial class BannedTests
{
    /// <summary>A pattern, where it is banned, and what to do instead.</summary>
    public static TheoryData<string, string, string> Bans => new()
    {
        { @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "product", "take a TimeProvider" },
        { @"\bGuid\.NewGuid\b|\bRandom\.Shared\b", "product", "take the source of randomness as a dependency" },
        { @"\bThread\.Sleep\b", "all", "await a delay of a TimeProvider" },
        { @"\)\.(Result|Wait\(\))", "all", "await it" },
        { @"\basync void\b", "all", "return a Task" },
        { @"= default!|= null!", "product", "use required, or model the absence" },
        { @"[\w\)\]]!(\.|;|,|\)|\[)", "product", "handle the null, or model it away" },
        { @"\bdynamic\b(?! )", "product", "use a type" },
        { @"\bActivator\.|\.GetMethod\(|\.GetProperty\(""", "product", "reflection hides the call: write it" },
        { @"\bConsole\.", "below the CLI", "only the CLI talks to the console" },
        { @"\bEnvironment\.(GetEnvironmentVariable|Exit|CurrentDirectory)", "below the CLI", "pass it in" },
        { @"^\s*#region", "all", "split the file" },
        { @"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b", "all", "finish it, or file an issue" },
        { @"Skip\s*=\s*""""", "all", "a skipped test says why" },
        { @"catch\s*(\([^)]*\))?\s*\{\s*\}", "all", "a caught exception is handled" },
        { @"catch \(Exception( \w+)?\)\s*$", "product", "catch what you expect; host loops catch all by a filter" },
    };

    [Theory]
    [MemberData(nameof(Bans))]
    public void Banned(string pattern, string where, string instead)
    {
        var regex = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        SourceTree.AssertNone(SourceTree.CSharp
            .Where(file => Applies(file, where) && file.Path is not "tests/Gwctl.Tidy.Tests/BannedTests.cs")
            .SelectMany(file => file.Lines
                .Select((line, index) => (Code: WithoutComment(line), Line: index + 1))
                .Where(found => regex.IsMatch(found.Code))
                .Select(found => new Finding(file.Path, found.Line, $"{found.Code.Trim()}: {instead}"))));
    }

    [Fact]
    public void A_diagnostic_code_is_made_in_one_place()
    {
        var uses = SourceTree.CSharp.Where(file => file.IsProduct)
            .SelectMany(file => file.Lines
                .Select((line, index) =>
                    (Match: CodePattern().Match(WithoutComment(line)), File: file, Line: index + 1))
                .Where(found => found.Match.Success))
            .GroupBy(found => found.Match.Groups[1].Value, StringComparer.Ordinal)
            .Where(group => group.Count() > 1);
        SourceTree.AssertNone(uses.SelectMany(group => group
            .Select(found => new Finding(
                found.File.Path, found.Line, $"{group.Key} is made in {group.Count()} places"))));
    }

    [Fact]
    public void A_diagnostic_code_that_is_looked_up_is_made_somewhere()
    {
        var made = SourceTree.CSharp.Where(file => file.IsProduct)
            .SelectMany(file => file.Lines)
            .Select(line => CodePattern().Match(WithoutComment(line)))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        SourceTree.AssertNone(SourceTree.CSharp.Where(file => file.IsProduct)
            .SelectMany(file => file.Lines
                .Select((line, index) => (Match: KeyPattern().Match(WithoutComment(line)), Line: index + 1))
                .Where(found => found.Match.Success && !made.Contains(found.Match.Groups[1].Value))
                .Select(found => new Finding(file.Path, found.Line, $"nobody makes {found.Match.Groups[1].Value}"))));
    }

    [GeneratedRegex(@"\[""(GW\d{4})""\]")]
    private static partial Regex KeyPattern();

    private static bool Applies(SourceFile file, string where) => where switch
    {
        "all" => true,
        "product" => file.IsProduct,
        "below the CLI" => file.IsProduct && file.Project is not "src/Gwctl.Cli",
        _ => throw new ArgumentOutOfRangeException(nameof(where), where, "unknown place"),
    };

    private static string WithoutComment(string line)
    {
        // A string that holds // (an address) is kept: only a comment that begins a line or follows a space counts.
        var comment = CommentPattern().Match(line);
        return comment.Success ? line[..comment.Index] : line;
    }

    [GeneratedRegex(@"(^|\s)//")]
    private static partial Regex CommentPattern();

    // As a key of a table a code is looked up, and not made.
    [GeneratedRegex(@"(?<!\[)""(GW\d{4})""")]
    private static partial Regex CodePattern();
}
