using System.Diagnostics;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary>What only a process of its own shows: signals, and shells.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gwctl-process-tests-");

    private static string Program =>
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gwctl.exe" : "gwctl");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_served_sandbox_in_good_order(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill(1).");
        Assert.SkipWhen(signal is "INT" && IgnoresInterrupts(), "This run ignores SIGINT, and so do its children.");
        using var process = Start(
            Program, "sandbox", "up", "--port", "0", "--kubernetes-port", "0", "--dns-port", "0");
        var endpoint = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            endpoint = line.StartsWith("Serving at ", StringComparison.Ordinal) ? line : endpoint;
            if (line.EndsWith("Ctrl-C ends it.", StringComparison.Ordinal))
            {
                break;
            }
        }

        Assert.StartsWith("Serving at http://127.0.0.1:", endpoint);
        await KillAsync(signal, process);
        Assert.Equal(0, await ExitAsync(process));
        Assert.Contains("Stopped; the state is kept.",
            await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(_directory.FullName, ".gwctl", "sandbox", "endpoint")));
    }

    [Fact]
    public async Task The_first_interrupt_of_an_apply_finishes_calls_in_flight_and_the_next_apply_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill(1).");
        string[] apply = ["apply", "-f", Repository.PathOf("examples", "quickstart"), "--sandbox", "--auto-approve"];
        using var process = Start(Program, apply);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.EndsWith("load-balancer: Creating...", StringComparison.Ordinal))
            {
                await KillAsync("INT", process);
                await KillAsync("TERM", process); // As CI systems do: it must not make it worse.
            }
        }

        var exit = await ExitAsync(process);
        var text = $"{string.Join('\n', lines)}\n{await output}";
        Assert.True(exit is 5, $"exit {exit}\n{text}");
        Assert.Contains("Interrupted: finishing calls in flight", text);
        Assert.Contains("load-balancer: Creation complete", text);
        Assert.Contains("Apply was interrupted: 0 failed, ", text);

        using var again = Start(Program, apply);
        var rest = await again.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await ExitAsync(again));
        Assert.Contains("Apply complete!", rest);
        Assert.DoesNotContain("load-balancer will be created", rest);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("plan --help")]
    [InlineData("plan -f specs.yaml --sandbox")]
    public async Task Output_that_cannot_be_written_is_an_error_and_no_bug(string command)
    {
        Assert.SkipUnless(File.Exists("/dev/full") && File.Exists("/bin/bash"), "There is no /dev/full here.");
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "specs.yaml"),
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n",
            TestContext.Current.CancellationToken);
        foreach (var output in (string[])[">/dev/full", ">&-"])
        {
            using var process = Start("/bin/bash", "-c", $"'{Program}' {command} {output}");
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, await ExitAsync(process));
            Assert.Contains("error GW7026: Standard output cannot be written", error);
            Assert.DoesNotContain("bug", error);
        }
    }

    [Fact]
    public async Task Bash_completes_with_the_script()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        var script = Path.Combine(_directory.FullName, "try.sh");
        await File.WriteAllTextAsync(
            script,
            """
            source <("$1" completion bash)
            gwctl_words() {
                COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}
                read -ra COMP_WORDS <<< "$1"; COMP_WORDS[0]="$PROGRAM"
                [[ "$1" == *" " ]] && COMP_WORDS+=("")
                COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
                _gwctl; echo "${COMPREPLY[*]}"
            }
            PROGRAM="$1"
            gwctl_words "gwctl pl"
            gwctl_words "gwctl plan --detailed"
            gwctl_words "gwctl plan -o "
            complete -p gwctl
            """,
            TestContext.Current.CancellationToken);
        using var process = Start("/bin/bash", script, Program);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ExitAsync(process);
        Assert.Equal("plan\n--detailed-exitcode\njson markdown text\ncomplete -o default -F _gwctl gwctl\n", output);
    }

    [Fact]
    public async Task Fish_completes_with_the_script()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/fish"), "There is no fish here.");
        using var process = Start(
            "/usr/bin/fish", "--no-config", "-c",
            $"""
            set -x PATH '{AppContext.BaseDirectory}' $PATH
            gwctl completion fish | source
            complete -C 'gwctl plan --detailed'
            """);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ExitAsync(process);
        Assert.Equal("--detailed-exitcode\n", output);
    }

    [Fact]
    public async Task Zsh_completes_with_the_script()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh"), "There is no zsh here.");
        var script = Path.Combine(_directory.FullName, "try.zsh");
        // A terminal is needed to press Tab in; zsh brings one.
        await File.WriteAllTextAsync(
            script,
            """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "path=('$1' \$path); autoload -Uz compinit && compinit -u -D; source <(gwctl completion zsh)"
            zpty -w shell 'print -r -- re""ady'
            zpty -r -m shell out '*ready*'
            zpty -n -w shell $'gwctl plan --detailed\t'
            zpty -r -m shell out '*exitcode*' && print completed
            """,
            TestContext.Current.CancellationToken);
        using var process = Start("/usr/bin/zsh", "-f", script, AppContext.BaseDirectory.TrimEnd('/'));
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ExitAsync(process);
        Assert.Equal("completed\n", output);
    }

    [Fact]
    public async Task The_version_needs_no_library_beside_the_program()
    {
        // Without a list of dependencies the host does not look for them; whoever loads one then fails.
        foreach (var name in new[] { Path.GetFileName(Program), "gwctl.dll", "gwctl.runtimeconfig.json" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(_directory.FullName, name));
        }

        using var process =
            Start(Path.Combine(_directory.FullName, Path.GetFileName(Program)), "version", "-o", "json");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await ExitAsync(process));
        Assert.Contains("\"planFormatVersion\": 1", output);
    }

    /// <summary>As nohup or a shell's &amp; starts it.</summary>
    private static bool IgnoresInterrupts()
    {
        const string Ignored = "SigIgn:";
        const ulong Interrupt = 1 << (2 - 1);
        return File.Exists("/proc/self/status")
            && File.ReadLines("/proc/self/status")
                .FirstOrDefault(text => text.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
            && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & Interrupt) is not 0;
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _directory.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start);
        Assert.NotNull(process);
        process.StandardInput.Close();
        return process;
    }

    private async Task KillAsync(string signal, Process process)
    {
        using var kill = Start("/bin/kill", $"-{signal}", $"{process.Id}");
        await ExitAsync(kill);
    }

    private static async Task<int> ExitAsync(Process process)
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(
            Patience, TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
