using Gwctl.Cli;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Tests;
using Gwctl.Testing;

namespace Gwctl.Golden.Tests;

/// <summary>Every example's plan is what <c>plans/</c> says. Accept a change with <c>GWCTL_ACCEPT=1 dotnet test
/// tests/Gwctl.Golden.Tests</c>, and read the diff: it is a change of behaviour.</summary>
public sealed class GoldenPlanTests
{
    /// <summary>Whose controller the examples' GatewayClasses name.</summary>
    private const string Native = "aws";

    private static bool IsAccepting => Environment.GetEnvironmentVariable("GWCTL_ACCEPT") is "1";

    public static MatrixTheoryData<string, string> Examples => new(
        Composition.Default.Providers.Select(provider => provider.Name), Repository.Examples);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_plan_is_the_committed_one(string provider, string example)
    {
        using var runner = new CliRunner { WorkingDirectory = Repository.Root, Clock = new StandingClock() };
        var planFile = Path.Combine(runner.Root, "plan.json");
        string[] elsewhere = provider is Native ? [] : ["--provider", provider];
        var run = await runner.RunAsync(
        [
            "plan", "-f", $"examples/{example}", $"--sandbox={runner.Root}/cloud", "--out", planFile, "--no-color",
            .. elsewhere,
        ]);

        Assert.True(run.Exit is ExitCode.Done, $"{run.Exit}\n{run.Error}");
        Compare(Repository.PathOf("plans", provider, example, "plan.txt"), run.Output);
        Compare(Repository.PathOf("plans", provider, example, "plan.json"), runner.Read("plan.json"));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task What_was_applied_needs_no_change(string provider, string example)
    {
        using var runner = new CliRunner { WorkingDirectory = Repository.Root };
        string[] specs =
        [
            "-f", $"examples/{example}", $"--sandbox={runner.Root}/cloud",
            .. provider is Native ? Array.Empty<string>() : ["--provider", provider],
        ];
        var apply = await runner.RunAsync(["apply", "--auto-approve", .. specs]);
        Assert.True(apply.Exit is ExitCode.Done, $"{apply.Exit}\n{apply.Error}");
        Assert.Matches("\nGATEWAY +ADDRESS\n[a-z]+/[a-z]+ +[^ ]+\n", apply.Output);
        foreach (var refresh in (string[])["deep", "shallow"])
        {
            var again = await runner.RunAsync(["plan", "--detailed-exitcode", "--refresh", refresh, .. specs]);
            Assert.True(again.Exit is ExitCode.Done, $"{refresh}: {again.Exit}\n{again.Output}{again.Error}");
        }
    }

    private static void Compare(string committed, string actual)
    {
        if (IsAccepting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(committed) ?? ".");
            File.WriteAllText(committed, actual);
            return;
        }

        Assert.True(File.Exists(committed), $"{committed} is missing: accept it with GWCTL_ACCEPT=1.");
        Assert.Equal(File.ReadAllText(committed), actual);
    }

    /// <summary>Plans carry the time they were made; a committed one needs a time that never changes.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
