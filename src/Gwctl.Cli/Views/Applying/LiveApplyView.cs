using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Spectre.Console;

namespace Gwctl.Cli.Views.Applying;

/// <summary>A redrawn list of the steps that run, with what is done scrolling by above it.</summary>
public sealed class LiveApplyView : IApplyView
{
    /// <summary>Of steps shown at once; a taller display than the terminal could not be redrawn.</summary>
    private const int RowsMax = 12;

    private static readonly string[] Frames = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];

    private readonly StyledWriter _result;
    private readonly StyledWriter _progress;
    private readonly IAnsiConsole _console;
    private readonly RunningSteps _running = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private DateTimeOffset _startedAt;
    private Task _display = Task.CompletedTask;
    private LiveDisplayContext? _context;
    private int _frame;

    public LiveApplyView(StyledWriter result, TextWriter error, Terminal terminal, TimeProvider clock)
    {
        _result = result;
        _progress = new StyledWriter(error, terminal);
        _clock = clock;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(error),
        });
        _console.Profile.Width = terminal.Columns;
    }

    public TimeSpan BeatEvery { get; } = TimeSpan.FromMilliseconds(200);

    public void Start(Plan plan)
    {
        _running.Total = plan.Steps.Count;
        _startedAt = _clock.GetUtcNow();
        _display = _console.Live(Draw(_startedAt)).AutoClear(enabled: true).StartAsync(context =>
        {
            _context = context;
            return _done.Task;
        });
    }

    public void Show(ApplyEvent happened)
    {
        _running.Add(happened);
        if (happened is not ApplyEvent.StepStarted && StepLines.For(happened) is var (text, tone))
        {
            WriteAbove(text, tone);
        }

        Redraw(happened.At);
    }

    public void Beat(DateTimeOffset now)
    {
        _frame++;
        Redraw(now);
    }

    public void Announce(string text) => WriteAbove(text, Tone.Warning);

    public async Task FinishAsync(ApplyReport report)
    {
        _done.TrySetResult();
        await _display;
        new ReportText(_result, _progress).Write(report);
    }

    public async ValueTask DisposeAsync()
    {
        _done.TrySetResult();
        await _display;
    }

    private void WriteAbove(string text, Tone tone) =>
        _console.Write(new Text(StyledWriter.Escape(text) + "\n", tone switch
        {
            Tone.Error => new Style(Color.Red),
            Tone.Warning => new Style(Color.Yellow),
            _ => Style.Plain,
        }));

    private void Redraw(DateTimeOffset now) => _context?.UpdateTarget(Draw(now));

    private Rows Draw(DateTimeOffset now)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumns("", "", "", "");
        foreach (var running in _running.Oldest.Take(RowsMax))
        {
            table.AddRow(
                Plain(Frames[_frame % Frames.Length]),
                Plain(running.Step.Address.ToString()),
                Plain(running.Text is "" ? StepWords.For(running.Step).Running : running.Text),
                Plain(Quantity.Of(now - running.Since)));
        }

        var more = _running.Count > RowsMax ? $", {_running.Count - RowsMax} more under way" : "";
        var failed = _running.Failed > 0 ? $", {_running.Failed} failed" : "";
        var total = $"{_running.Done} of {_running.Total} steps done{failed}{more} [{Quantity.Of(now - _startedAt)}]";
        return new Rows(table, Plain(total));
    }

    private static Text Plain(string text) => new Text(StyledWriter.Escape(text)).Ellipsis();
}
