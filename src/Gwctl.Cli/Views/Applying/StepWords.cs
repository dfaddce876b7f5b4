using System.Diagnostics;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Applying;

/// <summary>What a step does, in words: while it runs, when it is done, when it failed.</summary>
public sealed record StepWords(string Running, string Done, string Failed)
{
    public static StepWords For(Step step) => step.Action switch
    {
        StepAction.Create => new("Creating", "Creation complete", "Creation failed"),
        StepAction.Update => new("Modifying", "Modifications complete", "Modification failed"),
        StepAction.Delete => new("Destroying", "Destruction complete", "Destruction failed"),
        StepAction.Reorder => new($"Reordering {step.Members.Count}", "Reordering complete", "Reordering failed"),
        StepAction.AwaitReady => new("Waiting until ready", "Ready", "Did not become ready"),
        StepAction.AwaitDrained => new("Waiting until drained", "Drained", "Did not drain"),
        StepAction.Adopt => new("Adopting", "Adoption complete", "Adoption failed"),
        StepAction.Barrier => new("Gathering", "Gathered", "Gathering failed"),
        _ => throw new UnreachableException(),
    };

    /// <summary>For programs.</summary>
    public static string ActionName(StepAction action) => action switch
    {
        StepAction.Create => "create",
        StepAction.Update => "update",
        StepAction.Delete => "delete",
        StepAction.Reorder => "reorder",
        StepAction.AwaitReady => "await_ready",
        StepAction.AwaitDrained => "await_drained",
        StepAction.Adopt => "adopt",
        StepAction.Barrier => "barrier",
        _ => throw new UnreachableException(),
    };
}

/// <summary>The steps that run, the oldest first.</summary>
public sealed class RunningSteps
{
    private readonly SortedDictionary<int, RunningStep> _steps = [];

    public int Total { get; set; }

    public int Done { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    public int Count => _steps.Count;

    public IEnumerable<RunningStep> Oldest => _steps.Values.OrderBy(step => step.Since);

    public void Add(Engine.Apply.ApplyEvent happened)
    {
        switch (happened)
        {
            case Engine.Apply.ApplyEvent.StepStarted started:
                _steps[started.Step.Id] = new RunningStep(started.Step, started.At, "");
                break;
            case Engine.Apply.ApplyEvent.StepProgress progress when _steps.TryGetValue(progress.Step.Id, out var known):
                _steps[progress.Step.Id] = known with { Text = progress.Text };
                break;
            case Engine.Apply.ApplyEvent.StepSucceeded succeeded:
                _steps.Remove(succeeded.Step.Id);
                Done++;
                break;
            case Engine.Apply.ApplyEvent.StepFailed failed:
                _steps.Remove(failed.Step.Id);
                Failed++;
                break;
            case Engine.Apply.ApplyEvent.StepSkipped:
                Skipped++;
                break;
        }
    }
}

/// <summary>A step under way.</summary>
/// <param name="Text">What it last said.</param>
public sealed record RunningStep(Step Step, DateTimeOffset Since, string Text);
