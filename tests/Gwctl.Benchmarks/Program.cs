using System.Diagnostics;
using System.Runtime.InteropServices;
using Gwctl.Benchmarks;
using Gwctl.Testing;
using Gwctl.Testing.Engine;

// Without arguments: publishes gwctl, measures everything, and prints a table. With arguments: one measured child.
switch (args)
{
    case []:
        await AllAsync();
        return 0;
    case ["engine", var objects]:
        Console.WriteLine(await EngineBenchmark.RunAsync(int.Parse(objects), gateways: 100, TimeProvider.System));
        return 0;
    case ["no-op", var folder, var depth, var limits]:
        Console.WriteLine(await NoChanges.RunAsync(folder, depth, limits is "limited"));
        return 0;
    case ["specs", var folder, var routes]:
        ScaleSpecs.Write(folder, int.Parse(routes));
        return 0;
    case ["verify"]:
        await VerifyAsync();
        return 0;
    case ["controller", var gateways, var routes]:
        await ControllerAsync(int.Parse(gateways), int.Parse(routes), gwctl: null);
        return 0;
    case ["controller", var gateways, var routes, var gwctl]:
        await ControllerAsync(int.Parse(gateways), int.Parse(routes), gwctl);
        return 0;
    case ["churn", var gateways, var seconds]:
        await ChurnAsync(int.Parse(gateways), int.Parse(seconds), gwctl: null);
        return 0;
    case ["churn", var gateways, var seconds, var gwctl]:
        await ChurnAsync(int.Parse(gateways), int.Parse(seconds), gwctl);
        return 0;
    case ["router"]:
        Console.WriteLine(RouterBenchmark.Run());
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "usage: Gwctl.Benchmarks [engine N | no-op FOLDER DEPTH limited|free | specs FOLDER ROUTES | router "
                + "| verify | controller GATEWAYS ROUTES [GWCTL] | churn GATEWAYS SECONDS [GWCTL]]");
        return 1;
}

static async Task AllAsync()
{
    var scratch = Directory.CreateTempSubdirectory("gwctl-benchmarks-");
    try
    {
        var gwctl = await PublishAsync(Path.Combine(scratch.FullName, "published"));
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("no process path");
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}\n");
        Console.WriteLine("| work | wall | peak memory | |\n|---|---|---|---|");
        Row("gwctl version", await Measured.BestOfAsync(10, gwctl, "version"));
        foreach (var routes in (int[])[1_000, 10_000])
        {
            var folder = Path.Combine(scratch.FullName, $"specs-{routes}");
            ScaleSpecs.Write(folder, routes);
            var plan = await Measured.BestOfAsync(
                3, gwctl, "plan", "-f", folder, $"--sandbox={folder}-cloud", "--no-color");
            Row($"validate, compile and plan {routes} HTTPRoutes ({routes * 5} rules)", plan, showsOutput: false);
        }

        foreach (var objects in (int[])[1_000, 10_000])
        {
            Row($"engine alone, {objects} objects", await Measured.BestOfAsync(3, self, "engine", $"{objects}"));
        }

        var one = Path.Combine(scratch.FullName, "one");
        ScaleSpecs.WriteOneBalancer(one, services: 100);
        foreach (var (depth, limits) in new[] { ("shallow", "limited"), ("deep", "free"), ("deep", "limited") })
        {
            var measured = await Measured.RunAsync(self, "no-op", one, depth, limits);
            Row($"no-op plan, 100 rules, 100 target groups, 50 ms a call, {depth}, rate {limits}", measured);
        }
    }
    finally
    {
        scratch.Delete(recursive: true);
    }
}

// A controller's whole process. A program that is there already saves the publishing.
static Task ControllerAsync(int gateways, int routes, string? gwctl) =>
    WithProgramAsync(gwctl, program => ControllerBenchmark.RunAsync(program, gateways, routes, changes: 200));

static Task ChurnAsync(int gateways, int seconds, string? gwctl) =>
    WithProgramAsync(gwctl, program => ChurnBenchmark.RunAsync(program, gateways, seconds));

static async Task WithProgramAsync(string? gwctl, Func<string, Task<string>> measure)
{
    var scratch = Directory.CreateTempSubdirectory("gwctl-benchmarks-");
    try
    {
        Console.WriteLine(await measure(gwctl ?? await PublishAsync(Path.Combine(scratch.FullName, "published"))));
    }
    finally
    {
        scratch.Delete(recursive: true);
    }
}

// The whole process over 10 Gateways of 100 rules: applying, asking, and judging.
static async Task VerifyAsync()
{
    var scratch = Directory.CreateTempSubdirectory("gwctl-benchmarks-");
    try
    {
        var gwctl = await PublishAsync(Path.Combine(scratch.FullName, "published"));
        var specs = Path.Combine(scratch.FullName, "specs");
        ScaleSpecs.Write(specs, routes: 200);
        Row("verify 1000 rules", await Measured.BestOfAsync(3, gwctl, "verify", "-f", specs, "--no-color"));
    }
    finally
    {
        scratch.Delete(recursive: true);
    }
}

static void Row(string work, Measured measured, bool showsOutput = true)
{
    if (measured.ExitCode is not 0)
    {
        throw new InvalidOperationException($"{work}: exit code {measured.ExitCode}: {measured.Output}");
    }

    var note = showsOutput ? measured.Output.Trim().Split('\n')[^1] : "";
    var peak = measured.PeakBytes / 1_000_000.0;
    Console.WriteLine($"| {work} | {measured.Wall.TotalMilliseconds:F0} ms | {peak:F0} MB | {note} |");
}

static async Task<string> PublishAsync(string folder)
{
    using var process = Process.Start(
        "dotnet",
        [
            "publish", Repository.PathOf("src", "Gwctl.Cli"), "-c", "Release",
            "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "--nologo", "-v", "quiet",
        ]);
    await process.WaitForExitAsync();
    return process.ExitCode is 0
        ? Path.Combine(folder, "gwctl")
        : throw new InvalidOperationException("gwctl does not publish");
}
