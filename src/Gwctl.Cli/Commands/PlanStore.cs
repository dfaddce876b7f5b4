using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Plans;
using Gwctl.Core;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Commands;

/// <summary>Plan files on disk.</summary>
public static class PlanStore
{
    /// <summary>Larger files are no plans.</summary>
    private const long BytesMax = 1L << 30;

    /// <summary>Null when written; whoever reads the path meanwhile sees the old file or the new one.</summary>
    public static Diagnostic? Save(CommandHost host, string path, Plan plan)
    {
        try
        {
            var target = new FileInfo(host.Context.Resolve(path));
            if (target.LinkTarget is not null && target.ResolveLinkTarget(returnFinalTarget: true) is FileInfo linked)
            {
                target = linked.Exists ? linked : target; // A link stays one; so does /dev/stdout.
            }

            // What is empty has nothing to lose, and may be a device or a pipe, whose place no file may take.
            if (target.LinkTarget is not null || target is { Exists: true, Length: 0 })
            {
                using var file = target.Open(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
                PlanFile.Write(plan, file);
            }
            else
            {
                Replace(target.FullName, plan);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CliDiagnostics.FileFailed(path, exception.Message);
        }
    }

    public static Compiled<Plan> Load(CommandHost host, string path)
    {
        var source = host.Context.Resolve(path);
        try
        {
            if (Directory.Exists(source))
            {
                return Compiled.From<Plan>(null, [CliDiagnostics.FileFailed(path, "It is a directory.")]);
            }

            return new FileInfo(source).Length > BytesMax
                ? Compiled.From<Plan>(null, [CliDiagnostics.FileFailed(path, "It is too large to be a plan.")])
                : PlanFile.Read(File.ReadAllBytes(source));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Compiled.From<Plan>(null, [CliDiagnostics.FileFailed(path, exception.Message)]);
        }
    }

    private static void Replace(string target, Plan plan)
    {
        var half = target + ".tmp";
        try
        {
            using (var file = File.Create(half))
            {
                PlanFile.Write(plan, file);
            }

            File.Move(half, target, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(half);
            throw;
        }
    }

    /// <summary>Null when appended.</summary>
    public static Diagnostic? AppendGitHubOutput(CommandHost host, Plan plan)
    {
        if (host.Context.Environment.GetValueOrDefault(GitHubOutput.Variable) is not { Length: > 0 } path)
        {
            return CliDiagnostics.NoGitHubOutput();
        }

        try
        {
            File.AppendAllText(path, GitHubOutput.Lines(plan));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CliDiagnostics.FileFailed(path, exception.Message);
        }
    }
}
