using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Applying;

/// <summary>A line for each event, and a heartbeat: for logs and for terminals that cannot redraw.</summary>
public sealed class PlainApplyView(StyledWriter result, StyledWriter progress) : IApplyView
{
    /// <summary>Of steps named by one heartbeat.</summary>
    private const int BeatLinesMax = 3;

    private readonly RunningSteps _running = new();

    public TimeSpan BeatEvery { get; } = TimeSpan.FromSeconds(10);

    public void Start(Plan plan) => _running.Total = plan.Steps.Count;

    public void Show(ApplyEvent happened)
    {
        _running.Add(happened);
        if (StepLines.For(happened) is var (text, tone))
        {
            progress.Line(text, tone).Flush();
        }
    }

    public void Beat(DateTimeOffset now)
    {
        foreach (var step in _running.Oldest.Take(BeatLinesMax))
        {
            progress.Line(StepLines.Still(step, now));
        }

        if (_running.Count > BeatLinesMax)
        {
            var more = _running.Count - BeatLinesMax;
            progress.Line($"… and {more} more under way; {_running.Done} of {_running.Total} steps done");
        }

        progress.Flush();
    }

    public void Announce(string text) => progress.Line(text, Tone.Warning).Flush();

    public Task FinishAsync(ApplyReport report)
    {
        new ReportText(result, progress).Write(report);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
