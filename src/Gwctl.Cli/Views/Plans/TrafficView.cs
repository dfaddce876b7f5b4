using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Writes which requests will go elsewhere, as a table for each Gateway and port.</summary>
public sealed class TrafficView(StyledWriter writer)
{
    /// <summary>More rows are counted, not shown.</summary>
    public const int RowsMax = 200;

    public const string NotServed = "(not served)";

    public void Write(TrafficDiff traffic)
    {
        if (traffic.Changes.Count is 0)
        {
            return;
        }

        writer.Line("Traffic after this plan:", Tone.Strong).Line();
        foreach (var group in Groups(traffic.Changes.Take(RowsMax)))
        {
            writer.Line($"  {group.Key}", Tone.Strong);
            var table = new TextTable(indent: 2).Row(
                "", Head("HOST"), Head("MATCH"), Head("BEFORE"), Head("AFTER"));
            foreach (var change in group)
            {
                var row = Row(change);
                table.Row(Symbol(change), row.Host, row.Match, Destination(change.Before), Destination(change.After));
            }

            table.Write(writer);
            writer.Line();
        }

        if (traffic.Changes.Count > RowsMax)
        {
            writer.Line($"  … and {traffic.Changes.Count - RowsMax} more (-o json shows all)", Tone.Dim);
        }

        if (traffic.Unchanged > 0)
        {
            writer.Line($"  # ({Quantity.Of(traffic.Unchanged, "row")} unchanged)", Tone.Dim).Line();
        }
    }

    /// <summary>Rows of one Gateway and port together, in the plan's order.</summary>
    public static IEnumerable<IGrouping<string, TrafficChange>> Groups(IEnumerable<TrafficChange> changes) =>
        changes.GroupBy(
            change => $"{Row(change).Gateway}  {Row(change).Protocol} :{Row(change).Port}", StringComparer.Ordinal);

    /// <summary>The side that there is; after the plan, where there are both.</summary>
    public static TrafficRow Row(TrafficChange change)
    {
        var row = change.After ?? change.Before;
        Invariant.Holds(row is not null);
        return row;
    }

    public static string DestinationText(TrafficRow? row) => row?.Destination ?? NotServed;

    public static char Sign(TrafficChange change) => (change.Before, change.After) switch
    {
        (null, _) => '+',
        (_, null) => '-',
        _ => '~',
    };

    private static TableCell Destination(TrafficRow? row) =>
        row is null ? new TableCell(NotServed, Tone.Dim) : row.Destination;

    private static TableCell Head(string text) => new(text, Tone.Dim);

    private static TableCell Symbol(TrafficChange change) => Sign(change) switch
    {
        '+' => new TableCell("+", Tone.Add),
        '-' => new TableCell("-", Tone.Destroy),
        _ => new TableCell("~", Tone.Change),
    };
}
