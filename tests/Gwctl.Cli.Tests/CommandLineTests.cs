using System.Text.Json;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Tests;

/// <summary>What the program says to command lines that are wrong, ask for help, or need no cloud.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("plna", "GW7001", "Did you mean 'plan'?")]
    [InlineData("plan --fliename x", "GW7002", "Did you mean '--filename'?")]
    [InlineData("apply --auto-aprove", "GW7002", "Did you mean '--auto-approve'?")]
    [InlineData("show --ouput json", "GW7002", "Did you mean '--output'?")]
    [InlineData("plan -o xml", "GW7003", "'xml' not recognized")]
    [InlineData("plan --max-destroy many", "GW7003", "neither a number of objects nor a share")]
    [InlineData("plan --timeout 5", "GW7003", "not a duration")]
    [InlineData("plan --parallelism 0", "GW7003", "not a number from 1 to 256")]
    [InlineData("plan --include a/b", "GW7003", "neither KIND/NAMESPACE/NAME nor a hostname")]
    [InlineData("plan --endpoint-url aws", "GW7003", "is not PROVIDER=URL")]
    [InlineData("plan -f", "GW7003", "Required argument missing")]
    [InlineData("adopt some/address", "GW7003", "'--id' is required")]
    [InlineData("completion tcsh", "GW7003", "'tcsh' not recognized")]
    [InlineData("sandbox", "GW7021", "does nothing by itself")]
    [InlineData("plan", "GW7004", "-f FILE")]
    [InlineData("validate", "GW7004", "-f FILE")]
    [InlineData("compile", "GW7004", "-f FILE")]
    [InlineData("test", "GW7004", "-f FILE")]
    [InlineData("status", "GW7004", "-f FILE")]
    [InlineData("apply", "GW7004", "-f FILE")]
    [InlineData("destroy", "GW7004", "-f FILE")]
    [InlineData("drift", "GW7004", "-f FILE")]
    [InlineData("show nothing.json", "GW7007", "nothing.json")]
    public async Task Mistakes_are_errors_with_a_code_and_a_hint(string line, string code, string hint)
    {
        var result = await _cli.RunAsync(line.Split(' '));
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains($"error {code}: ", result.Error);
        Assert.Contains(hint, result.Error);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("validate")]
    [InlineData("compile")]
    [InlineData("plan")]
    [InlineData("show")]
    [InlineData("apply")]
    [InlineData("destroy")]
    [InlineData("drift")]
    [InlineData("adopt")]
    [InlineData("sandbox")]
    [InlineData("sandbox up")]
    [InlineData("version")]
    [InlineData("completion")]
    public async Task Every_command_has_help_with_an_example(string command)
    {
        string[] words = command is "" ? ["--help"] : [.. command.Split(' '), "--help"];
        var result = await _cli.RunAsync(words);
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains($"Usage:\n  gwctl{(command is "" ? "" : " " + command)} ", result.Output);
        Assert.True(command is "sandbox" || result.Output.Contains("Examples:\n  # "), result.Output);
        Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= 120, line));
        Assert.DoesNotContain("  # \n", result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task No_arguments_show_help()
    {
        var result = await _cli.RunAsync();
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("Commands:", result.Output);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    [InlineData("version --no-color")]
    [InlineData("version -o text")]
    public async Task The_version_is_one_line(string line)
    {
        var result = await _cli.RunAsync(line.Split(' '));
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Matches(@"^gwctl \d+\.\d+\.\d+\n$", result.Output);
    }

    [Fact]
    public async Task The_version_in_json()
    {
        var result = await _cli.RunAsync("version", "-o", "json");
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(1, document.RootElement.GetProperty("planFormatVersion").GetInt32());
        Assert.NotEqual("", document.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("gwctl ", "plan", "apply", "completion")]
    [InlineData("gwctl pl", "plan")]
    [InlineData("gwctl plan --o", "--out", "--output")]
    [InlineData("gwctl plan -o ", "json", "markdown", "text")]
    [InlineData("gwctl completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("gwctl sandbox ", "reset", "status", "up")]
    [InlineData("gwctl plan --refresh s", "shallow")]
    public async Task Completion_offers_what_fits(string line, params string[] expected)
    {
        var result = await _cli.RunAsync($"[suggest:{line.Length}]", line);
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Subset(result.Output.Split('\n').ToHashSet(), expected.ToHashSet());
        Assert.DoesNotContain("/?", result.Output);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _gwctl gwctl")]
    [InlineData("zsh", "#compdef gwctl")]
    [InlineData("fish", "complete -c gwctl")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Every_shell_has_a_script(string shell, string part)
    {
        var result = await _cli.RunAsync("completion", shell);
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains(part, result.Output);
        Assert.DoesNotContain('\r', result.Output);
    }

    [Theory]
    [InlineData(false, null, null, null, true, true)]
    [InlineData(true, null, null, null, false, false)]
    [InlineData(false, "1", null, null, true, false)]
    [InlineData(false, null, "dumb", null, false, false)]
    [InlineData(false, null, null, "true", false, true)]
    [InlineData(false, null, null, "false", true, true)]
    public void Streams_are_judged_by_what_they_are(
        bool redirected, string? noColor, string? term, string? ci, bool interactive, bool color)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in new[] { ("NO_COLOR", noColor), ("TERM", term), ("CI", ci) })
        {
            if (value is not null)
            {
                environment[name] = value;
            }
        }

        var terminal = Terminal.Judge(redirected, columns: 90, environment);
        Assert.Equal((interactive, color), (terminal.Interactive, terminal.Color));
        Assert.Equal(redirected ? Terminal.ColumnsElsewhere : 90, terminal.Columns);
    }
}
