using Gwctl.Controller.Operations;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>How a plan's run ended.</summary>
/// <param name="Failures">Of its steps.</param>
internal sealed record PlanRunResult(ApplySummary Summary, EquatableList<Diagnostic> Failures)
{
    public bool IsComplete => Summary is { Failed: 0, Skipped: 0, Interrupted: false };
}

/// <summary>Carries out one plan. What is new about the Gateway ends its waits, never its calls: what they wait for is
/// in the cloud, and the next plan waits again where it still must.</summary>
internal sealed class PlanRun(
    ControllerTelemetry telemetry, ControllerLog log, TimeProvider clock, int parallelism)
{
    public async Task<PlanRunResult> RunAsync(
        Plan plan,
        IReadOnlyDictionary<string, IProvider> providers,
        Func<AttributeValue.Secret, SecretText?> secrets,
        WorkTokens tokens)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(tokens.Stop);
        var waits = new OpenSteps(stop);
        using var watch = tokens.Superseded.Register(waits.Supersede);
        var executor = new Executor(new ExecutorOptions { Clock = clock, Parallelism = parallelism });
        var failures = new List<Diagnostic>();
        var summary = new ApplySummary(0, 0, 0, false, false);
        await foreach (var happened in executor.ApplyAsync(plan, providers, secrets, stop.Token, tokens.Kill))
        {
            switch (happened)
            {
                case ApplyEvent.StepStarted started:
                    waits.Started(started.Step);
                    break;
                case ApplyEvent.StepSucceeded succeeded:
                    waits.Ended(succeeded.Step);
                    Count(succeeded.Step, "ok");
                    break;
                case ApplyEvent.StepFailed failed:
                    waits.Ended(failed.Step);
                    Count(failed.Step, failed.Diagnostic.Code);
                    failures.Add(failed.Diagnostic);
                    break;
                case ApplyEvent.StepWarned warned:
                    log.Tell(warned.Diagnostic, ControllerLog.Field("address", warned.Step.Address));
                    break;
                case ApplyEvent.Finished finished:
                    summary = finished.Summary;
                    break;
                default:
                    break;
            }
        }

        return new PlanRunResult(summary, [.. failures]);
    }

    private void Count(Step step, string result) =>
        telemetry.Stepped(step.Action.ToString().ToLowerInvariant(), step.Address.Kind, result);
}

/// <summary>Which steps are under way. When there is something new, and all of them only wait, the run is
/// stopped.</summary>
internal sealed class OpenSteps(CancellationTokenSource stop)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _calls = [];
    private readonly HashSet<int> _waits = [];
    private bool _isSuperseded;

    public void Started(Step step)
    {
        lock (_gate)
        {
            SetOf(step).Add(step.Id);
        }

        StopIfWaiting();
    }

    public void Ended(Step step)
    {
        lock (_gate)
        {
            SetOf(step).Remove(step.Id);
        }

        // Not at once after a call: what it made possible starts in this very moment.
        if (IsWait(step))
        {
            StopIfWaiting();
        }
    }

    public void Supersede()
    {
        lock (_gate)
        {
            _isSuperseded = true;
        }

        StopIfWaiting();
    }

    private void StopIfWaiting()
    {
        bool isWaiting;
        lock (_gate)
        {
            isWaiting = _isSuperseded && _calls.Count is 0 && _waits.Count > 0;
        }

        if (isWaiting && !stop.IsCancellationRequested)
        {
            stop.Cancel();
        }
    }

    private HashSet<int> SetOf(Step step) => IsWait(step) ? _waits : _calls;

    private static bool IsWait(Step step) => step.Action is StepAction.AwaitReady or StepAction.AwaitDrained;
}
