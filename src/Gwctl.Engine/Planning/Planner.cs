using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning.Steps;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>Turns changes into steps. Pure: equal inputs give equal plans.</summary>
public static class Planner
{
    /// <summary>The plan, with everything decided that applying would otherwise have to.</summary>
    /// <remarks>
    /// <para>An object is created and updated after what it refers to; deleted after what refers to it is gone or has
    /// turned away; replaced by creating first, unless its kind says otherwise.</para>
    /// <para>What is deleted with its parent has a change and no step.</para>
    /// <para>Numbers of a batch attribute change in one step for each group.</para>
    /// <para>An update that starts to use an object which must become ready is bridged where the provider says
    /// how.</para>
    /// <para>Errors: no order of steps satisfies all this. The plan is shown then, without steps.</para>
    /// </remarks>
    /// <param name="check">What must hold of a plan without errors, whatever its traffic; its findings are among the
    /// diagnostics.</param>
    public static Compiled<Plan> Plan(PlanInput input, Func<Plan, IReadOnlyList<Diagnostic>>? check = null)
    {
        var scopes = input.Scopes.OrderBy(scope => scope.Scope.Name, StringComparer.Ordinal).ToList();
        var selections = scopes.ConvertAll(scope => Selection.Of(scope, input.Filter));
        var diagnostics = new List<Diagnostic>(FilterNotes(input.Filter, selections));
        TrafficDiff traffic = new([], 0);
        Plan? plan = null;
        IReadOnlyList<Diagnostic> findings = [];

        // Neither looks at what the other makes, and each is about half of the work.
        Parallel.Invoke(
            () => traffic = Traffic(scopes, selections),
            () =>
            {
                plan = WithoutTraffic(input, scopes, selections, diagnostics);
                if (check is not null && !diagnostics.Exists(diagnostic => diagnostic.Severity is Severity.Error))
                {
                    findings = check(plan);
                }
            });
        return Compiled.From(plan is null ? null : plan with { Traffic = traffic }, diagnostics.Concat(findings));
    }

    private static Plan WithoutTraffic(
        PlanInput input, List<ScopeInput> scopes, List<Selection> selections, List<Diagnostic> diagnostics)
    {
        var (steps, known) = Steps(scopes, selections, diagnostics);
        EquatableList<Change> changes =
            [.. selections.SelectMany(selection => selection.Changes).Where(change => change is not Change.Keep)];
        return new Plan
        {
            FormatVersion = Planning.Plan.CurrentFormatVersion,
            ToolVersion = input.ToolVersion,
            Purpose = input.Purpose,
            Scopes = [.. scopes.Select(scope => scope.Scope)],
            Configs = [.. scopes.Select(scope => scope.Config)],
            InputDigest = input.InputDigest,
            CreatedAt = input.CreatedAt,
            ExpiresAt = input.CreatedAt + input.Lifetime,
            Changes = changes,
            Unchanged = scopes.Sum(scope => scope.Changes.Changes.Count(change => change is Change.Keep)),
            Steps = steps ?? [],
            Known = known,
            Traffic = new TrafficDiff([], 0),
            Diagnostics = Sorted(input.Diagnostics.Concat(diagnostics)),
            Blocks = Sorted(PolicyCheck.Blocks(input, scopes, changes)),
        };
    }

    /// <summary>Null where steps wait for each other in a circle, which is among the diagnostics then.</summary>
    private static (EquatableList<Step>? Steps, EquatableList<KnownObject> Known) Steps(
        List<ScopeInput> scopes, List<Selection> selections, List<Diagnostic> diagnostics)
    {
        var graph = new StepGraph();
        var entries = new List<ScopeEntries>(scopes.Count);
        for (var index = 0; index < scopes.Count; index++)
        {
            entries.Add(new ScopeEntries(scopes[index], selections[index].Changes));
            diagnostics.AddRange(AddSteps(entries[index], graph));
        }

        var steps = graph.InOrder(out var stuck);
        if (steps is null)
        {
            diagnostics.Add(PlanDiagnostics.Circle(stuck.Select(draft => draft.Address)));
        }

        return (steps, Known(entries, steps ?? []));
    }

    private static EquatableList<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics) =>
        Compiled.From<Plan>(null, diagnostics).Diagnostics;

    private static IReadOnlyList<Diagnostic> AddSteps(ScopeEntries entries, StepGraph graph)
    {
        var ready = new ReadySteps(entries, graph);
        var removals = new RemovalSteps(entries, graph);
        new WriteSteps(entries, graph, ready).Add();
        removals.Add();
        ready.Connect();
        new NumberSteps(entries).Connect();
        removals.Connect();
        new KindOrder(entries, graph).Connect();
        var takeovers = new TakeoverSteps(entries);
        takeovers.Connect();
        return [.. removals.Diagnostics, .. takeovers.Diagnostics];
    }

    private static IEnumerable<Diagnostic> FilterNotes(PlanFilter filter, List<Selection> selections)
    {
        var leftOut = selections.SelectMany(selection => selection.LeftOut).ToList();
        if (leftOut.Count > 0)
        {
            yield return PlanDiagnostics.LeftOut(leftOut);
        }

        foreach (var term in filter.Include.Concat(filter.Exclude))
        {
            if (!selections.Exists(selection => selection.Matched.Contains(term)))
            {
                yield return PlanDiagnostics.IncludedNothing(term);
            }
        }
    }

    private static EquatableList<KnownObject> Known(List<ScopeEntries> scopes, EquatableList<Step> steps)
    {
        var byName = scopes.ToDictionary(scope => scope.Input.Scope.Name, StringComparer.Ordinal);
        var known = new SortedDictionary<ResourceAddress, KnownObject>();
        foreach (var reference in steps.SelectMany(
            step => step.After is null ? [] : AttributeWalk.References(step.After)))
        {
            var source = reference.Source;
            if (!known.ContainsKey(source) && byName.TryGetValue(source.Scope, out var scope)
                && scope.At(source) is { IsMade: false, Live: { } live })
            {
                known.Add(source, new KnownObject(source, live.Id, live.Outputs));
            }
        }

        return [.. known.Values];
    }

    private static TrafficDiff Traffic(List<ScopeInput> scopes, List<Selection> selections)
    {
        var changes = new List<TrafficChange>();
        var unchanged = 0;
        for (var index = 0; index < scopes.Count; index++)
        {
            var describe = scopes[index].DescribeTraffic;
            var before = LiveNodes.Before(scopes[index]);
            var after = LiveNodes.After(before, selections[index].Changes);
            var diff = TrafficDiffer.Compare(describe(before), describe(after));
            changes.AddRange(diff.Changes);
            unchanged += diff.Unchanged;
        }

        return new TrafficDiff([.. changes], unchanged);
    }
}
