using System.Text;
using Gwctl.Cli;
using Gwctl.Engine.Providers;
using Gwctl.Testing;

namespace Gwctl.Golden.Tests;

/// <summary>The README says of every feature what the code says. <c>GWCTL_ACCEPT=1 dotnet test
/// tests/Gwctl.Golden.Tests</c> writes it.</summary>
public sealed class CapabilityTableTests
{
    private const string End = "<!-- /capabilities -->";

    public static TheoryData<string> Providers => [.. Composition.Default.Providers.Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_readme_has_the_providers_table(string name)
    {
        var path = Repository.PathOf("README.md");
        var text = File.ReadAllText(path);
        var marker = $"<!-- capabilities:{name} -->\n";
        var start = text.IndexOf(marker, StringComparison.Ordinal);
        Assert.True(start >= 0, $"README.md has no {marker}");
        start += marker.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        Assert.True(end >= 0, $"README.md has no {End} after {marker}");

        var table = Render(Composition.Default.Providers.Single(provider => provider.Name == name).Capabilities);
        if (Environment.GetEnvironmentVariable("GWCTL_ACCEPT") is "1")
        {
            File.WriteAllText(path, text[..start] + table + text[end..]);
            return;
        }

        Assert.Equal(table, text[start..end]);
    }

    private static string Render(IEnumerable<FeatureSupport> features)
    {
        var table = new StringBuilder("\n| feature | level | note | proof |\n|---|---|---|---|\n");
        foreach (var feature in features)
        {
            var level = feature.Level.ToString().ToLowerInvariant();
            var proof = feature.ProvedBy is { } test ? $"`{test}`" : "";
            table.Append($"| {feature.Name} | {level} | {Cell(feature.Note)} | {proof} |\n");
        }

        return table.Append('\n').ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
