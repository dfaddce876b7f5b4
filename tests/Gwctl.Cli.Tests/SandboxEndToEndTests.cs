using System.Text.Json;
using Gwctl.Cli.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary>The commands against the embedded cloud, as a user types them.</summary>
public sealed class SandboxEndToEndTests : IDisposable
{
    private readonly CliRunner _cli = new();
    private readonly string _quickstart = Repository.PathOf("examples", "quickstart");
    private readonly string _tls = Repository.PathOf("examples", "wildcard-tls");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Plan_apply_plan_drift_repair_destroy()
    {
        var plan = await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox", "--detailed-exitcode");
        Assert.Equal(ExitCode.ChangesPresent, plan.Exit);
        Assert.Contains(" to add, 0 to change, 0 to destroy.\n", plan.Output);

        var apply = await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--auto-approve");
        Assert.Equal(ExitCode.Done, apply.Exit);
        Assert.Contains("Apply complete! Resources: ", apply.Output);
        Assert.Contains("shop/web  shop-web-", apply.Output);
        Assert.Contains(": Creation complete after ", apply.Error);

        var again = await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox", "--detailed-exitcode");
        Assert.Equal(ExitCode.Done, again.Exit);
        Assert.StartsWith("No changes.", again.Output);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("drift", "-f", _quickstart, "--sandbox")).Exit);

        var status = await _cli.RunAsync("sandbox", "status");
        Assert.Matches(@"elbv2 +load-balancer +1\n", status.Output);

        var destroy = await _cli.RunAsync("destroy", "-f", _quickstart, "--sandbox", "--auto-approve");
        Assert.Equal(ExitCode.Done, destroy.Exit);
        Assert.Contains("Destroy complete! Resources: 0 added, 0 changed, ", destroy.Output);
        Assert.DoesNotContain("elbv2", (await _cli.RunAsync("sandbox", "status")).Output);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("sandbox", "reset")).Exit);
        Assert.False(Directory.Exists(Path.Combine(_cli.Root, ".gwctl", "sandbox")));
    }

    [Fact]
    public async Task Changed_specs_show_as_changes_and_as_drift()
    {
        var specs = CopyOf(_quickstart);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("apply", "-f", specs, "--sandbox", "--auto-approve")).Exit);
        ChangeFile(Path.Combine(specs, "gateway.yaml"), "value: /api", "value: /v2");
        var drift = await _cli.RunAsync("drift", "-f", specs, "--sandbox", "-o", "json");
        Assert.Equal(ExitCode.DriftFound, drift.Exit);
        using var document = JsonDocument.Parse(drift.Output);
        Assert.True(document.RootElement.GetProperty("drift").GetBoolean());

        var plan = await _cli.RunAsync("plan", "-f", specs, "--sandbox", "-o", "markdown", "--max-chars", "4000");
        Assert.StartsWith("## gwctl plan", plan.Output);
        Assert.Contains("/v2", plan.Output);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("apply", "-f", specs, "--sandbox", "--auto-approve")).Exit);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("drift", "-f", specs, "--sandbox")).Exit);
    }

    [Fact]
    public async Task Too_much_destruction_is_blocked_and_shown()
    {
        Assert.Equal(
            ExitCode.Done, (await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--auto-approve")).Exit);
        var result =
            await _cli.RunAsync("destroy", "-f", _quickstart, "--sandbox", "--auto-approve", "--max-destroy", "1");
        Assert.Equal(ExitCode.Blocked, result.Exit);
        Assert.Contains("This plan is blocked", result.Output);
        Assert.Contains(" to destroy.", result.Output);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("drift", "-f", _quickstart, "--sandbox")).Exit);
    }

    [Fact]
    public async Task A_saved_plan_is_applied_once_and_needs_its_secrets()
    {
        var plan = await _cli.RunAsync("plan", "-f", _tls, "--sandbox", "--out", "plan.json", "-o", "json");
        Assert.Equal(ExitCode.Done, plan.Exit);
        Assert.Equal(_cli.Read("plan.json").TrimEnd('\n'), plan.Output.TrimEnd('\n'));
        Assert.DoesNotContain("PRIVATE KEY", plan.Output);

        var shown = await _cli.RunAsync("show", "plan.json");
        Assert.Contains("imported certificate", shown.Output);
        Assert.Contains("(sensitive)", shown.Output);

        var bare = await _cli.RunAsync("apply", "plan.json", "--sandbox");
        Assert.Equal(ExitCode.Error, bare.Exit);
        Assert.Contains("error GW7013", bare.Error);

        var other = await _cli.RunAsync("apply", "plan.json", "-f", _quickstart, "--sandbox");
        Assert.Equal(ExitCode.Stale, other.Exit);
        Assert.Contains("error GW7015", other.Error);

        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("apply", "plan.json", "-f", _tls, "--sandbox")).Exit);
        var twice = await _cli.RunAsync("apply", "plan.json", "-f", _tls, "--sandbox");
        Assert.Equal(ExitCode.Stale, twice.Exit);
        Assert.Contains("error GW5", twice.Error);
    }

    [Fact]
    public async Task A_saved_plan_says_how_to_reach_its_cloud()
    {
        var config = _cli.Write("config.yaml", """
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: elsewhere}
            spec:
              provider: aws
              owner: "0123"
              dns: {zones: [{name: example.com, private: false}]}
              aws: {region: eu-central-1, deletionProtection: no, quotas: {rulesPerLoadBalancer: 90}}
            """);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync(
            "plan", "-f", _quickstart, "--sandbox", "--provider-config", config, "--out", "p.json")).Exit);
        File.Delete(config);
        var apply = await _cli.RunAsync("apply", "p.json", "--sandbox");
        Assert.Equal("", apply.Exit is ExitCode.Done ? "" : apply.Error);
        Assert.Contains("Apply complete!", apply.Output);
        Assert.Contains(".eu-central-1.", apply.Output);
    }

    [Fact]
    public async Task A_sandbox_where_nothing_can_be_made_is_an_error()
    {
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "There is no directory that refuses even root here.");

        var result = await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox=/sys/gwctl");

        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("Access to the path '/sys/gwctl' is denied", result.Error);
    }

    [Fact]
    public async Task A_plan_takes_no_links_or_pipes_place()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "There is no mkfifo here.");
        string[] plan = ["plan", "-f", _quickstart, "--sandbox", "--out"];
        _cli.Write("real.json", "an older plan");
        File.CreateSymbolicLink(Path.Combine(_cli.Root, "link.json"), "real.json");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync([.. plan, "link.json"])).Exit);
        Assert.Equal("real.json", new FileInfo(Path.Combine(_cli.Root, "link.json")).LinkTarget);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("show", "real.json")).Exit);

        var pipe = Path.Combine(_cli.Root, "pipe.json");
        using (var made = System.Diagnostics.Process.Start("/usr/bin/mkfifo", pipe))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var read = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync([.. plan, pipe])).Exit);
        Assert.Equal(_cli.Read("real.json").Length, (await read).Length);
    }

    [Fact]
    public async Task An_expired_plan_is_stale()
    {
        Assert.Equal(
            ExitCode.Done, (await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox", "--out", "p.json")).Exit);
        _cli.Clock = new LaterClock(TimeSpan.FromDays(2));
        var result = await _cli.RunAsync("apply", "p.json", "-f", _quickstart, "--sandbox");
        Assert.Equal(ExitCode.Stale, result.Exit);
        Assert.Contains("error GW7014", result.Error);
    }

    [Fact]
    public async Task Only_yes_approves()
    {
        var nobody = await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox");
        Assert.Equal(ExitCode.Error, nobody.Exit);
        Assert.Contains("error GW7005", nobody.Error);

        (_cli.InputIsTerminal, _cli.Input) = (true, "y\n");
        var wrong = await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox");
        Assert.Equal(ExitCode.Error, wrong.Exit);
        Assert.Contains("Only 'yes' will be accepted", wrong.Error);
        Assert.Contains("error GW7006", wrong.Error);

        var forbidden = await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--no-input");
        Assert.Contains("error GW7005", forbidden.Error);

        _cli.Input = "yes\n";
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox")).Exit);
    }

    [Fact]
    public async Task Events_of_an_apply()
    {
        var result = await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--auto-approve", "-o", "json");
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal("", result.Error);
        var types = result.Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()).ToList();
        Assert.Equal("version", types[0]);
        Assert.Equal("change_summary", types[^1]);
        Assert.Contains("apply_complete", types);
        Assert.Contains("outputs", types);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_before_it_began_changes_nothing()
    {
        _cli.Interruption.Receive(Signal.Interrupt);
        var result = await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--auto-approve");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("error GW7009", result.Error);
    }

    [Fact]
    public async Task Job_outputs_are_appended_where_asked()
    {
        var file = _cli.Write("outputs", "before=1\n");
        var without = await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox", "--github-output");
        Assert.Contains("error GW7017", without.Error);
        _cli.Environment["GITHUB_OUTPUT"] = file;
        await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox", "--github-output");
        Assert.StartsWith("before=1\nhas_changes=true\nblocked=false\nadds=", _cli.Read("outputs"));
    }

    [Fact]
    public async Task Validate_and_compile_need_no_cloud()
    {
        var valid = await _cli.RunAsync("validate", "-f", _quickstart, "--sandbox", "-o", "json");
        Assert.Equal(ExitCode.Done, valid.Exit);
        using var document = JsonDocument.Parse(valid.Output);
        Assert.True(document.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(2, document.RootElement.GetProperty("objects").GetProperty("HTTPRoute").GetInt32());
        foreach (var format in new[] { "text", "json", "yaml", "dot", "mermaid" })
        {
            var compiled = await _cli.RunAsync("compile", "-f", _quickstart, "--sandbox", "-o", format);
            Assert.Equal(ExitCode.Done, compiled.Exit);
            Assert.Contains("shop/web", compiled.Output);
        }

        Assert.False(Directory.Exists(Path.Combine(_cli.Root, ".gwctl")));
    }

    [Fact]
    public async Task Broken_specs_are_errors_with_an_excerpt_wherever_they_are_read()
    {
        var specs = CopyOf(_quickstart);
        ChangeFile(Path.Combine(specs, "gateway.yaml"), "gatewayClassName", "gatewayClasName");
        foreach (var command in new[] { "validate", "compile", "plan", "drift" })
        {
            var result = await _cli.RunAsync(command, "-f", specs, "--sandbox");
            Assert.Equal(ExitCode.Error, result.Exit);
            Assert.Matches(@"gateway\.yaml:\d+:\d+: error GW1\d+", result.Error);
            Assert.Contains("gatewayClasName: cloud\n", result.Error);
        }

        var markdown = await _cli.RunAsync("plan", "-f", specs, "--sandbox", "-o", "markdown");
        Assert.Contains("**There is no plan: ", markdown.Output);
        var json = await _cli.RunAsync("plan", "-f", specs, "--sandbox", "-o", "json");
        Assert.Equal("", json.Output);
        using var document = JsonDocument.Parse(json.Error);
        Assert.True(document.RootElement.GetProperty("errors").GetInt32() > 0);
    }

    [Fact]
    public async Task What_the_cloud_cannot_do_stops_all_unless_a_part_is_enough()
    {
        var specs = CopyOf(_quickstart);
        ChangeFile(
            Path.Combine(specs, "gateway.yaml"),
            "      backendRefs:\n        - name: api\n",
            "      filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x-a]}}]\n"
                + "      backendRefs:\n        - name: api\n");
        var whole = await _cli.RunAsync("plan", "-f", specs, "--sandbox");
        Assert.Equal(ExitCode.Error, whole.Exit);
        Assert.Matches(@"gateway\.yaml:\d+:\d+: error GW3\d+", whole.Error);
        var part = await _cli.RunAsync("plan", "-f", specs, "--sandbox", "--allow-partial");
        Assert.Equal(ExitCode.Done, part.Exit);
        Assert.Contains("warning GW7020: ", part.Output);
        Assert.Contains(" to add, ", part.Output);
    }

    /// <summary>A route that cannot be read is not a route that somebody removed.</summary>
    [Fact]
    public async Task With_errors_nothing_that_lives_is_deleted()
    {
        var specs = CopyOf(_quickstart);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("apply", "-f", specs, "--sandbox", "--auto-approve")).Exit);
        ChangeFile(Path.Combine(specs, "gateway.yaml"), "kind: HTTPRoute\n", "kind: HTTPRoute\nspek: {}\n");

        var part = await _cli.RunAsync("apply", "-f", specs, "--sandbox", "--allow-partial", "--auto-approve");

        Assert.Equal(ExitCode.Done, part.Exit);
        Assert.Contains("warning GW5007: ", part.Output);
        Assert.Contains("No changes.", part.Output);
        var drift = await _cli.RunAsync("drift", "-f", _quickstart, "--sandbox");
        Assert.Equal(ExitCode.Done, drift.Exit);
    }

    [Fact]
    public async Task Specs_come_from_standard_input()
    {
        _cli.Input = string.Join("\n---\n", Directory.GetFiles(_quickstart, "*.yaml").Order().Select(File.ReadAllText));
        var result = await _cli.RunAsync("plan", "-f", "-", "--sandbox");
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains(" to add", result.Output);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_named()
    {
        var result = await _cli.RunAsync("plan", "-f", _quickstart, "--sandbox", "--provider", "cumulus");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("error GW", result.Error);
    }

    [Fact]
    public async Task Adopt_takes_what_stands_in_the_way()
    {
        Assert.Equal(
            ExitCode.Done, (await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--auto-approve")).Exit);
        var result = await _cli.RunAsync(
            "adopt", "sandbox/shop/web/load-balancer", "--id", "arn:x", "-f", _quickstart, "--sandbox", "--no-input");
        Assert.NotEqual(ExitCode.Done, result.Exit);
        Assert.Contains("error GW", result.Error);
    }

    [Fact]
    public async Task Reset_deletes_no_directory_that_is_not_its_own()
    {
        _cli.Write("precious/file.txt", "x");
        var result = await _cli.RunAsync("sandbox", "reset", "--dir", "precious");
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal("x", _cli.Read("precious/file.txt"));
    }

    private string CopyOf(string directory)
    {
        foreach (var file in Directory.GetFiles(directory, "*.yaml"))
        {
            _cli.Write(Path.Combine("specs", Path.GetFileName(file)), File.ReadAllText(file));
        }

        return Path.Combine(_cli.Root, "specs");
    }

    private static void ChangeFile(string path, string from, string to) =>
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));

    private sealed class LaterClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
