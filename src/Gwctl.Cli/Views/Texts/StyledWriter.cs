using System.Buffers;
using System.Diagnostics;
using System.Text;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Views.Texts;

/// <summary>Writes text with meanings. What comes from specs or clouds cannot reach the terminal's controls: every
/// control character but the line's end is written out as an escape.</summary>
public sealed class StyledWriter(TextWriter writer, Terminal terminal)
{
    private const string Reset = "\u001b[0m";

    // C0, C1, line separators, and what overrides the direction of writing.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
    [
        .. Range(0x00, 0x09), .. Range(0x0b, 0x1f), .. Range(0x7f, 0x9f),
        .. Range(0x2028, 0x202e), .. Range(0x2066, 0x2069),
    ]);

    /// <summary>The width to lay out for.</summary>
    public int Columns => terminal.Columns;

    public StyledWriter Write(string text, Tone tone = Tone.Plain)
    {
        var safe = Escape(text);
        if (!terminal.Color || tone is Tone.Plain || safe is "")
        {
            writer.Write(safe);
            return this;
        }

        writer.Write(Sequence(tone));
        writer.Write(safe);
        writer.Write(Reset);
        return this;
    }

    public StyledWriter Line(string text, Tone tone = Tone.Plain)
    {
        Write(text, tone);
        return Line();
    }

    public StyledWriter Line()
    {
        writer.Write('\n');
        return this;
    }

    public void Flush() => writer.Flush();

    /// <summary>Makes control and direction-changing characters visible.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Controls) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (Controls.Contains(character))
            {
                escaped.Append($"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    private static IEnumerable<char> Range(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(code => (char)code);

    private static string Sequence(Tone tone) => tone switch
    {
        Tone.Strong => "\u001b[1m",
        Tone.Dim => "\u001b[2m",
        Tone.Add => "\u001b[32m",
        Tone.Change => "\u001b[33m",
        Tone.Destroy => "\u001b[31m",
        Tone.Error => "\u001b[1;31m",
        Tone.Warning => "\u001b[1;33m",
        Tone.Note => "\u001b[1;36m",
        _ => throw new UnreachableException(),
    };
}
