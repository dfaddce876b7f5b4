using System.Runtime.InteropServices;

namespace Gwctl.Cli;

/// <summary>Begins a process that runs for long anew, with a garbage collector that keeps it small.</summary>
/// <remarks>What gwctl.runtimeconfig.json says is for commands that plan once and end: collect seldom, on two cores. A
/// controller would keep hundreds of megabytes for it. The runtime reads these settings only as it starts, and only
/// from that file or its environment; so the process replaces itself (execve: the same id, the same streams).</remarks>
internal static class LeanProcess
{
    private const string Setting = "DOTNET_gcServer";

    /// <summary>Returns where the process is as it should be, or cannot be begun anew; then it runs as it is.</summary>
    public static void Become(string[] args)
    {
        var isUnix = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
        if (!isUnix || Environment.GetEnvironmentVariable(Setting) is not null
            || Environment.ProcessPath is not { } program)
        {
            return;
        }

        var environment = new List<string?> { $"{Setting}=0" };
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment.Add($"{entry.Key}={entry.Value}");
        }

        // Started by the dotnet host, the program's own file comes first.
        string[] self = Path.GetFileNameWithoutExtension(program) is "dotnet"
            ? [program, Environment.GetCommandLineArgs()[0]]
            : [program];
        _ = Replace(program, [.. self, .. args, null], [.. environment, null]);
    }

    [DllImport("libc", EntryPoint = "execve", CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Replace(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [In, MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments,
        [In, MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] environment);
}
