using Gwctl.Compiler.Specs;
using Gwctl.Engine.Planning;
using Gwctl.Testing;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: what users copy works on Google Cloud too: every example comes, needs no change, and goes.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Cases =>
    [
        .. Repository.Examples,
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_example_comes_and_goes(string example)
    {
        var name = example is "platform" ? "production" : "test";
        await using var bench = await SpecBench.StartAsync(
            SpecBench.DefaultConfig.Replace("name: test", $"name: {name}", StringComparison.Ordinal));
        var empty = bench.Cloud.Gcp.Snapshot();
        var sources = SpecFiles.Load([Repository.PathOf("examples", example)], TextReader.Null);
        Assert.True(sources.Succeeded, string.Join('\n', sources.Diagnostics));
        bench.Want([.. sources.Value.Select(source => source with
        {
            Text = source.Text.Replace("gwctl.dev/aws", "gwctl.dev/gcp", StringComparison.Ordinal),
        })]);

        await bench.ApplyAsync();
        Assert.Contains("globalForwardingRules.insert", bench.Writes);
        await bench.AssertNoChangesAsync();
        if ((await bench.PlanAsync(PlanPurpose.Destroy)).Blocks is { Count: > 0 } protections)
        {
            Assert.Contains("protect", protections[0].Summary + protections[0].Detail, StringComparison.Ordinal);
            return;
        }

        await bench.ApplyAsync(PlanPurpose.Destroy);

        Assert.Equal(Objects(empty), Objects(bench.Cloud.Gcp.Snapshot()));
    }

    /// <summary>Operations and changes stay on record: they are no objects.</summary>
    private static string Objects(string snapshot) => string.Join("\n", snapshot.Split('\n').Where(
        line => !line.Contains("operation", StringComparison.Ordinal)
            && !line.Contains("change", StringComparison.Ordinal)));
}
