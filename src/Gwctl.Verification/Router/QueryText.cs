namespace Gwctl.Verification.Router;

/// <summary>Looks into a raw query string.</summary>
/// <remarks>The Gateway API matches the first of repeated parameters. It does not say how parameters are read: here
/// they are split at <c>&amp;</c>, percent-encoding is undone in names and values, and <c>+</c> stands for
/// itself.</remarks>
internal static class QueryText
{
    /// <summary>The first value of the parameter; null where it was not sent. Without <c>=</c> the value is
    /// empty.</summary>
    public static string? FirstValue(string? query, string name) =>
        TryFindFirst(query, name, out var value) ? value.ToString() : null;

    public static bool TryFindFirst(string? query, string name, out ReadOnlySpan<char> value)
    {
        var rest = query.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            var equals = pair.IndexOf('=');
            if (!pair.IsEmpty && Decoded(equals < 0 ? pair : pair[..equals]).SequenceEqual(name))
            {
                value = equals < 0 ? [] : Decoded(pair[(equals + 1)..]);
                return true;
            }
        }

        value = [];
        return false;
    }

    private static ReadOnlySpan<char> Decoded(ReadOnlySpan<char> text) =>
        text.Contains('%') ? Uri.UnescapeDataString(text) : text;
}
