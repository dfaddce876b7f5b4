using System.Text.RegularExpressions;
using Gwctl.Testing;

namespace Gwctl.Tidy.Tests;

/// <summary>Documents name what exists, so that they cannot rot unnoticed.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.PathOf("examples"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document)) ?? Repository.Root;
        var lines = File.ReadAllLines(Repository.PathOf(document));
        SourceTree.AssertNone(lines.SelectMany((line, index) => LinkPattern().Matches(line)
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])))
            .Select(target => new Finding(document, index + 1, $"nothing at {target}"))));
    }

    [Fact]
    public void Types_that_the_architecture_names_exist()
    {
        var declared = SourceTree.CSharp.Where(file => file.IsProduct)
            .SelectMany(file => file.Lines)
            .SelectMany(line => DeclarationPattern().Matches(line).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadAllLines(Repository.PathOf("ARCHITECTURE.md"));
        SourceTree.AssertNone(lines.SelectMany((line, index) => NamedTypePattern().Matches(line)
            .Select(match => match.Groups[1].Value)
            .Where(name => !declared.Contains(name))
            .Select(name => new Finding("ARCHITECTURE.md", index + 1, $"no type {name}"))));
    }

    [Fact]
    public void Every_example_has_a_readme_and_a_plan()
    {
        var cases = Repository.Examples;
        Assert.True(cases.Count >= 8, $"{cases.Count} examples, at least 8");
        var clouds = Directory.EnumerateDirectories(Repository.PathOf("plans")).Select(Path.GetFileName).ToList();
        Assert.Equal(["aws", "gcp"], clouds.Order(StringComparer.Ordinal));
        SourceTree.AssertNone(cases.SelectMany(name => clouds
            .SelectMany(cloud => new[] { $"plans/{cloud}/{name}/plan.txt", $"plans/{cloud}/{name}/plan.json" })
            .Append($"examples/{name}/README.md"))
            .Where(path => !File.Exists(Repository.PathOf(path)))
            .Select(path => new Finding(path, 1, "is missing")));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum|delegate [\w<>]+) ([A-Z]\w+)")]
    private static partial Regex DeclarationPattern();

    // In the architecture a type stands in backticks, with or without a member behind it: `Planner`, `Differ.Compare`.
    [GeneratedRegex(@"`([A-Z][a-z]\w+)(?:\.[A-Z]\w+|<[^`]*>)?`")]
    private static partial Regex NamedTypePattern();
}
