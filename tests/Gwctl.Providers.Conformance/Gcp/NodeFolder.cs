using System.ComponentModel;
using System.Diagnostics;
using Gwctl.Testing;

namespace Gwctl.Providers.Conformance.Gcp;

/// <summary>A folder with a script for Node and the packages that its lock file names.</summary>
internal sealed class NodeFolder
{
    private const string Lock = "package-lock.json";
    private static readonly TimeSpan s_runMax = TimeSpan.FromMinutes(2);

    private readonly string _path;

    private NodeFolder(string path) => _path = path;

    /// <summary>Copies the folder to where files that are made lie, and installs its packages there. Where Node, npm or
    /// the registry is missing, the test is skipped.</summary>
    /// <param name="source">Below this project.</param>
    public static async Task<NodeFolder> RestoreAsync(string source, CancellationToken cancellationToken)
    {
        var from = Repository.PathOf("tests", "Gwctl.Providers.Conformance", source);
        var to = Repository.PathOf("artifacts", "node", source.Replace('/', '-').ToLowerInvariant());
        Directory.CreateDirectory(to);
        var isNew = !File.Exists(Path.Combine(to, Lock)) || !Directory.Exists(Path.Combine(to, "node_modules"))
            || await File.ReadAllTextAsync(Path.Combine(to, Lock), cancellationToken)
                != await File.ReadAllTextAsync(Path.Combine(from, Lock), cancellationToken);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        var (hasNode, version) = await RunAsync(to, "node", ["--version"], cancellationToken);
        Assert.SkipUnless(hasNode, $"node does not run on this machine: {version}");
        if (isNew)
        {
            var (restored, why) = await RunAsync(
                to, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cancellationToken);
            if (!restored)
            {
                // The next run shall try again.
                File.Delete(Path.Combine(to, Lock));
                Assert.Skip($"npm cannot install the packages: {why}");
            }
        }

        return new NodeFolder(to);
    }

    /// <summary>Fails where the script does; returns what it printed.</summary>
    public async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (succeeded, output) = await RunAsync(_path, "node", arguments, cancellationToken);
        Assert.True(succeeded, output);
        return output;
    }

    private static async Task<(bool Succeeded, string Output)> RunAsync(
        string folder, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Nobody's login of this machine, and no metadata server.
        start.Environment.Remove("GOOGLE_APPLICATION_CREDENTIALS");
        start.Environment["METADATA_SERVER_DETECTION"] = "none";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_runMax);
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode is 0 ? (true, await output) : (false, await errors);
        }
        catch (Win32Exception exception)
        {
            return (false, exception.Message);
        }
    }
}
