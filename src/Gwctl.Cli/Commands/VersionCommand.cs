using System.Runtime.InteropServices;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Commands;

/// <summary><c>version</c>. Answered before anything else is made or loaded: scripts and prompts call it often, so
/// neither the command tree nor the terminal, server and cloud libraries may be touched here. Its JSON is therefore
/// written by hand.</summary>
public static class VersionCommand
{
    /// <summary>The program's version without the build's metadata.</summary>
    public static string ToolVersion { get; } = ThisVersion();

    /// <summary>Answers if the arguments ask for the version and nothing else that needs the command tree.</summary>
    public static ExitCode? TryAnswer(IReadOnlyList<string> arguments, TextWriter output)
    {
        switch (arguments)
        {
            case ["version"] or ["--version"] or ["version", "--no-color"]:
                output.Write($"gwctl {ToolVersion}\n");
                return ExitCode.Done;
            case ["version", "-o" or "--output", "text"] or ["version", "-o=text" or "--output=text"]:
                output.Write($"gwctl {ToolVersion}\n");
                return ExitCode.Done;
            case ["version", "-o" or "--output", "json"] or ["version", "-o=json" or "--output=json" or "-ojson"]:
                WriteJson(output);
                return ExitCode.Done;
            default:
                return null;
        }
    }

    private static void WriteJson(TextWriter output) => output.Write(
        $$"""
        {
          "formatVersion": 1,
          "version": "{{ToolVersion}}",
          "planFormatVersion": {{Engine.Planning.Plan.CurrentFormatVersion}},
          "runtime": "{{Environment.Version}}",
          "platform": "{{RuntimeInformation.RuntimeIdentifier}}"
        }

        """.ReplaceLineEndings("\n"));

    private static string ThisVersion() =>
        typeof(VersionCommand).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";
}
