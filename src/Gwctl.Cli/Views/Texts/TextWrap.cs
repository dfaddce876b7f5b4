namespace Gwctl.Cli.Views.Texts;

/// <summary>Breaks text into lines.</summary>
public static class TextWrap
{
    /// <summary>Lines of at most <paramref name="width"/> characters, broken after spaces, commas and slashes where
    /// there are any, and anywhere else. At least one line.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var rest = paragraph;
            while (rest.Length > width)
            {
                var length = BreakAt(rest, width);
                lines.Add(rest[..length].TrimEnd(' '));
                rest = rest[length..].TrimStart(' ');
            }

            lines.Add(rest);
        }

        return lines;
    }

    private static int BreakAt(string text, int width)
    {
        // A space right after the last column ends the line too: it is not printed.
        if (text[width] is ' ')
        {
            return width;
        }

        var space = text.LastIndexOf(' ', width - 1);
        if (space > 0)
        {
            return space;
        }

        var mark = text.AsSpan(0, width).LastIndexOfAny(',', '/');
        return mark > 0 ? mark + 1 : width;
    }
}
