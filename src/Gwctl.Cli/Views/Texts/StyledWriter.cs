using System.Buffers;
using System.Diagnostics;
using System.Text;
using Gwctl.Cli.Hosting;

namespace Gwctl.Cli.Views.Texts;

/// <summary>Writes text with meanings. What comes from specs or clouds cannot reach the terminal's controls: every control
/// character but the line's end is written out as an escape.</summary>
public sealed class StyledWriter(TextWriter writer, Terminal terminal)
{
    private const string Reset = "\u001b[0m";

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Concat(Enumerable.Range(127, 33)).Select(code => (char)code).Where(c => c is not '\n'),
            '\u2028', '\u2029', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']);

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
