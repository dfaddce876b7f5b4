namespace Gwctl.Core;

/// <summary>Where a value was written: the file as the user named it, a line and a column, both counted from
/// 1.</summary>
/// <remarks><see cref="None"/> is a value that no file holds: a default, or an object read from a cluster or a
/// cloud.</remarks>
public readonly record struct SourceSpan(string File, int Line, int Column) : IComparable<SourceSpan>
{
    public static readonly SourceSpan None = new("", 0, 0);

    public bool IsNone => string.IsNullOrEmpty(File);

    public int CompareTo(SourceSpan other)
    {
        var byFile = string.CompareOrdinal(File, other.File);
        if (byFile is not 0)
        {
            return byFile;
        }

        var byLine = Line.CompareTo(other.Line);
        return byLine is not 0 ? byLine : Column.CompareTo(other.Column);
    }

    /// <summary><c>file:line:column</c>; the file alone where the line is not known; empty for
    /// <see cref="None"/>.</summary>
    public override string ToString() => IsNone ? "" : Line is 0 ? File : $"{File}:{Line}:{Column}";
}
