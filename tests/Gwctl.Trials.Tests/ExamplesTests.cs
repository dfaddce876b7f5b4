using Gwctl.Compiler.Specs;
using Gwctl.Testing;

namespace Gwctl.Trials.Tests;

/// <summary>The examples do in the cloud what they say.</summary>
public sealed class ExamplesTests
{
    public static MatrixTheoryData<string, string> Examples => new(Repository.Examples, [Trial.Aws, Trial.Gcp]);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Nothing_differs_unannounced(string example, string provider)
    {
        var files = Directory.EnumerateFiles(
            Repository.PathOf("examples", example), "*.yaml", SearchOption.AllDirectories);
        var model = Trial.ModelOf(
            provider, files.Select(path => new SpecSource(path, File.ReadAllText(path))));
        var report = await Trial.VerifyAsync(model, TestContext.Current.CancellationToken);
        Assert.True(report.Requests > 0, "no request");
        Assert.Empty(report.Unannounced);
    }
}
