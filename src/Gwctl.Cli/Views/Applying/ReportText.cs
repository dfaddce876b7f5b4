using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Applying;

/// <summary>Writes how a run ended: failures to the progress, the outcome to the result.</summary>
public sealed class ReportText(StyledWriter result, StyledWriter progress)
{
    /// <summary>Of skipped steps named; a failure at the root of a large plan skips nearly all of it.</summary>
    private const int SkippedShownMax = 20;

    public void Write(ApplyReport report)
    {
        WriteFailures(report);
        result.Line().Line(Verdict(report), report.Complete ? Tone.Add : Tone.Error);
        WriteAddresses(report);
        foreach (var hint in report.Hints)
        {
            result.Line(hint);
        }

        result.Flush();
    }

    public static string Verdict(ApplyReport report)
    {
        var what = report.Purpose switch
        {
            PlanPurpose.Destroy => "Destroy",
            PlanPurpose.Adopt => "Adopt",
            _ => "Apply",
        };
        var counts = report.Counts;
        var adopted = counts.Adopt > 0 ? $"{counts.Adopt} adopted, " : "";
        var resources = $"Resources: {adopted}{counts.Add} added, {counts.Change} changed, {counts.Destroy} destroyed.";
        if (report.Complete)
        {
            return $"{what} complete! {resources}";
        }

        var how = report.Summary.Interrupted ? "was interrupted" : "did not complete";
        return $"{what} {how}: {report.Failed.Count} failed, {report.Skipped.Count} not tried. {resources}";
    }

    private void WriteFailures(ApplyReport report)
    {
        if (report.Failed.Count > 0)
        {
            progress.Line();
            var view = new TextDiagnosticsView(progress, SourceTexts.None);
            foreach (var failure in report.Failed)
            {
                progress.Write($"{failure.Step.Address}: ", Tone.Strong);
                view.Write(failure.Diagnostic);
            }
        }

        if (report.Skipped.Count > 0)
        {
            progress.Line().Line("Not tried:", Tone.Warning);
            foreach (var skipped in report.Skipped.Take(SkippedShownMax))
            {
                progress.Line(
                    $"  {skipped.Step.Address} ({StepWords.ActionName(skipped.Step.Action)}): {skipped.Reason}");
            }

            if (report.Skipped.Count > SkippedShownMax)
            {
                progress.Line($"  … and {report.Skipped.Count - SkippedShownMax} more");
            }
        }

        progress.Flush();
    }

    private void WriteAddresses(ApplyReport report)
    {
        if (report.Addresses.Count is 0)
        {
            return;
        }

        result.Line();
        var table =
            new TextTable(indent: 0).Row(new TableCell("GATEWAY", Tone.Dim), new TableCell("ADDRESS", Tone.Dim));
        foreach (var address in report.Addresses)
        {
            table.Row(address.Gateway, address.Address);
        }

        table.Write(result);
        result.Line();
    }
}
