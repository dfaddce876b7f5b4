using Gwctl.Core;

namespace Gwctl.Cli.Views.Texts;

/// <summary>A cell.</summary>
public sealed record TableCell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator TableCell(string text) => new(text);

    public static TableCell FromText(string text) => new(text);
}

/// <summary>Columns aligned by spaces. What does not fit is wrapped inside its column, never cut off.</summary>
public sealed class TextTable(int indent)
{
    /// <summary>Between columns.</summary>
    private const int Gap = 2;

    /// <summary>No column is squeezed below this.</summary>
    private const int ColumnWidthMin = 12;

    private readonly List<TableCell[]> _rows = [];

    public TextTable Row(params TableCell[] cells)
    {
        Invariant.Holds(_rows.Count is 0 || _rows[0].Length == cells.Length);
        _rows.Add(cells);
        return this;
    }

    public void Write(StyledWriter writer)
    {
        if (_rows.Count is 0)
        {
            return;
        }

        var widths = Fit(NaturalWidths(), writer.Columns - indent);
        foreach (var row in _rows)
        {
            WriteRow(writer, row, widths);
        }
    }

    private int[] NaturalWidths()
    {
        var widths = new int[_rows[0].Length];
        foreach (var row in _rows)
        {
            for (var column = 0; column < widths.Length; column++)
            {
                widths[column] = Math.Max(widths[column], StyledWriter.Escape(row[column].Text).Length);
            }
        }

        return widths;
    }

    /// <summary>Takes from the widest column until the row fits or nothing can be taken.</summary>
    private static int[] Fit(int[] widths, int available)
    {
        var excess = widths.Sum() + (Gap * (widths.Length - 1)) - available;
        while (excess > 0)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= ColumnWidthMin)
            {
                break;
            }

            widths[widest]--;
            excess--;
        }

        return widths;
    }

    private void WriteRow(StyledWriter writer, TableCell[] row, int[] widths)
    {
        var cells = row.Select(
            (cell, column) => TextWrap.Lines(StyledWriter.Escape(cell.Text), widths[column])).ToArray();
        var height = cells.Max(lines => lines.Count);
        for (var line = 0; line < height; line++)
        {
            var padding = indent;
            for (var column = 0; column < row.Length; column++)
            {
                var text = line < cells[column].Count ? cells[column][line] : "";
                if (text is not "")
                {
                    writer.Write(new string(' ', padding)).Write(text, row[column].Tone);
                    padding = 0;
                }

                padding += widths[column] - text.Length + Gap;
            }

            writer.Line();
        }
    }
}
