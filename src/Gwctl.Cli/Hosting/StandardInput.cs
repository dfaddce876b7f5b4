using System.Text;

namespace Gwctl.Cli.Hosting;

/// <summary>The standard input where it is no terminal.</summary>
internal static class StandardInput
{
    private const string Handles = "/proc/self/fd";

    /// <summary>UTF-8 whatever the locale says, as files are: other bytes are an error, and not guessed.</summary>
    public static TextReader Open() => IsClosed()
        ? TextReader.Null
        : new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));

    /// <summary>
    /// Started with its input closed (<c>&lt;&amp;-</c>), the process gave the free handle to a pipe of the .NET
    /// runtime's own. Its other end is open as long as the process lives, and who reads it waits for ever.
    /// </summary>
    private static bool IsClosed()
    {
        if (!OperatingSystem.IsLinux() || TargetOf($"{Handles}/0") is not { } input || !input.StartsWith("pipe:"))
        {
            return false;
        }

        return Directory.EnumerateFileSystemEntries(Handles)
            .Any(handle => TargetOf(handle) == input && IsForWriting(Path.GetFileName(handle)));
    }

    private static string? TargetOf(string handle) => new FileInfo(handle).LinkTarget;

    /// <summary>The last octal digit of the flags is 1 for writing, 2 for both (proc_pid_fdinfo(5)).</summary>
    private static bool IsForWriting(string handle)
    {
        var flags = File.ReadLines($"/proc/self/fdinfo/{handle}").FirstOrDefault(line => line.StartsWith("flags:"));
        return flags is [.., '1' or '2' or '5' or '6'];
    }
}
