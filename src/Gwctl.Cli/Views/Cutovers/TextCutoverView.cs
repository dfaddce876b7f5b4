using System.Globalization;
using Gwctl.Cli.Views.Texts;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Paths;
using Gwctl.Cutover.Records;
using Gwctl.Cutover.Running;

namespace Gwctl.Cli.Views.Cutovers;

/// <summary>For reading.</summary>
public sealed class TextCutoverView(StyledWriter writer) : ICutoverView
{
    public void ShowPlans(IReadOnlyList<CutoverPlan> plans)
    {
        foreach (var plan in plans)
        {
            foreach (var name in plan.Names)
            {
                writer.Line($"Cutover {plan.Document.Name}: {name.Hostname}", Tone.Strong);
                Write(name);
                writer.Line();
            }
        }

        writer.Flush();
    }

    public void ShowReports(IReadOnlyList<CutoverReport> reports)
    {
        foreach (var report in reports)
        {
            writer.Line($"Cutover {report.Document.Name} at {CutoverViews.Time(report.At)}", Tone.Strong);
            foreach (var name in report.Names)
            {
                Write(report, name);
            }

            Write(report);
            writer.Line();
        }

        writer.Flush();
    }

    private void Write(NamePath name)
    {
        foreach (var step in name.Steps)
        {
            if (step.After is not "")
            {
                writer.Line($"    wait for {step.After}", Tone.Dim);
            }

            writer.Write($"  {CutoverViews.Time(step.Earliest)}{(step.NeedsPerson ? " or later" : "")}  ", Tone.Dim)
                .Line(step.What, Tone.Change);
            foreach (var member in step.Members)
            {
                writer.Line($"      {Sides.Text(member)}");
            }
        }

        foreach (var note in name.Notes)
        {
            writer.Line($"  Note: {note}", Tone.Note);
        }

        if (name.Problem is { } problem)
        {
            writer.Line($"  {problem.Code} {problem.Summary}: {problem.Detail}", Tone.Error);
            writer.Line($"    {problem.Help}");
        }
    }

    private void Write(CutoverReport report, NameReport name)
    {
        writer.Write($"  {name.Hostname}  ", Tone.Strong).Line(name.Text, ToneOf(name.Outcome));
        foreach (var written in name.Written)
        {
            writer.Line($"    written: {written}", Tone.Change);
        }

        if (name.Progress is { } progress)
        {
            writer.Line(
                $"    [{CutoverViews.Bar(progress.Weight)}] {CutoverViews.Standing(report.Document, progress)}");
            foreach (var taken in progress.Taken)
            {
                writer.Line(
                    $"    step {taken.Step}: {taken.Weight} percent at {CutoverViews.Time(taken.At)}", Tone.Dim);
            }
        }

        foreach (var member in name.Members)
        {
            writer.Line($"    {Sides.Text(member)}", Tone.Dim);
        }

        if (name.Until is { } until)
        {
            writer.Line($"    until {CutoverViews.Time(until)}");
        }

        if (name.DrainedAt is { } drained && drained > report.At)
        {
            writer.Line($"    caches have drained at {CutoverViews.Time(drained)}");
        }

        foreach (var note in name.Notes)
        {
            writer.Line($"    {note}", Tone.Dim);
        }

        if (name.Diagnostic is { } diagnostic)
        {
            writer.Line($"    {diagnostic.Code} {diagnostic.Summary}", Tone.Error).Line($"    {diagnostic.Help}");
        }
    }

    private void Write(CutoverReport report)
    {
        foreach (var gate in report.Gates)
        {
            writer.Write($"  gate {gate.Name}: ")
                .Write(gate.Verdict.ToString().ToLowerInvariant(), ToneOf(gate.Verdict))
                .Line($", {gate.Detail}");
            if (gate.Measurements.Count > 0)
            {
                var measured = gate.Measurements.Select(item => $"{item.Name} {item.Value}");
                writer.Line($"      {string.Join(", ", measured)}", Tone.Dim);
            }
        }

        if (report.Share is { } share)
        {
            writer.Line(
                $"  observed: {share.ToString("0.0", CultureInfo.InvariantCulture)} percent of the requests at the new "
                + "side");
        }
    }

    private static Tone ToneOf(NameOutcome outcome) => outcome switch
    {
        NameOutcome.Refused => Tone.Error,
        NameOutcome.Halted => Tone.Warning,
        NameOutcome.Written => Tone.Change,
        _ => Tone.Plain,
    };

    private static Tone ToneOf(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => Tone.Add,
        GateVerdict.Fail => Tone.Error,
        _ => Tone.Warning,
    };
}
