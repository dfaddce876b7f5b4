using System.Runtime.ExceptionServices;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

/// <summary>Where a run stands. Only the run's own loop touches it.</summary>
internal sealed class ApplyRun
{
    // A wait is worth so many calls when the longest remaining chain is looked for: waits are what makes applies long.
    private const int WaitWeight = 16;

    private readonly Plan _plan;
    private readonly ExecutorOptions _options;
    private readonly KnownOutputs _known;
    private readonly StepRunner _runner;
    private readonly List<int>?[] _dependants;
    private readonly int[] _open;
    private readonly bool[] _settled;
    private readonly PriorityQueue<int, (int Chain, int Id)> _calls = new();
    private readonly PriorityQueue<int, (int Chain, int Id)> _waits = new();
    private readonly int[] _chains;
    private readonly SortedDictionary<int, UnderWay> _underWay = [];
    private readonly Queue<ApplyEvent> _events = new();
    private ExceptionDispatchInfo? _fault;
    private int _callsUnderWay;
    private int _succeeded;
    private int _failed;
    private int _skipped;
    private bool _isStale;

    public ApplyRun(Plan plan, ExecutorOptions options, KnownOutputs known, StepRunner runner)
    {
        (_plan, _options, _known, _runner) = (plan, options, known, runner);
        var count = plan.Steps.Count;
        (_dependants, _open, _settled, _chains) =
            (new List<int>?[count], new int[count], new bool[count], new int[count]);
        foreach (var step in plan.Steps)
        {
            _open[step.Id] = step.DependsOn.Count;
            foreach (var earlier in step.DependsOn)
            {
                Invariant.Holds(earlier < step.Id);
                (_dependants[earlier] ??= []).Add(step.Id);
            }
        }

        for (var id = count - 1; id >= 0; id--)
        {
            var longest = 0;
            foreach (var later in _dependants[id] ?? [])
            {
                longest = Math.Max(longest, _chains[later]);
            }

            _chains[id] = longest + (StepRunner.IsWait(plan.Steps[id]) ? WaitWeight : 1);
        }

        foreach (var step in plan.Steps.Where(step => step.DependsOn.Count is 0))
        {
            Enqueue(step.Id);
        }
    }

    public bool IsStopping { get; set; }

    public bool IsUnderWay => _underWay.Count > 0;

    public void StartWhatCan()
    {
        while (!IsStopping)
        {
            if (_waits.TryDequeue(out var wait, out _))
            {
                Start(_plan.Steps[wait]);
            }
            else if (_callsUnderWay < _options.Parallelism && _calls.TryDequeue(out var call, out _))
            {
                Start(_plan.Steps[call]);
            }
            else
            {
                return;
            }
        }
    }

    public void Handle(StepMessage message)
    {
        switch (message)
        {
            case StepMessage.Succeeded(var step, var outcome, var warnings):
                foreach (var warning in warnings)
                {
                    _events.Enqueue(new ApplyEvent.StepWarned(step, warning, Now()));
                }

                Take(step, outcome.Id, outcome.Outputs);
                break;
            case StepMessage.Failed(var step, var diagnostic, var stale):
                var elapsed = End(step);
                _failed++;
                _isStale |= stale;
                _events.Enqueue(new ApplyEvent.StepFailed(step, diagnostic, stale, elapsed, Now()));
                SkipDependants(step);
                break;
            case StepMessage.GivenUp(var step):
                End(step);
                Skip(step, "interrupted");
                break;
            case StepMessage.Faulted(var step, var exception):
                End(step);
                _fault ??= exception;
                IsStopping = true;
                break;
            case StepMessage.Progress(var step, var text) when _underWay.TryGetValue(step.Id, out var under):
                _underWay[step.Id] = under with { Text = text };
                Report(step, text);
                break;
            case StepMessage.Progress:
                break;
            case StepMessage.Tick:
                Beat();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public IEnumerable<ApplyEvent> TakeEvents()
    {
        while (_events.TryDequeue(out var happened))
        {
            yield return happened;
        }
    }

    /// <summary>When nothing is under way any more: what was never started, and the sum.</summary>
    public void Finish()
    {
        var interrupted = IsStopping && _fault is null;
        foreach (var step in _plan.Steps.Where(step => !_settled[step.Id]))
        {
            Skip(step, interrupted ? "interrupted" : "not reached");
        }

        var isInterrupted = interrupted && _succeeded < _plan.Steps.Count;
        var summary = new ApplySummary(_succeeded, _failed, _skipped, isInterrupted, _isStale);
        _events.Enqueue(new ApplyEvent.Finished(summary, Now()));
    }

    public void ThrowIfFaulted() => _fault?.Throw();

    private void Start(Step step)
    {
        _events.Enqueue(new ApplyEvent.StepStarted(step, Now()));
        _underWay.Add(step.Id, new UnderWay(_options.Clock.GetTimestamp(), ""));
        if (step.Action is StepAction.Barrier)
        {
            Take(step, "", AttributeMap.Empty);
            return;
        }

        _callsUnderWay += StepRunner.IsWait(step) ? 0 : 1;
        _runner.Start(step);
    }

    private void Take(Step step, string id, AttributeMap outputs)
    {
        var elapsed = End(step);
        _succeeded++;
        _settled[step.Id] = true;
        if (step.Action is StepAction.Create or StepAction.Update or StepAction.Adopt && outputs.Fields.Count > 0)
        {
            _known.Set(step.Address, outputs);
        }

        _events.Enqueue(new ApplyEvent.StepSucceeded(step, id, elapsed, Now()));
        foreach (var later in _dependants[step.Id] ?? [])
        {
            if (--_open[later] is 0 && !_settled[later])
            {
                Enqueue(later);
            }
        }
    }

    private TimeSpan End(Step step)
    {
        Invariant.Holds(_underWay.Remove(step.Id, out var under));
        _callsUnderWay -= StepRunner.IsWait(step) || step.Action is StepAction.Barrier ? 0 : 1;
        return _options.Clock.GetElapsedTime(under.StartedAt);
    }

    private void SkipDependants(Step failed)
    {
        _settled[failed.Id] = true;
        var reason = $"step {failed.Id} ({failed.Address}) failed";
        var pending = new SortedSet<int>(_dependants[failed.Id] ?? []);
        while (pending.Count > 0)
        {
            var next = pending.Min;
            pending.Remove(next);
            if (_settled[next])
            {
                continue;
            }

            Skip(_plan.Steps[next], reason);
            pending.UnionWith(_dependants[next] ?? []);
        }
    }

    private void Skip(Step step, string reason)
    {
        if (_settled[step.Id])
        {
            return;
        }

        _settled[step.Id] = true;
        _skipped++;
        _events.Enqueue(new ApplyEvent.StepSkipped(step, reason, Now()));
    }

    private void Beat()
    {
        foreach (var (id, under) in _underWay)
        {
            if (_options.Clock.GetElapsedTime(under.StartedAt) >= _options.Heartbeat)
            {
                Report(_plan.Steps[id], under.Text);
            }
        }
    }

    private void Report(Step step, string text)
    {
        var elapsed = _options.Clock.GetElapsedTime(_underWay[step.Id].StartedAt);
        _events.Enqueue(new ApplyEvent.StepProgress(step, text, elapsed, Now()));
    }

    private void Enqueue(int id)
    {
        var queue = StepRunner.IsWait(_plan.Steps[id]) ? _waits : _calls;
        queue.Enqueue(id, (-_chains[id], id));
    }

    private DateTimeOffset Now() => _options.Clock.GetUtcNow();

    private readonly record struct UnderWay(long StartedAt, string Text);
}
