using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Files beside the tests, and short ways to read specs.</summary>
internal static class Fixtures
{
    /// <summary>A folder of tests/Gwctl.Compiler.Tests/Specs in the source tree.</summary>
    public static string Folder(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "gwctl.sln")))
        {
            directory = directory.Parent;
        }

        Assert.NotNull(directory);
        return Path.Combine(directory.FullName, "tests", "Gwctl.Compiler.Tests", "Specs", name);
    }

    public static Compiled<SpecSet> Read(string text, string file = "test.yaml", SpecReaderOptions? options = null) =>
        SpecReader.Read([new SpecSource(file, text)], options);

    /// <summary>Reads what must be without any diagnostic.</summary>
    public static SpecSet ReadClean(string text, string file = "test.yaml")
    {
        var compiled = Read(text, file);
        Assert.Empty(compiled.Diagnostics);
        Assert.NotNull(compiled.Value);
        return compiled.Value;
    }

    /// <summary>The single diagnostic of a text, as code and place.</summary>
    public static Diagnostic Single(string text, string file = "test.yaml") =>
        Assert.Single(Read(text, file).Diagnostics);
}
