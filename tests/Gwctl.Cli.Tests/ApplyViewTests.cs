using System.Text.Json;
using Gwctl.Cli.Commands;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views;
using Gwctl.Cli.Views.Applying;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Tests;

/// <summary>A run as lines, as events and as a live display.</summary>
public sealed class ApplyViewTests
{
    private static readonly Plan Plan = Plans.Mixed;

    private static readonly Diagnostic Failure =
        new("GW6001", Severity.Error, "The cloud refused") { Detail = "Too many." };

    [Fact]
    public async Task Plain_lines_tell_each_step_and_the_end()
    {
        var (output, error) = await RunAsync((result, progress) => new PlainApplyView(result, progress), Succeeding());
        Assert.Equal(
            """
            prod/shop/web/load-balancer: Creating...
            prod/shop/web/load-balancer: Creation complete after 2s [id=arn:lb]

            """,
            error);
        Assert.Equal(
            """

            Apply complete! Resources: 2 added, 1 changed, 2 destroyed.

            GATEWAY   ADDRESS
            shop/web  web-1.elb.amazonaws.com

            See it there.

            """,
            output);
    }

    [Fact]
    public async Task A_partial_run_says_what_failed_what_was_skipped_and_why()
    {
        var (output, error) = await RunAsync((result, progress) => new PlainApplyView(result, progress), Failing());
        Assert.Contains("prod/shop/web/rule/80/abc: Modification failed after 1s: GW6001: The cloud refused\n", error);
        Assert.Contains("prod/shop/web/rule/80/abc: error GW6001: The cloud refused\n  Too many.\n", error);
        Assert.Contains("Not tried:\n  prod/shop/web/listener/8080 (delete): a step before it failed\n", error);
        Assert.Contains(
            "Apply did not complete: 1 failed, 1 not tried. Resources: 1 added, 0 changed, 0 destroyed.\n", output);
    }

    [Fact]
    public void A_heartbeat_names_the_oldest_steps_and_counts_the_rest()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var writer = new StyledWriter(error, Terminal.None);
        var view = new PlainApplyView(writer, writer);
        view.Start(Plan);
        for (var id = 0; id < 5; id++)
        {
            var step = Plans.Step(id, StepAction.AwaitReady, Plans.Address("rule", $"{id}"));
            view.Show(new ApplyEvent.StepStarted(step, Plans.Now.AddSeconds(id)));
        }

