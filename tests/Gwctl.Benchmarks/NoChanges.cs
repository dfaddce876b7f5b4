using System.Diagnostics;
using Gwctl.Cli;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Benchmarks;

/// <summary>A plan that finds nothing to do: one load balancer, 100 rules, 100 target groups, on a cloud in which
/// every call
/// takes 50 ms.</summary>
internal static class NoChanges
{
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(50);

    public static async Task<string> RunAsync(string folder, string depth, bool limitsRate)
    {
        await using var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions { Aws = new AwsOptions { Delays = AwsDelays.None } }, CancellationToken.None);
        await PlanOrApplyAsync(cloud, limitsRate: false, "apply", "-f", folder, "--auto-approve");
        cloud.Aws.Faults.Plan = _ => new Fault.Delay(s_latency);
        var before = cloud.Aws.Calls;
        var watch = Stopwatch.StartNew();
        var exit = await PlanOrApplyAsync(
            cloud, limitsRate, "plan", "-f", folder, "--detailed-exitcode", $"--refresh={depth}");
        return $"{watch.Elapsed.TotalSeconds:F2} s, {cloud.Aws.Calls - before} calls, exit code {(int)exit}";
    }

    private static async Task<ExitCode> PlanOrApplyAsync(SandboxCloud cloud, bool limitsRate, params string[] arguments)
    {
        using var interruption = new Interruption();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync([.. arguments, $"--endpoint-url=aws={cloud.Endpoint}"], new CliContext
        {
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Error = error,
            InputIsTerminal = false,
            OutputTerminal = Terminal.None,
            ErrorTerminal = Terminal.None,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingDirectory = ".",
            Clock = TimeProvider.System,
            Random = () => 0.5,
            Interruption = interruption,
            Composition = Composition.Default with { Providers = [new ProviderEntry("aws", Maker(limitsRate))] },
        });
        return exit is ExitCode.Done ? exit : throw new InvalidOperationException($"{exit}: {error}");
    }

    private static ProviderMaker Maker(bool limitsRate) => (config, connection) =>
        AwsProvider.Create(config, new AwsProviderOptions
        {
            Clock = connection.Clock,
            Random = connection.Random,
            EndpointUrl = connection.Endpoint,
            LimitsRate = limitsRate,
            Credentials = new AwsCredentialsSource.Static("test", "test"),
        });
}
