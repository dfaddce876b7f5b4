using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Plans;

/// <summary>A plan as Terraform's users know it, and beside the objects what becomes of the traffic.</summary>
public sealed class TextPlanView(StyledWriter writer, SourceTexts sources) : IPlanView
{
    /// <summary>Plans with more changes are shown by Gateway, with only the destructive ones by name.</summary>
    public const int ChangesShownMax = 200;

    /// <summary>Of destructive changes named in such a plan.</summary>
    private const int DestructiveShownMax = 50;

    public void Show(Plan plan)
    {
        var actions = new PlanActions(plan);
        if (plan.Changes.Count is 0)
        {
            writer.Write("No changes.", Tone.Strong).Line($" {NothingToDo(plan)}");
        }
        else
        {
            WriteLegend(plan, actions);
            WriteChanges(plan, actions);
            writer.Write("Plan: ", Tone.Strong).Line($"{actions.Count(plan.Changes)}.");
        }

        writer.Line();
        new TrafficView(writer).Write(plan.Traffic);
        WriteFindings(plan);
        writer.Flush();
    }

    /// <summary>The diagnostics view has said it all.</summary>
    public void ShowFailure(IReadOnlyList<Diagnostic> diagnostics)
    {
    }

    private static string NothingToDo(Plan plan) => plan.Purpose switch
    {
        PlanPurpose.Destroy => "There is nothing of this owner's to destroy.",
        PlanPurpose.Adopt => "The object already bears this owner's mark.",
        _ => $"The cloud matches the specs ({Quantity.Of(plan.Unchanged, "object")}).",
    };

    private void WriteLegend(Plan plan, PlanActions actions)
    {
        var used = plan.Changes.Select(actions.Of).ToHashSet();
        writer.Line("Actions are indicated with the following symbols:");
        foreach (var action in ChangeAction.All.Where(used.Contains))
        {
            writer.Write(action.Symbol, action.Tone).Line($" {action.Legend}");
        }

        writer.Line();
        foreach (var scope in plan.Scopes)
        {
            string[] parts = [scope.Provider, scope.Account, scope.Region];
            var where = string.Join(' ', parts.Where(part => part is not ""));
            writer.Line($"gwctl will do the following in {where} (scope {scope.Name}, owner {scope.Owner}):");
        }

        writer.Line();
    }

    private void WriteChanges(Plan plan, PlanActions actions)
    {
        var block = new ChangeBlock(writer, actions, ValueText.For(plan));
        if (plan.Changes.Count <= ChangesShownMax)
        {
            foreach (var change in plan.Changes)
            {
                block.Write(change);
                writer.Line();
            }

            return;
        }

        WriteByGateway(plan, actions);
        var destructive = plan.Changes.Where(change => actions.Of(change).Destroys).ToList();
        foreach (var change in destructive.Take(DestructiveShownMax))
        {
            block.WriteHeader(change, actions.Of(change));
        }

        if (destructive.Count > DestructiveShownMax)
        {
            writer.Line(
                $"  # … and {destructive.Count - DestructiveShownMax} more are destroyed or replaced", Tone.Destroy);
        }

        writer.Line().Line(
            $"{Quantity.Of(plan.Changes.Count, "change")} are too many to show one by one. " +
            "-o json has every attribute; --include Gateway/NAMESPACE/NAME plans one Gateway.").Line();
    }

    private void WriteByGateway(Plan plan, PlanActions actions)
    {
        var table = new TextTable(indent: 2).Row("GATEWAY", "ADD", "CHANGE", "DESTROY", "KINDS");
        foreach (var group in plan.Changes.GroupBy(change => (change.Address.Scope, change.Address.Gateway)))
        {
            var counts = actions.Count(group);
            var gateway = $"{group.Key.Scope}/{group.Key.Gateway}";
            table.Row(gateway, $"{counts.Add}", $"{counts.Change}", $"{counts.Destroy}", Kinds(group));
        }

        table.Write(writer);
        writer.Line();
    }

    private static string Kinds(IEnumerable<Change> changes) => string.Join(
        ", ",
        changes.GroupBy(change => change.Address.Kind, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}"));

    private void WriteFindings(Plan plan)
    {
        var view = new TextDiagnosticsView(writer, sources);
        foreach (var diagnostic in DiagnosticList.Tidy(plan.Diagnostics))
        {
            view.Write(diagnostic);
            writer.Line();
        }

        if (plan.Blocks.Count is 0)
        {
            return;
        }

        writer.Line("This plan is blocked and will not be applied:", Tone.Error);
        foreach (var block in DiagnosticList.Tidy(plan.Blocks))
        {
            view.Write(block);
        }

        writer.Line();
    }
}
