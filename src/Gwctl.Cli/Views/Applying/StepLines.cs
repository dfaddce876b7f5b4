using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Apply;

namespace Gwctl.Cli.Views.Applying;

/// <summary>The lines that a run leaves in a log or above a live display.</summary>
public static class StepLines
{
    /// <summary>The line for an event; null for events that take none.</summary>
    public static (string Text, Tone Tone)? For(ApplyEvent happened) => happened switch
    {
        ApplyEvent.StepStarted started =>
            ($"{started.Step.Address}: {StepWords.For(started.Step).Running}...", Tone.Plain),
        ApplyEvent.StepSucceeded succeeded => (Succeeded(succeeded), Tone.Plain),
        ApplyEvent.StepFailed failed => (Failed(failed), Tone.Error),
        ApplyEvent.StepWarned warned => (Warned(warned), Tone.Warning),
        ApplyEvent.StepSkipped skipped => ($"{skipped.Step.Address}: Skipped: {skipped.Reason}", Tone.Warning),
        _ => null,
    };

    /// <summary>A sign of life of one step.</summary>
    public static string Still(RunningStep running, DateTimeOffset now)
    {
        var words = StepWords.For(running.Step).Running;
        var text = running.Text is "" ? "" : $" {running.Text}";
        var elapsed = Quantity.Of(now - running.Since);
        var still = $"Still {char.ToLowerInvariant(words[0])}{words[1..]}...";
        return $"{running.Step.Address}: {still}{text} [{elapsed} elapsed]";
    }

    private static string Succeeded(ApplyEvent.StepSucceeded succeeded)
    {
        var id = succeeded.Id is "" ? "" : $" [id={succeeded.Id}]";
        var what = StepWords.For(succeeded.Step).Done;
        return $"{succeeded.Step.Address}: {what} after {Quantity.Of(succeeded.Elapsed)}{id}";
    }

    private static string Warned(ApplyEvent.StepWarned warned) =>
        $"{warned.Step.Address}: {warned.Diagnostic.Code}: {warned.Diagnostic.Summary}: {warned.Diagnostic.Detail}";

    private static string Failed(ApplyEvent.StepFailed failed)
    {
        var what = StepWords.For(failed.Step).Failed;
        var why = $"{failed.Diagnostic.Code}: {failed.Diagnostic.Summary}";
        return $"{failed.Step.Address}: {what} after {Quantity.Of(failed.Elapsed)}: {why}";
    }
}
