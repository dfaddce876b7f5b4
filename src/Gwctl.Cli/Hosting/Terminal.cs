namespace Gwctl.Cli.Hosting;

/// <summary>What a stream can show.</summary>
/// <param name="Interactive">Someone watches: lines may be redrawn.</param>
/// <param name="Color">Escape sequences for colors are wanted.</param>
/// <param name="Columns">The width to lay out for.</param>
public sealed record Terminal(bool Interactive, bool Color, int Columns)
{
    /// <summary>The width where there is no terminal, so that logs and committed plans do not depend on where they were
    /// made.</summary>
    public const int ColumnsElsewhere = 120;

    /// <summary>Narrower terminals are written to as if they had this, and wrap by themselves.</summary>
    public const int ColumnsMin = 60;

    /// <summary>Wider terminals are not filled: long lines read badly.</summary>
    public const int ColumnsMax = 160;

    public static readonly Terminal None = new(Interactive: false, Color: false, ColumnsElsewhere);

    /// <summary>Judges a stream by what its environment says.</summary>
    /// <param name="redirected">True where the stream is a file or a pipe.</param>
    /// <param name="columns">The terminal's width; 0 where unknown.</param>
    /// <param name="environment">Of NO_COLOR, TERM and CI.</param>
    public static Terminal Judge(bool redirected, int columns, IReadOnlyDictionary<string, string> environment)
    {
        if (redirected)
        {
            return None;
        }

        var dumb = environment.GetValueOrDefault("TERM") is "dumb";
        var automated = environment.GetValueOrDefault("CI") is { Length: > 0 } and not "false";
        var colorless = environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        var width = columns > 0 ? Math.Clamp(columns, ColumnsMin, ColumnsMax) : ColumnsElsewhere;
        return new Terminal(!dumb && !automated, !dumb && !colorless, width);
    }
}
