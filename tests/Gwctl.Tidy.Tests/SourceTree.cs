using Gwctl.Testing;

namespace Gwctl.Tidy.Tests;

/// <summary>One source file of the repository.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>The project's folder, such as <c>src/Gwctl.Core</c>.</summary>
    public string Project => string.Join('/', Path.Split('/').Take(2));

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal)
        || Path.StartsWith("providers/", StringComparison.Ordinal);

    /// <summary>Folders below the project, as a namespace suffix.</summary>
    public string Folder => string.Join('.', Path.Split('/')[2..^1]);
}

/// <summary>A place that breaks a rule.</summary>
internal sealed record Finding(string Path, int Line, string Text)
{
    public override string ToString() => $"{Path}:{Line}: {Text}";
}

/// <summary>The repository's own files, read once.</summary>
internal static class SourceTree
{
    private static readonly string[] s_roots = ["src", "providers", "tests"];

    public static IReadOnlyList<SourceFile> CSharp { get; } = [.. s_roots.SelectMany(root => Read(root, "*.cs"))];

    public static IReadOnlyList<SourceFile> Projects { get; } = [.. s_roots.SelectMany(root => Read(root, "*.csproj"))];

    private static IEnumerable<SourceFile> Read(string root, string pattern) =>
        Directory.EnumerateFiles(Repository.PathOf(root), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllLines(Repository.PathOf(path))));

    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count is 0, $"{all.Count} findings:\n{string.Join('\n', all)}");
    }
}
