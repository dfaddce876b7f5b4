namespace Gwctl.Compiler.Routing;

/// <summary>A hostname of a listener or route: an exact name, <c>*.</c> and a suffix, or any host.</summary>
/// <remarks>Gateway API, Listener.hostname and HTTPRoute.spec.hostnames: a wildcard stands for one or more whole labels
/// at any depth and does not match the bare suffix. Comparison ignores case. Sorting puts the most specific pattern
/// first.</remarks>
public readonly record struct HostPattern : IComparable<HostPattern>
{
    /// <summary>Matches every host.</summary>
    public static readonly HostPattern Any;

    private readonly string? _text;

    private HostPattern(string text) => _text = text;

    /// <summary>Lower case, without a final dot; empty for any host.</summary>
    public string Text => _text ?? "";

    public bool IsAny => Text is "";

    public bool IsWildcard => Text.StartsWith("*.", StringComparison.Ordinal);

    public bool IsExact => !IsAny && !IsWildcard;

    /// <summary>The number of labels, a wildcard's <c>*</c> among them; 0 for any host.</summary>
    public int Labels => IsAny ? 0 : Text.AsSpan().Count('.') + 1;

    /// <summary>Characters that count in precedence as a non-wildcard hostname: 0 unless exact.</summary>
    public int ExactLength => IsExact ? Text.Length : 0;

    /// <summary>A pattern from a spec; null, empty and <c>*</c> are any host. The syntax has been checked by the
    /// reader.</summary>
    public static HostPattern Parse(string? text)
    {
        var name = (text ?? "").TrimEnd('.');
        return name is "" or "*" ? Any : new HostPattern(name.ToLowerInvariant());
    }

    /// <summary>True where a request with this Host header (a port is ignored) belongs to the pattern.</summary>
    public bool Matches(string host)
    {
        var name = WithoutPort(host).TrimEnd('.');
        if (IsAny)
        {
            return true;
        }

        return IsWildcard
            ? name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            : name.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True where every host of <paramref name="other"/> is a host of this pattern.</summary>
    public bool Covers(HostPattern other)
    {
        if (IsAny || this == other)
        {
            return true;
        }

        return IsWildcard && !other.IsAny && other.Tail.EndsWith(Suffix, StringComparison.Ordinal)
            && other.Tail.Length > Suffix.Length;
    }

    /// <summary>The hosts of both patterns, which is always the narrower of the two; null where there are
    /// none.</summary>
    public HostPattern? Intersect(HostPattern other)
    {
        if (Covers(other))
        {
            return other;
        }

        return other.Covers(this) ? this : null;
    }

    /// <summary>Exact names, then wildcards with more labels, then any host; equals by text.</summary>
    public int CompareTo(HostPattern other)
    {
        var byKind = Rank.CompareTo(other.Rank);
        if (byKind is not 0)
        {
            return byKind;
        }

        var byLabels = IsWildcard ? other.Labels.CompareTo(Labels) : 0;
        return byLabels is not 0 ? byLabels : string.CompareOrdinal(Text, other.Text);
    }

    public override string ToString() => IsAny ? "any host" : Text;

    private int Rank => IsExact ? 0 : IsWildcard ? 1 : 2;

    /// <summary>A wildcard's suffix with its leading dot.</summary>
    private ReadOnlySpan<char> Suffix => Text.AsSpan(1);

    /// <summary>The literal part: an exact name, or a wildcard's suffix with its leading dot.</summary>
    private ReadOnlySpan<char> Tail => IsWildcard ? Suffix : Text;

    private static ReadOnlySpan<char> WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host.AsSpan(0, colon);
    }
}