        view.Show(new ApplyEvent.StepProgress(
            Plans.Step(
                0, StepAction.AwaitReady, Plans.Address("rule", "0")), "1 of 2 healthy", TimeSpan.Zero, Plans.Now));
        error.GetStringBuilder().Clear();
        view.Beat(Plans.Now.AddSeconds(70));
        Assert.Equal(
            """
            prod/shop/web/rule/0: Still waiting until ready... 1 of 2 healthy [1m10s elapsed]
            prod/shop/web/rule/1: Still waiting until ready... [1m9s elapsed]
            prod/shop/web/rule/2: Still waiting until ready... [1m8s elapsed]
            … and 2 more under way; 0 of 5 steps done

            """,
            error.ToString());
    }

    [Fact]
    public async Task Events_are_a_json_object_on_each_line_of_known_types()
    {
        using var text = new StringWriter();
        var lines = new EventLines(text, TimeProvider.System);
        lines.WriteVersion("0.1.0");
        await FeedAsync(new JsonApplyView(lines), Failing());
        var documents = text.ToString().TrimEnd('\n').Split('\n').Select(
            line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            [
                "version", "planned_change", "planned_change", "planned_change", "planned_change", "change_summary",
                "apply_start", "apply_complete", "apply_start", "apply_progress", "apply_errored", "diagnostic",
                "apply_skipped", "outputs", "change_summary",
            ],
            documents.Select(document => document.GetProperty("type").GetString()));
        Assert.All(documents, document => Assert.True(document.TryGetProperty("@timestamp", out _)));
        Assert.Equal("replace", documents[2].GetProperty("change").GetProperty("action").GetString());
        Assert.Equal("arn:lb", documents[7].GetProperty("hook").GetProperty("id").GetString());
        var changes = documents[^1].GetProperty("changes");
        Assert.Equal(1, changes.GetProperty("add").GetInt32());
        Assert.Equal(1, changes.GetProperty("failed").GetInt32());
        Assert.Equal("apply", changes.GetProperty("operation").GetString());
    }

    [Fact]
    public async Task The_live_display_leaves_the_lines_and_the_end()
    {
        var terminal = new Terminal(Interactive: true, Color: true, 100);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var view = new LiveApplyView(new StyledWriter(output, Terminal.None), error, terminal, TimeProvider.System);
        await FeedAsync(view, Failing());
        Assert.Contains("Creation complete after 2s", error.ToString());
        Assert.Contains("Modification failed", error.ToString());
        Assert.Contains("Apply did not complete", output.ToString());
    }

    [Fact]
    public void Exit_codes_follow_what_was_done()
    {
        Assert.Equal(ExitCode.Done, ApplyRun.Judge(Report(Succeeding())));
        Assert.Equal(ExitCode.Partial, ApplyRun.Judge(Report(Failing())));
        Assert.Equal(ExitCode.Error, ApplyRun.Judge(Report(Failing().Skip(2))));
        var stale = Failing().Skip(2).Select(happened => happened is ApplyEvent.Finished end
            ? end with { Summary = end.Summary with { Stale = true } }
            : happened);
        Assert.Equal(ExitCode.Stale, ApplyRun.Judge(Report(stale)));
    }

    private static IEnumerable<ApplyEvent> Succeeding() =>
    [
        new ApplyEvent.StepStarted(Plan.Steps[0], Plans.Now),
        new ApplyEvent.StepSucceeded(Plan.Steps[0], "arn:lb", TimeSpan.FromSeconds(2), Plans.Now),
        new ApplyEvent.Finished(new ApplySummary(5, 0, 0, Interrupted: false, Stale: false), Plans.Now),
    ];

    private static IEnumerable<ApplyEvent> Failing() =>
    [
        new ApplyEvent.StepStarted(Plan.Steps[0], Plans.Now),
        new ApplyEvent.StepSucceeded(Plan.Steps[0], "arn:lb", TimeSpan.FromSeconds(2), Plans.Now),
        new ApplyEvent.StepStarted(Plan.Steps[3], Plans.Now),
        new ApplyEvent.StepProgress(Plan.Steps[3], "trying", TimeSpan.FromSeconds(1), Plans.Now),
        new ApplyEvent.StepFailed(Plan.Steps[3], Failure, Stale: false, TimeSpan.FromSeconds(1), Plans.Now),
        new ApplyEvent.StepSkipped(Plan.Steps[4], "a step before it failed", Plans.Now),
        new ApplyEvent.Finished(new ApplySummary(1, 1, 1, Interrupted: false, Stale: false), Plans.Now),
    ];

    private static ApplyReport Report(IEnumerable<ApplyEvent> events)
    {
        var tally = new ApplyTally(Plan);
        foreach (var happened in events)
        {
            tally.Add(happened);
        }

        return tally.Report() with
        {
            Addresses = [new GatewayAddress("shop/web", "web-1.elb.amazonaws.com")],
            Hints = ["See it there."],
        };
    }

    private static async Task FeedAsync(IApplyView view, IEnumerable<ApplyEvent> events)
    {
        await using var owned = view;
        var all = events.ToList();
        view.Start(Plan);
        foreach (var happened in all)
        {
            view.Show(happened);
        }

        await view.FinishAsync(Report(all));
    }

    private static async Task<(string Output, string Error)> RunAsync(
        Func<StyledWriter, StyledWriter, IApplyView> view, IEnumerable<ApplyEvent> events)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        await FeedAsync(view(new StyledWriter(output, Terminal.None), new StyledWriter(error, Terminal.None)), events);
        return (output.ToString(), error.ToString());
    }
}
