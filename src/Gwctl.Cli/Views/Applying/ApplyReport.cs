using Gwctl.Cli.Views.Plans;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Applying;

/// <summary>How a run ended, for people and exit codes.</summary>
public sealed record ApplyReport
{
    public required PlanPurpose Purpose { get; init; }

    /// <summary>What was done.</summary>
    public required ChangeCounts Counts { get; init; }

    public required EquatableList<ApplyEvent.StepFailed> Failed { get; init; }

    public required EquatableList<ApplyEvent.StepSkipped> Skipped { get; init; }

    public required ApplySummary Summary { get; init; }

    /// <summary>Sorted by Gateway.</summary>
    public EquatableList<GatewayAddress> Addresses { get; init; } = [];

    /// <summary>What to do next, or how to look at the result; one line each.</summary>
    public EquatableList<string> Hints { get; init; } = [];

    public bool Complete => Failed.Count is 0 && Skipped.Count is 0;
}

/// <summary>Counts what a run does, event by event.</summary>
public sealed class ApplyTally(Plan plan)
{
    private readonly HashSet<ResourceAddress> _created = [];
    private readonly HashSet<ResourceAddress> _changed = [];
    private readonly HashSet<ResourceAddress> _adopted = [];
    private readonly List<ApplyEvent.StepFailed> _failed = [];
    private readonly List<ApplyEvent.StepSkipped> _skipped = [];
    private int _destroyed;
    private ApplySummary? _summary;

    public void Add(ApplyEvent happened)
    {
        switch (happened)
        {
            case ApplyEvent.StepSucceeded succeeded:
                AddDone(succeeded.Step);
                break;
            case ApplyEvent.StepFailed failed:
                _failed.Add(failed);
                break;
            case ApplyEvent.StepSkipped skipped:
                _skipped.Add(skipped);
                break;
            case ApplyEvent.Finished finished:
                _summary = finished.Summary;
                break;
        }
    }

    public ApplyReport Report()
    {
        Invariant.Holds(_summary is not null);
        var complete = _failed.Count is 0 && _skipped.Count is 0;
        return new ApplyReport
        {
            Purpose = plan.Purpose,
            // Objects that go with their parent have no step of their own: a complete run did all that the plan says.
            Counts = complete
                ? new PlanActions(plan).Count(plan.Changes)
                : new ChangeCounts(_created.Count, _changed.Count, _destroyed, _adopted.Count),
            Failed = [.. _failed],
            Skipped = [.. _skipped],
            Summary = _summary,
        };
    }

    private void AddDone(Step step)
    {
        switch (step.Action)
        {
            case StepAction.Create:
                _created.Add(step.Address);
                break;
            case StepAction.Update:
                _changed.Add(step.Address);
                break;
            case StepAction.Reorder:
                _changed.UnionWith(step.Members.Select(member => member.Address));
                break;
            case StepAction.Delete:
                _destroyed++;
                break;
            case StepAction.Adopt:
                _adopted.Add(step.Address);
                break;
        }
    }
}
