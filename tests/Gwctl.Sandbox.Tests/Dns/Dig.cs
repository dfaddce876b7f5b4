using System.Diagnostics;

namespace Gwctl.Sandbox.Tests.Dns;

/// <summary>BIND's dig, where the machine has it.</summary>
internal static class Dig
{
    public const string Missing = "dig is not installed (Debian's package is bind9-dnsutils)";

    public static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "dig")));

    /// <summary>What it prints; it must find nothing wrong with the answer.</summary>
    public static async Task<string> AskAsync(int port, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dig", $"@127.0.0.1 -p {port} +norecurse +time=5 +tries=1 {arguments}")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new InvalidOperationException("dig did not start");
        var output = await process.StandardOutput.ReadToEndAsync(SandboxFixture.Cancellation);
        await process.WaitForExitAsync(SandboxFixture.Cancellation);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("WARNING", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("malformed", output, StringComparison.OrdinalIgnoreCase);
        return output;
    }
}
