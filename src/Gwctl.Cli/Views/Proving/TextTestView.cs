using Gwctl.Cli.Views.Texts;
using Gwctl.Trials;

namespace Gwctl.Cli.Views.Proving;

/// <summary>A line for each case, then every failure with its reasons, then the verdict.</summary>
public sealed class TextTestView(StyledWriter writer) : ITestView
{
    public void Show(TestReport report)
    {
        foreach (var test in report.ByTest)
        {
            writer.Line($"RouteTest {test.Key}", Tone.Strong);
            var table = new TextTable(indent: 2);
            foreach (var tested in test)
            {
                table.Row(MarkOf(tested), tested.Case.Name.Value, FailureText.Of(tested.Sides[0].Result));
            }

            table.Write(writer);
            writer.Line();
        }

        foreach (var tested in report.Cases.Where(tested => !tested.Passed))
        {
            WriteFailure(tested);
        }

        WriteVerdict(report);
        writer.Flush();
    }

    private static TableCell MarkOf(TestedCase tested) =>
        tested.Passed ? new TableCell("✓ passed", Tone.Add) : new TableCell("✗ FAILED", Tone.Error);

    private void WriteFailure(TestedCase tested)
    {
        writer.Write("✗ FAILED ", Tone.Error).Line($"{tested.Test.Name}: {tested.Case.Name.Value}", Tone.Strong);
        var table = new TextTable(indent: 2);
        table.Row("at", new TableCell($"{tested.Case.Span}", Tone.Dim));
        table.Row("request", FailureText.Of(tested.Sides[0].Result));
        foreach (var (heading, text) in FailureText.LinesOf(tested))
        {
            table.Row(heading, text);
        }

        table.Write(writer);
        writer.Line();
    }

    private void WriteVerdict(TestReport report)
    {
        var sides = string.Join(" and ", report.Against.Select(FailureText.NameOf));
        var all = Quantity.Of(report.Cases.Count, "case");
        if (report.Failed is 0)
        {
            writer.Write("Passed", Tone.Add).Line($": {all}, {sides}.");
        }
        else
        {
            writer.Write("Failed", Tone.Error).Line($": {report.Failed} of {all}, {sides}.");
        }
    }
}
