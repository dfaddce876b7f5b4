using System.Diagnostics;

namespace Gwctl.Benchmarks;

/// <summary>What a whole process cost: wall time from start to exit, and the most memory it held.</summary>
internal sealed record Measured(TimeSpan Wall, long PeakBytes, int ExitCode, string Output)
{
    /// <summary>The quickest of some runs; of those the memory too.</summary>
    public static async Task<Measured> BestOfAsync(int runs, string file, params string[] arguments)
    {
        Measured? best = null;
        for (var run = 0; run < runs; run++)
        {
            var measured = await RunAsync(file, arguments);
            best = best is null || measured.Wall < best.Wall ? measured : best;
        }

        return best ?? throw new ArgumentOutOfRangeException(nameof(runs), runs, "at least 1");
    }

    public static async Task<Measured> RunAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await poll.WaitForNextTickAsync();
        }

        await process.WaitForExitAsync();
        var wall = watch.Elapsed;
        return new Measured(wall, peak, process.ExitCode, await output + await error);
    }

    /// <summary>The kernel's own high-water mark; gone with the process, so it is read while it runs. 0 where there
    /// is none.</summary>
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
        catch (IOException)
        {
            return 0; // It ended between two looks.
        }
    }
}
