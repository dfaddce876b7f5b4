using System.Text;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Plans;

/// <summary>A plan for a comment on a pull request or a job's summary. Keeps within the budget by leaving out the least
/// important first: details, then traffic, then warnings; the verdict, the blocks and what is destroyed stay
/// longest.</summary>
/// <param name="charactersMax">Of the whole text.</param>
public sealed class MarkdownPlanView(TextWriter writer, int charactersMax) : IPlanView
{
    /// <summary>What a comment on GitHub may have.</summary>
    public const int CharactersMaxDefault = 65_536;

    /// <summary>Below this not even the verdict fits.</summary>
    public const int CharactersMaxMin = 1_024;

    /// <summary>The first line of every comment: a tool that updates its comment finds it by this.</summary>
    public const string Heading = "## gwctl plan";

    /// <summary>Kept free for the note that something was left out.</summary>
    public const int ReserveForNote = 160;

    public void Show(Plan plan)
    {
        var actions = new PlanActions(plan);
        var page = new MarkdownPage(charactersMax - ReserveForNote);
        page.Add($"{HeadingFor(plan)}\n\n{Verdict(plan, actions)}\n\n");
        AddFindings(page, "Blocked", plan.Blocks);
        AddDestructive(page, plan, actions);
        AddFindings(page, "Findings", plan.Diagnostics);
        AddTraffic(page, plan.Traffic);
        AddDetails(page, plan, actions);
        writer.Write(page.Finish("the plan file (`gwctl show -o json PLANFILE`) has everything"));
        writer.Flush();
    }

    public void ShowFailure(IReadOnlyList<Diagnostic> diagnostics)
    {
        var page = new MarkdownPage(charactersMax - ReserveForNote);
        page.Add($"{Heading}\n\n**There is no plan: {DiagnosticList.Count(diagnostics)}.**\n\n");
        AddFindings(page, "Findings", diagnostics);
        writer.Write(page.Finish("the job's log has them all"));
        writer.Flush();
    }

    private static string HeadingFor(Plan plan)
    {
        var scopes = plan.Scopes.Select(scope => $"{scope.Name} ({scope.Provider}, owner {scope.Owner})");
        return plan.Scopes.Count is 0 ? Heading : $"{Heading}: {Markdown.Text(string.Join(", ", scopes))}";
    }

    private static string Verdict(Plan plan, PlanActions actions)
    {
        if (plan.Changes.Count is 0)
        {
            return "**No changes.** The cloud matches the specs.";
        }

        var counts = $"**{actions.Count(plan.Changes)}.**";
        return plan.Blocks.Count > 0 ? $"⛔ {counts} Blocked: it will not be applied." : counts;
    }

    private static void AddFindings(MarkdownPage page, string title, IEnumerable<Diagnostic> diagnostics)
    {
        var list = DiagnosticList.Tidy(diagnostics);
        if (list.Count is 0)
        {
            return;
        }

        page.AddItems(
            $"### {title}\n\n", "\n", list.OrderByDescending(diagnostic => diagnostic.Severity).Select(Finding));
    }

    private static string Finding(Diagnostic diagnostic)
    {
        var text = new StringBuilder($"- **{DiagnosticJson.SeverityName(diagnostic.Severity)} {diagnostic.Code}**");
        text.Append($" {Markdown.Text(diagnostic.Summary)}");
        if (!diagnostic.Subject.IsNone)
        {
            text.Append($" at {Markdown.Code(diagnostic.Subject.ToString())}");
        }

        AppendSentence(text, diagnostic.Detail);
        AppendSentence(text, diagnostic.Help);
        return text.Append('\n').ToString();
    }

    private static void AppendSentence(StringBuilder text, string sentence)
    {
        if (sentence is not "")
        {
            text.Append($"  \n  {Markdown.Text(sentence)}");
        }
    }

    private static void AddDestructive(MarkdownPage page, Plan plan, PlanActions actions)
    {
        var destructive = plan.Changes.Where(change => actions.Of(change).Destroys).ToList();
        if (destructive.Count is 0)
        {
            return;
        }

        page.AddItems("### Destroyed or replaced\n\n", "\n", destructive.Select(change =>
        {
            var reason = change.Reason is "" ? "" : $": {Markdown.Text(change.Reason)}";
            return $"- `{actions.Of(change).Symbol.Trim()}` {Markdown.Code(change.Address.ToString())}{reason}\n";
        }));
    }

    private static void AddTraffic(MarkdownPage page, TrafficDiff traffic)
    {
        if (traffic.Changes.Count is 0)
        {
            return;
        }

        page.AddItems(
            "### Traffic\n\n|  | Gateway | Host | Match | Before | After |\n|---|---|---|---|---|---|\n",
            $"\n{Quantity.Of(traffic.Unchanged, "row")} unchanged.\n\n",
            traffic.Changes.Select(change =>
            {
                var row = TrafficView.Row(change);
                return $"| {TrafficView.Sign(change)} | {Markdown.Code($"{row.Gateway} {row.Protocol} :{row.Port}")} " +
                    $"| {Markdown.Code(row.Host)} | {Markdown.Code(row.Match)} | {Destination(change.Before)} " +
                    $"| {Destination(change.After)} |\n";
            }));
    }

    private static string Destination(Engine.Providers.TrafficRow? row) =>
        row is null ? TrafficView.NotServed : Markdown.Code(row.Destination);

    private static void AddDetails(MarkdownPage page, Plan plan, PlanActions actions)
    {
        var values = ValueText.For(plan);
        foreach (var group in plan.Changes.GroupBy(change => (change.Address.Scope, change.Address.Gateway)))
        {
            var title = Markdown.Text($"{group.Key.Scope}/{group.Key.Gateway}: {actions.Count(group)}");
            page.AddItems(
                $"<details><summary>{title}</summary>\n\n", "\n</details>\n\n", group.Select(
                    change => Block(change, actions, values)));
        }
    }

    private static string Block(Change change, PlanActions actions, ValueText values)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new ChangeBlock(new StyledWriter(text, Terminal.None), actions, values).Write(change);
        return Markdown.DiffBlock(text.ToString());
    }
}
