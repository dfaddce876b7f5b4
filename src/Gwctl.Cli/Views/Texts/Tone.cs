namespace Gwctl.Cli.Views.Texts;

/// <summary>What a piece of text means; a terminal turns it into a color. No meaning is carried by color
/// alone.</summary>
public enum Tone
{
    Plain,
    Strong,
    Dim,
    Add,
    Change,
    Destroy,
    Error,
    Warning,
    Note,
}
