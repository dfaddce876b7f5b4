using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Paths;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;

namespace Gwctl.Cli.Views.Cutovers;

/// <summary>A document's path, name by name.</summary>
public sealed record CutoverPlan(CutoverSpec Document, EquatableList<NamePath> Names);

/// <summary>Shows cutovers.</summary>
public interface ICutoverView
{
    void ShowPlans(IReadOnlyList<CutoverPlan> plans);

    void ShowReports(IReadOnlyList<CutoverReport> reports);
}

/// <summary>Which view shows, and words that all share.</summary>
public static class CutoverViews
{
    public static ICutoverView For(CommandHost host) => host.Talk.Format switch
    {
        OutputFormat.Json => new JsonCutoverView(host.Context.Output),
        OutputFormat.Markdown => new MarkdownCutoverView(host.Context.Output),
        _ => new TextCutoverView(host.Result),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");

    /// <summary>As in <c>step 2 of 4, 50 percent, running</c>.</summary>
    public static string Standing(CutoverSpec document, Progress progress) =>
        $"step {progress.Step} of {document.Steps.Count}, {progress.Weight} percent to the new side, "
        + progress.Phase switch
        {
            ProgressPhase.Lowering => "lowering the TTL",
            ProgressPhase.Paused => $"paused: {progress.Reason}",
            ProgressPhase.RolledBack => $"rolled back: {progress.Reason}",
            ProgressPhase.Retained => "finished, old records kept",
            _ => "running",
        };

    /// <summary>Ten characters for a hundred percent.</summary>
    public static string Bar(int percent) => new string('#', percent / 10).PadRight(10, '.');
}
