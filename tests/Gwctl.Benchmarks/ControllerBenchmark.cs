using System.Diagnostics;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Benchmarks;

/// <summary>From a controller's start until all is programmed, and from a change of a route to the first write to the
/// cloud.</summary>
internal static class ControllerBenchmark
{
    /// <param name="gwctl">The program to measure.</param>
    public static async Task<string> RunAsync(string gwctl, int gateways, int routes, int changes)
    {
        await using var scene = await ControllerScene.StartAsync(gateways, routes);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        await using var process = await scene.RunAsync(gwctl);
        self.Refresh();
        var (age, busy, own, first) = (process.Age, process.Cpu, self.TotalProcessorTime - before, process.Peak);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var delays = await ChangeRoutesAsync(scene, routes, changes);
        return $"{routes} HTTPRoutes, {gateways} Gateways: all programmed after {age.TotalSeconds:F1} s "
            + $"({busy.TotalSeconds:F1} s of CPU, the sandbox and this {own.TotalSeconds:F1} s), "
            + $"{first / 1e6:F0} MB; a route's change to the first write: median {delays[delays.Count / 2]:F0} ms, "
            + $"p99 {delays[(int)(delays.Count * 0.99)]:F0} ms of {delays.Count}; "
            + $"{process.Peak / 1e6:F0} MB at most";
    }

    /// <summary>Sorted, in milliseconds.</summary>
    private static async Task<List<double>> ChangeRoutesAsync(ControllerScene scene, int routes, int changes)
    {
        var delays = new List<double>();
        for (var change = 0; change < changes; change++)
        {
            var calls = scene.Cloud.Aws.MutatingCalls;
            var watch = Stopwatch.StartNew();
            await scene.Client.ApplyAsync(
                BenchObjects.Routes, scene.Route(change * 37 % routes, $"/changed-{change}"),
                new FieldOwner("bench", Force: true), CancellationToken.None);
            while (scene.Cloud.Aws.MutatingCalls == calls && watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(1);
            }

            delays.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(150);
        }

        delays.Sort();
        return delays;
    }
}
