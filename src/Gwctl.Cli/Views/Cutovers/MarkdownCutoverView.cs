using System.Globalization;
using System.Text;
using Gwctl.Cli.Views.Plans;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;

namespace Gwctl.Cli.Views.Cutovers;

/// <summary>For a job's summary.</summary>
public sealed class MarkdownCutoverView(TextWriter writer) : ICutoverView
{
    /// <summary>The first line, by which a tool finds its own comment.</summary>
    public const string Heading = "## gwctl cutover";

    public void ShowPlans(IReadOnlyList<CutoverPlan> plans)
    {
        var page = new StringBuilder().Append(Heading).Append(" plan\n");
        foreach (var name in plans.SelectMany(plan => plan.Names))
        {
            page.Append($"\n### {Markdown.Text(name.Hostname)}\n\n| earliest | what | records |\n|---|---|---|\n");
            foreach (var step in name.Steps)
            {
                var records = string.Join("<br>", step.Members.Select(member => Markdown.Code(Sides.Text(member))));
                page.Append($"| {CutoverViews.Time(step.Earliest)} | {Markdown.Text(step.What)} | {records} |\n");
            }

            foreach (var note in name.Notes)
            {
                page.Append($"\n- {Markdown.Text(note)}");
            }

            if (name.Problem is { } problem)
            {
                page.Append($"\n**{problem.Code}** {Markdown.Text(problem.Detail)} {Markdown.Text(problem.Help)}\n");
            }

            page.Append('\n');
        }

        writer.Write(page.ToString());
        writer.Flush();
    }

    public void ShowReports(IReadOnlyList<CutoverReport> reports)
    {
        var page = new StringBuilder().Append(Heading).Append('\n');
        foreach (var report in reports)
        {
            Append(page, report);
        }

        writer.Write(page.ToString());
        writer.Flush();
    }

    private static void Append(StringBuilder page, CutoverReport report)
    {
        page.Append($"\n### {Markdown.Text(report.Document.Name.ToString())} at {CutoverViews.Time(report.At)}\n\n");
        page.Append("| hostname | new side | state | now |\n|---|---|---|---|\n");
        foreach (var name in report.Names)
        {
            var progress = name.Progress;
            var until = name.Until is { } time ? $" until {CutoverViews.Time(time)}" : "";
            page.Append($"| {Markdown.Code(name.Hostname)} | {progress?.Weight ?? 0}% | ")
                .Append(progress is null ? "-" : Markdown.Text(CutoverViews.Standing(report.Document, progress)))
                .Append($" | {Markdown.Text(name.Text)}{until} |\n");
        }

        if (report.Share is { } share)
        {
            page.Append($"\nObserved: {share.ToString("0.0", CultureInfo.InvariantCulture)}% of the requests at the ")
                .Append("new side.\n");
        }

        if (report.Gates.Count > 0)
        {
            page.Append("\n| gate | verdict | detail | measured |\n|---|---|---|---|\n");
            foreach (var gate in report.Gates)
            {
                var measured = string.Join(", ", gate.Measurements.Select(item => $"{item.Name} {item.Value}"));
                page.Append($"| {Markdown.Text(gate.Name)} | {gate.Verdict.ToString().ToLowerInvariant()} | ")
                    .Append($"{Markdown.Text(gate.Detail)} | {Markdown.Text(measured)} |\n");
            }
        }

        foreach (var diagnostic in report.Names.Select(name => name.Diagnostic).OfType<Gwctl.Core.Diagnostic>())
        {
            page.Append($"\n**{diagnostic.Code} {Markdown.Text(diagnostic.Summary)}** ")
                .Append($"{Markdown.Text(diagnostic.Detail)} {Markdown.Text(diagnostic.Help)}\n");
        }
    }
}
