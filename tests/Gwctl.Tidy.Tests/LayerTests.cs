using System.Text.RegularExpressions;

namespace Gwctl.Tidy.Tests;

/// <summary>Who may know whom. Data flows one way: Core ← Compiler ← Engine ← providers ← Cli.</summary>
public sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["Gwctl.Core"] = [],
        ["Gwctl.Compiler"] = ["Gwctl.Core"],
        ["Gwctl.Verification"] = ["Gwctl.Core", "Gwctl.Compiler"],
        ["Gwctl.Engine"] = ["Gwctl.Compiler"],
        ["Gwctl.Cutover"] = ["Gwctl.Engine"],
        ["Gwctl.Sandbox"] = ["Gwctl.Core"],
        ["Gwctl.Kubernetes"] = ["Gwctl.Core"],
        ["Gwctl.Controller"] = ["Gwctl.Engine", "Gwctl.Kubernetes"],
        ["Gwctl.Providers.Aws"] = ["Gwctl.Engine"],
        ["Gwctl.Providers.Gcp"] = ["Gwctl.Engine"],
        ["Gwctl.Trials"] = ["Gwctl.Engine", "Gwctl.Sandbox", "Gwctl.Verification"],
        ["Gwctl.Cli"] =
        [
            "Gwctl.Engine", "Gwctl.Cutover", "Gwctl.Sandbox", "Gwctl.Trials", "Gwctl.Controller", "Gwctl.Providers.Aws",
            "Gwctl.Providers.Gcp",
        ],
    };

    [Fact]
    public void Product_projects_reference_only_the_layer_below()
    {
        var product = SourceTree.Projects.Where(file => file.IsProduct).ToList();
        Assert.Equal(
            s_allowed.Keys.Order(StringComparer.Ordinal), product.Select(NameOf).Order(StringComparer.Ordinal));
        SourceTree.AssertNone(product.SelectMany(project => References(project)
            .Where(reference => !s_allowed[NameOf(project)].Contains(reference, StringComparer.Ordinal))
            .Select(reference => new Finding(project.Path, 1, $"may not reference {reference}"))));
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        SourceTree.AssertNone(SourceTree.CSharp.SelectMany(file =>
        {
            var project = file.Project.Split('/')[1];
            var expected = file.Folder is "" ? project : $"{project}.{file.Folder}";
            return file.Lines
                .Select((line, index) => (Match: NamespacePattern().Match(line), Line: index + 1))
                .Where(found => found.Match.Success && found.Match.Groups[1].Value != expected)
                .Select(found => new Finding(file.Path, found.Line, $"namespace should be {expected}"));
        }));
    }

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);

    private static IEnumerable<string> References(SourceFile project) => project.Lines
        .Select(line => ReferencePattern().Match(line))
        .Where(match => match.Success)
        .Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^namespace ([\w.]+)[;{ ]?")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ReferencePattern();
}
