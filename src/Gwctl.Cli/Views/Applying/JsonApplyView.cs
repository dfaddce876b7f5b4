using System.Text.Json;
using Gwctl.Cli.Views.Plans;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Applying;

/// <summary>An event on each line, in the vocabulary of Terraform's machine-readable UI.</summary>
public sealed class JsonApplyView(EventLines lines) : IApplyView
{
    public TimeSpan BeatEvery { get; } = TimeSpan.FromSeconds(10);

    public void Start(Plan plan)
    {
        var actions = new PlanActions(plan);
        foreach (var change in plan.Changes)
        {
            var action = actions.Of(change).Name;
            lines.Write("planned_change", $"{change.Address}: Plan to {action}", json =>
            {
                json.WriteStartObject("change");
                json.WriteString("address", change.Address.ToString());
                json.WriteString("kind", change.Address.Kind);
                json.WriteString("action", action);
                json.WriteString("reason", change.Reason);
                json.WriteEndObject();
            });
        }

        WriteSummary($"Plan: {actions.Count(plan.Changes)}.", "plan", actions.Count(plan.Changes), report: null);
    }

    public void Show(ApplyEvent happened)
    {
        var text = StepLines.For(happened)?.Text ?? "";
        switch (happened)
        {
            case ApplyEvent.StepStarted started:
                lines.Write("apply_start", text, json => WriteHook(json, started.Step, null));
                break;
            case ApplyEvent.StepProgress progress:
                lines.Write("apply_progress", $"{progress.Step.Address}: {progress.Text}", json =>
                    WriteHook(json, progress.Step, progress.Elapsed));
                break;
            case ApplyEvent.StepSucceeded succeeded:
                lines.Write(
                    "apply_complete", text, json => WriteHook(json, succeeded.Step, succeeded.Elapsed, succeeded.Id));
                break;
            case ApplyEvent.StepFailed failed:
                lines.Write("apply_errored", text, json => WriteHook(json, failed.Step, failed.Elapsed));
                lines.WriteDiagnostic(failed.Diagnostic);
                break;
            case ApplyEvent.StepWarned warned:
                lines.WriteDiagnostic(warned.Diagnostic);
                break;
            case ApplyEvent.StepSkipped skipped:
                lines.Write("apply_skipped", text, json => WriteHook(json, skipped.Step, null));
                break;
        }
    }

    /// <summary>The executor's own events are signs of life enough for a program.</summary>
    public void Beat(DateTimeOffset now)
    {
    }

    public void Announce(string text) => lines.Write("log", text, static _ => { });

    public Task FinishAsync(ApplyReport report)
    {
        if (report.Addresses.Count > 0)
        {
            lines.Write("outputs", $"Outputs: {report.Addresses.Count}", json =>
            {
                json.WriteStartObject("outputs");
                foreach (var gateway in report.Addresses.GroupBy(address => address.Gateway, StringComparer.Ordinal))
                {
                    WriteAddresses(json, gateway.Key, [.. gateway.Select(address => address.Address)]);
                }

                json.WriteEndObject();
            });
        }

        WriteSummary(ReportText.Verdict(report), OperationName(report.Purpose), report.Counts, report);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A text; a list where a Gateway has several load balancers.</summary>
    private static void WriteAddresses(Utf8JsonWriter json, string gateway, string[] addresses)
    {
        if (addresses is [var only])
        {
            json.WriteString(gateway, only);
            return;
        }

        json.WriteStartArray(gateway);
        foreach (var address in addresses)
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
    }

    private static string OperationName(PlanPurpose purpose) => purpose switch
    {
        PlanPurpose.Destroy => "destroy",
        PlanPurpose.Adopt => "adopt",
        _ => "apply",
    };

    private void WriteSummary(string message, string operation, ChangeCounts counts, ApplyReport? report) =>
        lines.Write("change_summary", message, json =>
        {
            json.WriteStartObject("changes");
            json.WriteNumber("add", counts.Add);
            json.WriteNumber("change", counts.Change);
            json.WriteNumber("remove", counts.Destroy);
            json.WriteNumber("import", counts.Adopt);
            json.WriteString("operation", operation);
            if (report is not null)
            {
                json.WriteNumber("failed", report.Failed.Count);
                json.WriteNumber("skipped", report.Skipped.Count);
                json.WriteBoolean("interrupted", report.Summary.Interrupted);
            }

            json.WriteEndObject();
        });

    private static void WriteHook(Utf8JsonWriter json, Step step, TimeSpan? elapsed, string id = "")
    {
        json.WriteStartObject("hook");
        json.WriteNumber("step", step.Id);
        json.WriteString("address", step.Address.ToString());
        json.WriteString("kind", step.Address.Kind);
        json.WriteString("action", StepWords.ActionName(step.Action));
        if (id is not "")
        {
            json.WriteString("id", id);
        }

        if (elapsed is { } time)
        {
            json.WriteNumber("elapsed_seconds", Math.Round(time.TotalSeconds, 3));
        }

        json.WriteEndObject();
    }
}
