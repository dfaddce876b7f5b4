using Gwctl.Cli.Arguments;
using Gwctl.Cli.Views;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cli.Hosting;

/// <summary>What one run of a command talks through, and what becomes of its failures.</summary>
public sealed class CommandHost
{
    private readonly bool _events;

    /// <param name="events">True where <c>-o json</c> is a stream of events instead of one document.</param>
    public CommandHost(CliContext context, OutputArguments talk, bool events = false)
    {
        Context = talk.NoColor ? WithoutColor(context) : context;
        Talk = talk;
        _events = events && talk.Format is OutputFormat.Json;
        Result = new StyledWriter(Context.Output, Context.OutputTerminal);
        Progress = new StyledWriter(Context.Error, Context.ErrorTerminal);
        Events = new EventLines(Context.Output, Context.Clock);
    }

    public CliContext Context { get; }

    public OutputArguments Talk { get; }

    /// <summary>Standard output.</summary>
    public StyledWriter Result { get; }

    /// <summary>Standard error.</summary>
    public StyledWriter Progress { get; }

    /// <summary>Standard output as a stream of events.</summary>
    public EventLines Events { get; }

    /// <summary>True where progress may be written between diagnostics: not where a program reads them.</summary>
    public bool Chatty => Talk.Format is not OutputFormat.Json;

    public void Report(IEnumerable<Diagnostic> diagnostics, SourceTexts? sources = null) =>
        View(sources ?? SourceTexts.None).Show(diagnostics);

    public ExitCode Fail(Diagnostic diagnostic, ExitCode exit = ExitCode.Error)
    {
        Report([diagnostic]);
        return exit;
    }

    /// <summary>Runs a command that changes nothing before its end: any signal, or the limit, cancels it.</summary>
    public async Task<ExitCode> RunAsync(TimeSpan? timeout, Func<CancellationToken, Task<ExitCode>> body)
    {
        using var limit = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, Context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            limit.Token, Context.Interruption.StopStarting);
        try
        {
            return await body(either.Token);
        }
        catch (ProviderException exception)
        {
            return Fail(
                exception.Diagnostic, exception.Failure is ProviderFailure.Stale ? ExitCode.Stale : ExitCode.Error);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            var timedOut = limit.IsCancellationRequested && timeout is not null;
            return Fail(timedOut ? CliDiagnostics.TimedOut(timeout.GetValueOrDefault()) : CliDiagnostics.Interrupted());
        }
    }

    private IDiagnosticsView View(SourceTexts sources) => _events
        ? new EventDiagnosticsView(Events)
        : Talk.Format is OutputFormat.Json
            ? new JsonDiagnosticsView(Context.Error)
            : new TextDiagnosticsView(Progress, sources);

    private static CliContext WithoutColor(CliContext context) => context with
    {
        OutputTerminal = context.OutputTerminal with { Color = false },
        ErrorTerminal = context.ErrorTerminal with { Color = false },
    };
}
