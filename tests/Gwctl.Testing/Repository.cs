namespace Gwctl.Testing;

/// <summary>The repository that the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds gwctl.sln.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The names of the folders of <c>examples</c> that hold specs; what installs gwctl holds others.
    /// </summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        .. Directory.EnumerateDirectories(PathOf("examples"))
            .Where(folder => !File.Exists(Path.Combine(folder, "base", "kustomization.yaml")))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "gwctl.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No gwctl.sln above {from}: run the tests from a checkout.");
    }
}
